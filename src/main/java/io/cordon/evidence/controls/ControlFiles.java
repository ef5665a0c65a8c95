package io.cordon.evidence.controls;

import io.cordon.evidence.EvidenceType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Reads the mapping of controls, which a hospital may replace, and the questions, which ship with Cordon. */
final class ControlFiles {
  private ControlFiles() {}

  /** A control as it is in the file. */
  record Mapped(String id, String title, List<String> also, List<EvidenceType> events) {}

  /** A question as it is in the file. */
  record Check(String id, String title, List<String> controls, String population, String exceptions) {}

  /** @param file null for the one that ships */
  static List<Mapped> controls(Path file) throws IOException {
    try (InputStream in = file == null ? own("controls.yaml") : Files.newInputStream(file)) {
      return list(in, "controls").stream()
          .map(one -> new Mapped(text(one, "id"), text(one, "title"), texts(one, "also"), texts(one, "events").stream().map(EvidenceType::valueOf).toList()))
          .toList();
    }
  }

  static List<Check> checks() throws IOException {
    try (InputStream in = own("checks.yaml")) {
      return list(in, "checks").stream()
          .map(one -> new Check(text(one, "id"), text(one, "title"), texts(one, "controls"), text(one, "population"), text(one, "exceptions")))
          .toList();
    }
  }

  private static InputStream own(String name) {
    return ControlFiles.class.getResourceAsStream(name);
  }

  private static List<Map<?, ?>> list(InputStream in, String name) {
    Map<?, ?> file = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
    return ((List<?>) file.get(name)).stream().<Map<?, ?>>map(one -> (Map<?, ?>) one).toList();
  }

  private static String text(Map<?, ?> one, String name) {
    return String.valueOf(one.get(name)).strip();
  }

  private static List<String> texts(Map<?, ?> one, String name) {
    return one.get(name) == null ? List.of() : ((List<?>) one.get(name)).stream().map(String::valueOf).toList();
  }
}
