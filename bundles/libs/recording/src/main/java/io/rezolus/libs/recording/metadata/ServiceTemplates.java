package io.rezolus.libs.recording.metadata;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The templates of a folder: services with their indicators, and categories that compare them.
 *
 * @param warnings categories left out, and why; one line each
 */
public record ServiceTemplates(
    List<ServiceExtension> services, List<CategoryTemplate> categories, List<String> warnings) {
  private static final long BYTES_MAX = 4L << 20;

  /** None at all. */
  public static final ServiceTemplates NONE = new ServiceTemplates(List.of(), List.of(), List.of());

  public ServiceTemplates {
    services = List.copyOf(services);
    categories = List.copyOf(categories);
    warnings = List.copyOf(warnings);
  }

  /**
   * Reads every {@code *.json} of a folder.
   *
   * @throws IOException when the folder or a file cannot be read or is no template, or two files
   *     claim one name; the message names the file
   */
  public static ServiceTemplates load(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.json")) {
      found.forEach(files::add);
    }
    files.sort(null);
    List<ServiceExtension> services = new ArrayList<>();
    List<CategoryTemplate> categories = new ArrayList<>();
    Map<String, Path> owners = new TreeMap<>();
    for (Path file : files) {
      try {
        JsonElement template = StrictJson.parse(read(file));
        if (CategoryTemplate.isCategory(template)) {
          CategoryTemplate category = CategoryTemplate.parse(template);
          claim(owners, category.name(), file);
          categories.add(category);
        } else {
          ServiceExtension service = ServiceExtension.parse(template);
          claim(owners, service.serviceName(), file);
          for (String alias : service.aliases()) {
            claim(owners, alias, file);
          }
          services.add(service);
        }
      } catch (JsonParseException e) {
        throw new IOException(file + ": " + e.getMessage(), e);
      }
    }
    List<String> warnings = new ArrayList<>();
    categories.removeIf(category -> lacksMember(category, services, warnings));
    return new ServiceTemplates(services, categories, warnings);
  }

  /** The service whose name or alias is that of a source; null when there is none. */
  public ServiceExtension forSource(String source) {
    return services.stream().filter(service -> service.fits(source)).findFirst().orElse(null);
  }

  private static boolean lacksMember(
      CategoryTemplate category, List<ServiceExtension> services, List<String> warnings) {
    for (String member : category.members()) {
      if (services.stream().noneMatch(service -> service.fits(member))) {
        warnings.add(
            "category " + category.name() + " is left out: it names the unknown service " + member);
        return true;
      }
    }
    return false;
  }

  private static void claim(Map<String, Path> owners, String name, Path file) throws IOException {
    Path earlier = owners.putIfAbsent(name, file);
    if (earlier != null) {
      throw new IOException(file + ": the name " + name + " is already that of " + earlier);
    }
  }

  private static String read(Path file) throws IOException {
    if (Files.size(file) > BYTES_MAX) {
      throw new IOException(file + ": too large for a template");
    }
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
