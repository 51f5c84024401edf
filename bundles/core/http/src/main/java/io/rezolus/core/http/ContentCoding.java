package io.rezolus.core.http;

import java.util.Locale;
import java.util.regex.Pattern;

/** Compression of a response, in rising order of preference. */
enum ContentCoding {
  IDENTITY,
  GZIP,
  ZSTD;

  private static final Pattern QUALITY = Pattern.compile("0(\\.\\d{0,3})?|1(\\.0{0,3})?");

  /** The name in {@code Content-Encoding}. */
  String token() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The coding a client likes best; among equals the best one. Codings it does not know, {@code *}
   * and malformed entries are ignored.
   *
   * @param accepted value of {@code Accept-Encoding}, null where absent
   */
  static ContentCoding negotiate(String accepted) {
    ContentCoding best = IDENTITY;
    double bestQuality = 0;
    if (accepted == null) {
      return best;
    }
    for (String entry : accepted.split(",")) {
      String[] parts = entry.split(";", 2);
      ContentCoding coding = named(parts[0].strip());
      double quality = parts.length == 1 ? 1 : quality(parts[1].strip());
      if (coding == null || quality <= 0) {
        continue;
      }
      if (quality > bestQuality || quality == bestQuality && coding.compareTo(best) > 0) {
        best = coding;
        bestQuality = quality;
      }
    }
    return best;
  }

  private static ContentCoding named(String token) {
    return switch (token.toLowerCase(Locale.ROOT)) {
      case "identity" -> IDENTITY;
      case "gzip", "x-gzip" -> GZIP;
      case "zstd" -> ZSTD;
      default -> null;
    };
  }

  private static double quality(String parameter) {
    String lower = parameter.toLowerCase(Locale.ROOT);
    if (!lower.startsWith("q=") || !QUALITY.matcher(lower.substring(2)).matches()) {
      return -1;
    }
    return Double.parseDouble(lower.substring(2));
  }
}
