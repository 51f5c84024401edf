package io.rezolus.libs.command;

import io.rezolus.core.api.command.CommandException;
import io.rezolus.core.api.command.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;
import picocli.CommandLine.TypeConversionException;

/**
 * A command's TOML file. What is wrong with it is one line with file, line and key; keys that
 * nobody knows are warnings.
 */
public final class ConfigFile {
  private final Path file;
  private final TomlTable root;
  private final List<String> warnings = new ArrayList<>();

  private ConfigFile(Path file, TomlTable root) {
    this.file = file;
    this.root = root;
  }

  /**
   * @throws CommandException when it cannot be read or is no TOML
   */
  public static ConfigFile read(Path file) throws CommandException {
    TomlParseResult toml;
    try {
      toml = Toml.parse(file);
    } catch (IOException e) {
      throw new CommandException(ExitCode.FAILURE, file + ": cannot be read: " + reason(e), e);
    }
    if (toml.hasErrors()) {
      TomlParseError error = toml.errors().get(0);
      throw new CommandException(
          ExitCode.FAILURE, at(file, error.position()) + ": " + error.getMessage());
    }
    return new ConfigFile(file, toml);
  }

  /**
   * The tables there may be; others are warned of.
   *
   * @return this
   */
  public ConfigFile knowing(String... tables) {
    warn(root, List.of(tables), "");
    return this;
  }

  /** A table; an empty one where the file has none of that name. */
  public Section section(String name) throws CommandException {
    Object value = root.get(List.of(name));
    if (value == null) {
      return new Section(name, Toml.parse(""));
    }
    if (value instanceof TomlTable table) {
      return new Section(name, table);
    }
    throw wrong(root.inputPositionOf(List.of(name)), name + ": expected a table [" + name + "]");
  }

  /** An array of tables; empty where the file has none of that name. */
  public List<Section> sections(String name) throws CommandException {
    List<Section> sections = new ArrayList<>();
    Object value = root.get(List.of(name));
    if (value instanceof TomlArray array) {
      for (int i = 0; i < array.size(); i++) {
        if (array.get(i) instanceof TomlTable table) {
          sections.add(new Section(name, table));
        }
      }
    } else if (value != null) {
      throw wrong(root.inputPositionOf(List.of(name)), name + ": expected tables [[" + name + "]]");
    }
    return sections;
  }

  /** What the user should know, one line each. */
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** An error of the file as a whole. */
  public CommandException wrong(String what) {
    return wrong(null, what);
  }

  private CommandException wrong(TomlPosition position, String what) {
    return new CommandException(ExitCode.FAILURE, at(file, position) + ": " + what);
  }

  private void warn(TomlTable table, List<String> known, String prefix) {
    for (String key : table.keySet()) {
      if (!known.contains(key)) {
        warnings.add(
            at(file, table.inputPositionOf(List.of(key)))
                + ": "
                + prefix
                + key
                + " is not known and ignored; known are "
                + String.join(", ", known));
      }
    }
  }

  private static String at(Path file, TomlPosition position) {
    return position == null ? file.toString() : file + ":" + position.line();
  }

  private static String reason(IOException e) {
    return e instanceof java.nio.file.NoSuchFileException ? "no such file" : FileTrouble.cause(e);
  }

  /** One table of the file. */
  public final class Section {
    private final String name;
    private final TomlTable table;

    private Section(String name, TomlTable table) {
      this.name = name;
      this.table = table;
    }

    /**
     * The keys there may be; others are warned of.
     *
     * @return this
     */
    public Section knowing(String... keys) {
      warn(table, List.of(keys), name + ".");
      return this;
    }

    /**
     * A text that {@code parser} understands.
     *
     * @return null where the key is absent
     */
    public <T> T text(String key, Function<String, T> parser) throws CommandException {
      Object value = table.get(List.of(key));
      if (value == null) {
        return null;
      }
      if (!(value instanceof String text) || text.isEmpty()) {
        throw wrong(key, "expected a text");
      }
      try {
        return parser.apply(text);
      } catch (IllegalArgumentException | TypeConversionException e) {
        throw wrong(key, e.getMessage());
      }
    }

    /** A text that must be there. */
    public <T> T required(String key, Function<String, T> parser) throws CommandException {
      T value = text(key, parser);
      if (value == null) {
        throw wrong(key, "expected a text; it is missing in [" + name + "]");
      }
      return value;
    }

    /** A whole number within bounds; {@code otherwise} where the key is absent. */
    public long number(String key, long least, long most, long otherwise) throws CommandException {
      Object value = table.get(List.of(key));
      if (value == null) {
        return otherwise;
      }
      if (!(value instanceof Long number) || number < least || number > most) {
        throw wrong(key, "expected a whole number between " + least + " and " + most);
      }
      return number;
    }

    /** A switch; off where the key is absent. */
    public boolean flag(String key) throws CommandException {
      Object value = table.get(List.of(key));
      if (value != null && !(value instanceof Boolean)) {
        throw wrong(key, "expected true or false");
      }
      return Boolean.TRUE.equals(value);
    }

    private CommandException wrong(String key, String what) {
      return ConfigFile.this.wrong(table.inputPositionOf(List.of(key)), key + ": " + what);
    }
  }
}
