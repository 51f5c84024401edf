package io.rezolus.core.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentCodingTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip|GZIP",
        "x-gzip|GZIP",
        "GZIP, ZSTD|ZSTD",
        "gzip;q=0.9, zstd;q=0.8|GZIP",
        "gzip;q=0.9, zstd;q=0.900|ZSTD",
        "gzip;q=0|IDENTITY",
        "identity, gzip;q=0.5|IDENTITY",
        "identity, gzip|GZIP",
        "identity;q=0|IDENTITY",
        "*|IDENTITY",
        "br, deflate|IDENTITY",
        "zstd;q=1.5, gzip;q=0.1|GZIP",
        "zstd;q=0.1234, gzip;q=0.1|GZIP",
        "zstd;level=3|IDENTITY",
        "''|IDENTITY"
      })
  void picks_what_the_client_likes_best(String accepted, ContentCoding expected) {
    assertEquals(expected, ContentCoding.negotiate(accepted));
  }

  @Test
  void does_not_compress_for_a_client_that_does_not_ask() {
    assertEquals(ContentCoding.IDENTITY, ContentCoding.negotiate(null));
  }
}
