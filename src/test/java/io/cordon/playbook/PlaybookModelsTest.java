package io.cordon.playbook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.*;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.Test;

/** The shipped models and forms as the engine will find them: they keep the rules, and each is drawn completely. */
class PlaybookModelsTest {

  @ParameterizedTest
  @ValueSource(strings = {"receive-alert", "contain-linux-host", "approve-maintenance-window", "perform-action", "release-host",
      "emergency-containment", "compensate-unix-host", "stop-process", "close-case"})
  void isDrawnCompletely(String name) throws IOException {
    BpmnModelInstance model;
    try (InputStream in = open("bpmn/" + name + ".bpmn")) {
      model = Bpmn.readModelFromStream(in);
    }
    Bpmn.validateModel(model);
    for (UserTask task : model.getModelElementsByType(UserTask.class)) {
      if (task.getCamundaFormRef() != null) {
        open("forms/" + task.getCamundaFormRef() + ".form").close();
      }
    }
    for (FlowNode node : model.getModelElementsByType(FlowNode.class)) {
      assertNotNull(node.getDiagramElement(), node.getId());
      boolean plain = node instanceof ParallelGateway || node instanceof ExclusiveGateway && node.getOutgoing().size() == 1;
      assertTrue(plain || node.getName() != null, node.getId());
      if (node instanceof ExclusiveGateway gateway && node.getOutgoing().size() > 1) {
        assertNotNull(gateway.getDefault(), node.getId());
      }
    }
    assertNoOverlap(model);
  }

  private static void assertNoOverlap(BpmnModelInstance model) {
    List<BpmnShape> shapes = new ArrayList<>(model.getModelElementsByType(BpmnShape.class));
    shapes.removeIf(s -> !(s.getBpmnElement() instanceof FlowNode) || s.getBpmnElement() instanceof SubProcess
        || s.getBpmnElement() instanceof BoundaryEvent);
    for (int i = 0; i < shapes.size(); i++) {
      for (int j = i + 1; j < shapes.size(); j++) {
        var a = shapes.get(i).getBounds();
        var b = shapes.get(j).getBounds();
        assertFalse(a.getX() < b.getX() + b.getWidth() && b.getX() < a.getX() + a.getWidth()
            && a.getY() < b.getY() + b.getHeight() && b.getY() < a.getY() + a.getHeight(),
            shapes.get(i).getId() + " overlaps " + shapes.get(j).getId());
      }
    }
  }

  @Test
  void shipsModelsThatKeepTheRules() throws IOException {
    List<ModelFile> models = new ArrayList<>();
    ModelDeployment.resources().forEach((name, content) -> {
      if (!name.endsWith(".form")) {
        models.add(new ModelFile(name, content));
      }
    });
    assertEquals(10, models.size());
    ModelCheck.check(models);
  }

  @ParameterizedTest
  @ValueSource(strings = {"triage-alert", "resolve-asset", "approve-maintenance-window", "confirm-compensating-control", "release-host",
      "settle-unresolved", "review-after-emergency", "apply-control", "take-back-control", "release-by-hand", "release-outside"})
  void readsTheForm(String name) throws IOException {
    try (InputStream in = open("forms/" + name + ".form")) {
      assertEquals(name, new ObjectMapper().readTree(in).get("id").asText());
    }
  }

  private static InputStream open(String path) {
    InputStream in = PlaybookModelsTest.class.getResourceAsStream("/" + path);
    assertNotNull(in, path);
    return in;
  }
}
