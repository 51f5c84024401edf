package io.rezolus.analysis.query;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How an answer is printed. */
enum OutputFormat {
  TABLE,
  CSV,
  JSON;

  ResultWriter writer() {
    return switch (this) {
      case TABLE -> new TableResult();
      case CSV -> new CsvResult();
      case JSON -> new JsonResult();
    };
  }

  /** Reads it from the command line. */
  static final class Converter implements ITypeConverter<OutputFormat> {
    @Override
    public OutputFormat convert(String text) {
      try {
        return valueOf(text.toUpperCase(Locale.ROOT));
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(text + ": expected table, csv or json");
      }
    }
  }
}
