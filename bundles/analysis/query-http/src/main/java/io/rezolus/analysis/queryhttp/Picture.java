package io.rezolus.analysis.queryhttp;

import io.rezolus.libs.query.QueryResult;
import io.rezolus.libs.query.json.JsonBytes;
import java.io.IOException;
import java.io.OutputStream;

/** What an answer is drawn as. It takes the answer piece by piece and keeps what is to be seen. */
interface Picture {
  /** Takes over the steps that come next. */
  void add(QueryResult piece) throws ApiException;

  /** Memory it takes. */
  long bytes();

  /** Writes the value of {@code data}, once all steps are there; NaN and infinities are null. */
  void json(JsonBytes json) throws IOException;

  /** Whether there is a compact form. */
  default boolean isCompact() {
    return true;
  }

  /** Writes the compact form. */
  void binary(OutputStream out) throws IOException;
}
