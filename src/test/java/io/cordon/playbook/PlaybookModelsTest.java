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
import java.util.Set;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.*;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.Test;

/** Reads every model and form the way the engine will find them, and refuses what a playbook may not contain. */
class PlaybookModelsTest {

  private static final String CAMUNDA = "http://camunda.org/schema/1.0/bpmn";
  private static final Set<String> BEANS = Set.of("${decidePolicy}", "${closeCase}", "${makePlan}", "${openApproval}",
      "${expireApproval}", "${withdrawApproval}", "${recordIntent}", "${recordResult}", "${planRelease}",
      "${recordReleaseIntent}", "${recordReleased}");
  private static final Set<String> TOPICS = Set.of("assets.resolve", "assets.recheck", "channels.update", "channels.close",
      "teams.post", "pagerduty.trigger", "pagerduty.escalate", "pagerduty.releaseOverdue", "pagerduty.remind", "evidence.checkpoint",
      "mde.lookup", "mde.send", "mde.poll", "mde.readback", "mde.cancel", "mde.release", "mde.pollRelease");

  @ParameterizedTest
  @ValueSource(strings = {"receive-alert", "contain-linux-host", "approve-maintenance-window", "perform-action", "release-host"})
  void keepsTheRules(String name) throws IOException {
    BpmnModelInstance model;
    try (InputStream in = open("bpmn/" + name + ".bpmn")) {
      model = Bpmn.readModelFromStream(in);
    }
    Bpmn.validateModel(model);
    Process process = model.getModelElementsByType(Process.class).iterator().next();
    assertFalse(process.getName().isBlank(), "process name");
    assertEquals("P2192D", process.getCamundaHistoryTimeToLiveString());
    assertTrue(model.getModelElementsByType(ScriptTask.class).isEmpty(), "no scripts");
    for (ServiceTask task : model.getModelElementsByType(ServiceTask.class)) {
      assertEquals(null, task.getCamundaClass(), task.getId());
      if ("external".equals(task.getCamundaType())) {
        assertTrue(TOPICS.contains(task.getCamundaTopic()), task.getId());
        assertTrue(!task.getCamundaTopic().equals("mde.send") || process.getId().equals("performAction"), task.getId());
      } else {
        assertTrue(BEANS.contains(task.getCamundaDelegateExpression()), task.getId());
      }
    }
    for (UserTask task : model.getModelElementsByType(UserTask.class)) {
      String form = task.getAttributeValueNs(CAMUNDA, "formRef");
      if (form != null) {
        assertEquals("deployment", task.getAttributeValueNs(CAMUNDA, "formRefBinding"), task.getId());
        open("forms/" + form + ".form").close();
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
  void readsTheGatePolicy() throws IOException {
    try (InputStream in = open("bpmn/gate-policy.dmn")) {
      Decision decision = Dmn.readModelFromStream(in).getModelElementById("gatePolicy");
      assertEquals("P2192D", decision.getCamundaHistoryTimeToLiveString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"triage-alert", "resolve-asset", "approve-maintenance-window", "confirm-compensating-control", "release-host",
      "settle-unresolved"})
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
