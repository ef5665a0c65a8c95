package io.cordon.channels;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The published descriptions of what we call, where the folder with them is there. */
public final class PublishedDescriptions {
  public static final Path FOLDER = Path.of("../shared/data/api");
  private static final ObjectMapper JSON = new ObjectMapper();

  private PublishedDescriptions() {}

  /** Whether the folder is there; for EnabledIf. */
  public static boolean areThere() {
    return Files.isDirectory(FOLDER);
  }

  public static JsonNode read(String file) {
    try {
      return JSON.readTree(FOLDER.resolve(file).toFile());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What is wrong with a card. */
  public static List<String> objectionsToCard(JsonNode card) {
    ObjectNode schema = (ObjectNode) read("adaptivecards/adaptive-card-1.5.0.schema.json");
    schema.remove("id"); // spelt as in an older draft than the one it names
    return objections(JsonSchemaFactory.getInstance(VersionFlag.V6).getSchema(schema), card);
  }

  /** What is wrong with a body for the Connector, by the name of its definition. */
  public static List<String> objectionsToConnector(String definition, JsonNode body) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("$ref", "#/definitions/" + definition);
    schema.set("definitions", read("botframework/connector.swagger.json").path("definitions"));
    return objections(JsonSchemaFactory.getInstance(VersionFlag.V4).getSchema(schema), body);
  }

  /** What is wrong with an event for PagerDuty. */
  public static List<String> objectionsToEvent(JsonNode event) {
    JsonNode api = read("pagerduty/events-v2.openapi.json");
    ObjectNode schema = api.at("/paths/~1enqueue/post/requestBody/content/application~1json/schema").deepCopy();
    schema.set("components", api.path("components"));
    return objections(JsonSchemaFactory.getInstance(VersionFlag.V4).getSchema(schema), event);
  }

  /** What is wrong with a body for Sentinel, by the name of its definition. */
  public static List<String> objectionsToIncident(String definition, JsonNode body) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("$ref", "#/definitions/" + definition);
    schema.set("definitions", read("azure/securityinsights_incidents.swagger.json").path("definitions"));
    return objections(JsonSchemaFactory.getInstance(VersionFlag.V4).getSchema(schema), body);
  }

  private static List<String> objections(JsonSchema schema, JsonNode body) {
    return schema.validate(body).stream().map(ValidationMessage::getMessage).toList();
  }
}
