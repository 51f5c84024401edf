package io.rezolus.analysis.queryhttp;

import io.rezolus.libs.query.QueryException;

/** A request that is not answered with success: HTTP status, kind and one line of explanation. */
final class ApiException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String type;

  ApiException(int status, String type, String message) {
    super(message);
    this.status = status;
    this.type = type;
  }

  /** A parameter is missing or wrong. */
  static ApiException badData(String message) {
    return new ApiException(400, "bad_data", message);
  }

  static ApiException notFound(String message) {
    return new ApiException(404, "not_found", message);
  }

  static ApiException of(QueryException e) {
    return switch (e.kind()) {
      case BAD_DATA -> badData(e.getMessage());
      case EXECUTION, LIMIT -> new ApiException(422, "execution", e.getMessage());
      case TIMEOUT -> new ApiException(503, "timeout", e.getMessage());
      case CANCELED -> new ApiException(503, "canceled", e.getMessage());
    };
  }

  int status() {
    return status;
  }

  String type() {
    return type;
  }
}
