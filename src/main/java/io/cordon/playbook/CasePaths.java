package io.cordon.playbook;

import io.cordon.playbook.PathTaken.Flow;
import io.cordon.playbook.PathTaken.Kind;
import io.cordon.playbook.PathTaken.Point;
import io.cordon.playbook.PathTaken.Shape;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.Event;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.Lane;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.springframework.stereotype.Service;

/** Which way a case went through its playbooks, from the engine's history. For looking at; the evidence log proves. */
@Service
public class CasePaths {
  private static final int MOST = 20;
  /** The model every case begins in, and the ones the playbooks call for a part of their work. */
  private static final Set<String> NO_PLAYBOOKS = Set.of("receiveAlert", "approveMaintenanceWindow", "performAction", "releaseHost", "closeCase");

  private final HistoryService history;
  private final RepositoryService repository;

  CasePaths(HistoryService history, RepositoryService repository) {
    this.history = history;
    this.repository = repository;
  }

  /** The playbooks a case ran, oldest first; the receiving of its alerts instead when it ran none. */
  public List<PathTaken> ofCase(String caseId) {
    List<HistoricProcessInstance> all =
        history.createHistoricProcessInstanceQuery().processInstanceBusinessKey(caseId).orderByProcessInstanceStartTime().asc().listPage(0, MOST);
    List<HistoricProcessInstance> playbooks = all.stream().filter(one -> !NO_PLAYBOOKS.contains(one.getProcessDefinitionKey())).toList();
    return (playbooks.isEmpty() ? all.stream().limit(1) : playbooks.stream()).map(this::path).toList();
  }

  /** When the case came to a step first, and how often it did. */
  private record Been(Instant first, int times) {
    Been again(Been other) {
      return new Been(first, times + other.times);
    }
  }

  private PathTaken path(HistoricProcessInstance instance) {
    Map<String, Been> taken = new HashMap<>();
    for (HistoricActivityInstance step : history.createHistoricActivityInstanceQuery().processInstanceId(instance.getId())
        .orderByHistoricActivityInstanceStartTime().asc().list()) {
      taken.merge(step.getActivityId(), new Been(step.getStartTime().toInstant(), 1), Been::again);
    }
    var model = repository.getBpmnModelInstance(instance.getProcessDefinitionId());
    List<Shape> shapes = model.getModelElementsByType(BpmnShape.class).stream().flatMap(shape -> shape(shape, taken)).toList();
    List<Flow> flows = model.getModelElementsByType(BpmnEdge.class).stream().flatMap(edge -> flow(edge, taken)).toList();
    String name = instance.getProcessDefinitionName() == null ? instance.getProcessDefinitionKey() : instance.getProcessDefinitionName();
    return new PathTaken(name, instance.getProcessDefinitionVersion(), Stream.concat(around(shapes, true), around(shapes, false)).toList(), flows);
  }

  private static Stream<Shape> around(List<Shape> shapes, boolean around) {
    return shapes.stream().filter(shape -> (shape.kind() == Kind.LANE || shape.kind() == Kind.PART) == around);
  }

  private static Stream<Shape> shape(BpmnShape shape, Map<String, Been> taken) {
    BaseElement element = shape.getBpmnElement();
    Kind kind = kind(element);
    if (kind == null) {
      return Stream.empty();
    }
    var bounds = shape.getBounds();
    String name = element instanceof FlowElement step ? step.getName() : element instanceof Lane lane ? lane.getName() : null;
    Been been = taken.getOrDefault(element.getId(), new Been(null, 0));
    return Stream.of(new Shape(
        kind, name == null ? "" : name, bounds.getX(), bounds.getY(), bounds.getWidth(), bounds.getHeight(), been.first(), been.times()));
  }

  private static Kind kind(BaseElement element) {
    if (element instanceof Lane) {
      return Kind.LANE;
    }
    if (element instanceof Gateway) {
      return Kind.GATEWAY;
    }
    if (element instanceof Event) {
      return Kind.EVENT;
    }
    if (element instanceof SubProcess) {
      return Kind.PART;
    }
    return element instanceof FlowNode ? Kind.STEP : null;
  }

  private static Stream<Flow> flow(BpmnEdge edge, Map<String, Been> taken) {
    if (!(edge.getBpmnElement() instanceof SequenceFlow flow)) {
      return Stream.empty();
    }
    List<Point> points = new ArrayList<>();
    edge.getWaypoints().forEach(point -> points.add(new Point(point.getX(), point.getY())));
    boolean between = taken.containsKey(flow.getSource().getId()) && taken.containsKey(flow.getTarget().getId());
    return Stream.of(new Flow(points, between));
  }
}
