package io.rezolus.outputs.recorder;

import java.nio.file.Path;

/** Layout of the file that is recorded. */
enum OutputFormat {
  PARQUET,
  RAW,
  REZ;

  /**
   * @throws IllegalArgumentException naming what there is
   */
  static OutputFormat parse(String text) {
    return switch (text) {
      case "parquet" -> PARQUET;
      case "raw" -> RAW;
      case "rez" -> REZ;
      default ->
          throw new IllegalArgumentException(text + ": not a format; expected parquet, raw or rez");
    };
  }

  /** The format of an output: its name decides where it ends in {@code .rez}. */
  static OutputFormat of(Path output, OutputFormat asked) {
    return output.toString().endsWith(".rez") ? REZ : asked;
  }
}
