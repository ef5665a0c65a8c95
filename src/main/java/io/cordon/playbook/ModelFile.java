package io.cordon.playbook;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** A model as its author wrote it, without the picture. */
final class ModelFile {
  private static final String BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";
  private static final String DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/";
  private static final Map<String, String> PREFIXES =
      Map.of(
          "http://camunda.org/schema/1.0/bpmn", "camunda:",
          "http://camunda.org/schema/1.0/dmn", "camunda:",
          "http://camunda.org/schema/modeler/1.0", "modeler:",
          "http://bpmn.io/schema/dmn/biodi/2.0", "biodi:",
          "http://www.w3.org/2001/XMLSchema-instance", "xsi:");
  private static final Set<String> PICTURES =
      Set.of("http://www.omg.org/spec/BPMN/20100524/DI", "https://www.omg.org/spec/DMN/20191111/DMNDI/");

  private final String name;
  private final List<Node> nodes = new ArrayList<>();

  /**
   * Reads a model.
   *
   * @throws ModelRefusedException when it is not well-formed or names an outside entity
   */
  ModelFile(String name, byte[] content) {
    this.name = name;
    try {
      var factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      var builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      collect(new Node(builder.parse(new ByteArrayInputStream(content)).getDocumentElement(), null));
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new ModelRefusedException(name, "document", "it cannot be read as XML");
    }
  }

  private void collect(Node node) {
    nodes.add(node);
    node.children().stream().filter(child -> !PICTURES.contains(child.element.getNamespaceURI())).forEach(this::collect);
  }

  String name() {
    return name;
  }

  boolean isDecision() {
    return name.endsWith(".dmn");
  }

  List<Node> nodes() {
    return nodes;
  }

  List<Node> all(String kind) {
    return nodes.stream().filter(node -> node.kind().equals(kind)).toList();
  }

  Node process() {
    List<Node> processes = all("process");
    require(processes.size() == 1, nodes.get(0), "a model holds exactly one process");
    return processes.get(0);
  }

  List<Node> boundariesOf(Node activity) {
    return all("boundaryEvent").stream().filter(event -> event.text("attachedToRef").equals(activity.id())).toList();
  }

  /** {@code bpmn/perform-action.bpmn} gives {@code performAction}. */
  String stemInCamelCase() {
    String stem = name.substring(name.lastIndexOf('/') + 1).replaceAll("\\.[a-z]+$", "");
    StringBuilder camel = new StringBuilder();
    for (String part : stem.split("-")) {
      camel.append(camel.isEmpty() ? part : part.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + part.substring(1));
    }
    return camel.toString();
  }

  void require(boolean holds, Node node, String reason) {
    if (!holds) {
      throw new ModelRefusedException(name, node.id(), reason);
    }
  }

  /** One element. Attributes go by {@code name}, or {@code camunda:name} when the engine reads them as its own. */
  static final class Node {
    private final Element element;
    private final Node parent;
    private final Map<String, String> attributes = new LinkedHashMap<>();

    Node(Element element, Node parent) {
      this.element = element;
      this.parent = parent;
      for (int i = 0; i < element.getAttributes().getLength(); i++) {
        Attr attribute = (Attr) element.getAttributes().item(i);
        if (!"http://www.w3.org/2000/xmlns/".equals(attribute.getNamespaceURI())) {
          attributes.put(nameOf(attribute), attribute.getValue());
        }
      }
    }

    private String nameOf(Attr attribute) {
      String space = attribute.getNamespaceURI();
      String own = PREFIXES.getOrDefault(element.getNamespaceURI(), "");
      if (space == null) {
        return own + attribute.getLocalName();
      }
      return own.isEmpty() ? PREFIXES.getOrDefault(space, "{" + space + "}") + attribute.getLocalName() : attribute.getName() + " on " + word();
    }

    String kind() {
      return element.getLocalName();
    }

    String word() {
      return PREFIXES.getOrDefault(element.getNamespaceURI(), "") + kind();
    }

    /** Whether it is neither of the standards nor of the engine. */
    boolean isForeign() {
      String space = element.getNamespaceURI();
      return !BPMN.equals(space) && !DMN.equals(space) && !"camunda:".equals(PREFIXES.get(space));
    }

    String id() {
      return parent == null || attributes.containsKey("id") ? text("id") : parent.id() + "/" + kind();
    }

    boolean isFlowNode() {
      return kind().matches(".*(Event|Task|Gateway|Activity)|subProcess");
    }

    Node parent() {
      return parent;
    }

    Set<String> attributes() {
      return attributes.keySet();
    }

    /** The value of an attribute, empty when it is not there. */
    String text(String attribute) {
      return attributes.getOrDefault(attribute, "");
    }

    /** Whether it has this attribute or an element of this kind within. */
    boolean has(String what) {
      return attributes.containsKey(what) || !within(what).isEmpty();
    }

    /** Everything that is written in it: attributes by name, its own text by its kind. */
    Map<String, String> texts() {
      Map<String, String> texts = new LinkedHashMap<>(attributes);
      texts.put(kind(), children().isEmpty() ? element.getTextContent().strip() : "");
      return texts;
    }

    String content() {
      return element.getTextContent().strip();
    }

    List<Node> within(String kind) {
      List<Node> found = new ArrayList<>();
      for (Node child : children()) {
        if (child.kind().equals(kind)) {
          found.add(child);
        }
        found.addAll(child.within(kind));
      }
      return found;
    }

    private List<Node> children() {
      List<Node> children = new ArrayList<>();
      for (var child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
        if (child instanceof Element inner) {
          children.add(new Node(inner, this));
        }
      }
      return children;
    }
  }
}
