package io.cordon.assets.register;

import io.cordon.assets.MachineIds;
import io.cordon.assets.register.RegisterUnreadable.Problem;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The register as a YAML file. Reading looks at the bare tree and makes no objects of what the file names. */
final class RegisterYaml {
  private static final int LARGEST = 2 << 20;
  private static final String ARC_ID = "arcId";
  private static final String REVISION = "revision";

  private RegisterYaml() {}

  /** @throws RegisterUnreadable when any part is not as it must be */
  static List<WantedEntry> read(byte[] file) {
    if (file.length > LARGEST) {
      throw new RegisterUnreadable(Problem.TOO_LARGE, 0, 0, null);
    }
    Node root = tree(new String(file, StandardCharsets.UTF_8));
    if (!(root instanceof MappingNode top) || top.getValue().size() != 1
        || !"register".equals(text(top.getValue().get(0).getKeyNode())) || !(top.getValue().get(0).getValueNode() instanceof SequenceNode list)) {
      throw new RegisterUnreadable(Problem.NOT_A_REGISTER, 1, 0, null);
    }
    List<WantedEntry> entries = new ArrayList<>();
    list.getValue().forEach(node -> entries.add(new Reader(entries.size() + 1).entry(node)));
    refuseTwins(entries);
    return entries;
  }

  private static Node tree(String text) {
    LoaderOptions limits = new LoaderOptions();
    limits.setCodePointLimit(LARGEST);
    limits.setMaxAliasesForCollections(0);
    limits.setNestingDepthLimit(5);
    try {
      return new Yaml(new SafeConstructor(limits)).compose(new StringReader(text));
    } catch (MarkedYAMLException e) {
      throw new RegisterUnreadable(Problem.NOT_YAML, e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1, 0, null);
    } catch (YAMLException e) {
      throw new RegisterUnreadable(Problem.NOT_YAML, 0, 0, null);
    }
  }

  private static void refuseTwins(List<WantedEntry> entries) {
    Set<String> ids = new HashSet<>();
    for (WantedEntry entry : entries) {
      String device = entry.wanted().value(RegisterField.MDE_DEVICE_ID);
      if (!ids.add(entry.wanted().arcId()) || device != null && !ids.add(device)) {
        throw entry.refused(Problem.ENTRY_TWICE);
      }
    }
  }

  /** Reads one entry and knows where it is. */
  private record Reader(int number) {
    WantedEntry entry(Node node) {
      if (!(node instanceof MappingNode fields)) {
        throw refused(Problem.NOT_AN_ENTRY, node, null);
      }
      Map<RegisterField, String> values = new EnumMap<>(RegisterField.class);
      Set<String> seen = new HashSet<>();
      String arcId = null;
      int revision = 0;
      for (NodeTuple field : fields.getValue()) {
        String key = text(field.getKeyNode());
        if (key != null && !seen.add(key)) {
          throw refused(Problem.FIELD_TWICE, field.getKeyNode(), null);
        }
        if (ARC_ID.equals(key)) {
          arcId = MachineIds.arc(text(field.getValueNode())).orElseThrow(() -> refused(Problem.VALUE_NOT_TAKEN, field.getValueNode(), ARC_ID));
        } else if (REVISION.equals(key)) {
          revision = revision(field.getValueNode());
        } else {
          put(values, key, field);
        }
      }
      if (arcId == null) {
        throw refused(Problem.ARC_ID_MISSING, node, null);
      }
      return new WantedEntry(new RegisterEntry(arcId, revision, values), line(node), number);
    }

    private void put(Map<RegisterField, String> values, String key, NodeTuple tuple) {
      RegisterField field = RegisterField.of(key).orElseThrow(() -> refused(Problem.UNKNOWN_FIELD, tuple.getKeyNode(), null));
      String value = value(field, tuple.getValueNode());
      if (value.isEmpty()) {
        return;
      }
      if (!field.accepts(value)) {
        throw refused(Problem.VALUE_NOT_TAKEN, tuple.getValueNode(), field.key());
      }
      values.put(field, value);
    }

    private String value(RegisterField field, Node node) {
      if (field == RegisterField.FHIR_LOCATIONS && node instanceof SequenceNode list) {
        return list.getValue().stream().map(one -> scalar(field, one)).collect(Collectors.joining(","));
      }
      return scalar(field, node);
    }

    private String scalar(RegisterField field, Node node) {
      String text = text(node);
      if (text == null) {
        throw refused(Problem.VALUE_NOT_TAKEN, node, field.key());
      }
      return field == RegisterField.MDE_DEVICE_ID ? MachineIds.mde(text).orElse(text) : text.strip();
    }

    private int revision(Node node) {
      String text = text(node);
      if (text == null || !text.matches("[0-9]{1,9}")) {
        throw refused(Problem.VALUE_NOT_TAKEN, node, REVISION);
      }
      return Integer.parseInt(text);
    }

    private RegisterUnreadable refused(Problem problem, Node where, String field) {
      return new RegisterUnreadable(problem, line(where), number, field);
    }
  }

  private static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }

  /** The text of a plain value, empty for null; null for anything else. */
  private static String text(Node node) {
    if (!(node instanceof ScalarNode scalar) || !scalar.getTag().getValue().startsWith("tag:yaml.org,2002:")) {
      return null;
    }
    return "tag:yaml.org,2002:null".equals(scalar.getTag().getValue()) ? "" : scalar.getValue();
  }

  /** The register as a file that can be read again. */
  static String write(List<RegisterEntry> entries) {
    DumperOptions style = new DumperOptions();
    style.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    style.setSplitLines(false);
    return new Yaml(style).dump(Map.of("register", entries.stream().map(RegisterYaml::fields).toList()));
  }

  private static Map<String, Object> fields(RegisterEntry entry) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(ARC_ID, entry.arcId());
    fields.put(REVISION, entry.revision());
    entry.values().forEach((field, value) -> fields.put(field.key(), field == RegisterField.FHIR_LOCATIONS ? List.of(value.split(",")) : value));
    return fields;
  }
}
