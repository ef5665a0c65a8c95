package io.cordon.playbook;

import io.cordon.playbook.ModelFile.Node;
import java.util.Set;

/** The elements and attributes that a model may use. Scripts, classes, listeners and connectors are on no list. */
final class ModelWords {
  private static final Set<String> BPMN =
      Set.of("definitions", "collaboration", "participant", "process", "documentation", "extensionElements", "laneSet", "lane",
          "flowNodeRef", "incoming", "outgoing", "startEvent", "endEvent", "boundaryEvent", "intermediateCatchEvent",
          "serviceTask", "userTask", "callActivity", "subProcess", "exclusiveGateway", "parallelGateway", "eventBasedGateway",
          "sequenceFlow", "conditionExpression", "timerEventDefinition", "timeDate", "timeDuration", "timeCycle",
          "messageEventDefinition", "terminateEventDefinition", "message", "multiInstanceLoopCharacteristics", "loopCardinality");

  private static final Set<String> DMN =
      Set.of("definitions", "decision", "decisionTable", "input", "inputExpression", "inputEntry", "inputValues", "output", "outputEntry",
          "outputValues", "rule", "text", "description");

  private static final Set<String> CAMUNDA = Set.of("camunda:in", "camunda:out", "camunda:inputOutput", "camunda:inputParameter");

  private static final Set<String> ATTRIBUTES =
      Set.of("id", "name", "label", "targetNamespace", "namespace", "processRef", "isExecutable", "sourceRef", "targetRef",
          "default", "calledElement", "attachedToRef", "cancelActivity", "isInterrupting", "triggeredByEvent", "messageRef",
          "hitPolicy", "typeRef", "expressionLanguage", "camunda:delegateExpression", "camunda:type", "camunda:topic",
          "camunda:candidateGroups", "camunda:dueDate", "camunda:formRef", "camunda:formRefBinding",
          "camunda:calledElementBinding", "camunda:asyncBefore", "camunda:historyTimeToLive", "camunda:businessKey", "camunda:source", "camunda:target", "camunda:name",
          "modeler:executionPlatform", "modeler:executionPlatformVersion", "biodi:width", "camunda:diagramRelationId", "xsi:type", "exporter", "exporterVersion");

  private ModelWords() {}

  static void check(ModelFile file, Node node) {
    boolean known = (file.isDecision() ? DMN : BPMN).contains(node.kind()) || CAMUNDA.contains(node.word());
    file.require(known && !node.isForeign(), node, "the element " + node.word() + " is not allowed");
    for (String attribute : node.attributes()) {
      file.require(ATTRIBUTES.contains(attribute), node, "the attribute " + attribute + " is not allowed");
    }
    String language = node.text("expressionLanguage");
    file.require(language.isEmpty() || file.isDecision() && language.equals("feel"), node, "the language " + language + " is not allowed");
  }
}
