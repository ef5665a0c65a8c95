package io.cordon.playbook;

import io.cordon.playbook.ModelFile.Node;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Walks every path of a model: a call of performAction may be reached only after a call of approveMaintenanceWindow and
 * then the flow that is taken for GRANTED alone. An event that interrupts starts with nothing proved.
 */
final class GatePaths {
  private static final String ASK = "approveMaintenanceWindow";
  private static final String ACT = "performAction";
  private static final String GRANTED = "${verdict == 'GRANTED'}";
  private static final Set<String> ANSWER = Set.of("verdict", "approvalId");

  private enum Proof {
    NONE,
    ASKED,
    GRANTED
  }

  private record Step(Node node, Proof proof, String path) {}

  private final ModelFile file;
  private final Deque<Step> open = new ArrayDeque<>();
  private final Set<String> seen = new HashSet<>();

  private GatePaths(ModelFile file) {
    this.file = file;
  }

  static void check(ModelFile file) {
    file.all("callActivity").forEach(call -> checkAnswer(file, call));
    file.nodes().stream().filter(node -> node.kind().equals("inputParameter")).forEach(
        own -> file.require(!ANSWER.contains(own.text("camunda:name")), own, "only " + ASK + " may set verdict and approvalId"));
    new GatePaths(file).walk();
  }

  /** Nobody but the gate's own process may say what was answered. */
  private static void checkAnswer(ModelFile file, Node call) {
    for (Node out : call.within("out")) {
      boolean own = call.text("calledElement").equals(ASK) && out.text("camunda:source").equals(out.text("camunda:target"));
      file.require(own || !ANSWER.contains(out.text("camunda:target")), call, "only " + ASK + " may set verdict and approvalId");
    }
  }

  private void walk() {
    file.nodes().stream().filter(this::isEntry).forEach(node -> enter(node, Proof.NONE, ""));
    while (!open.isEmpty()) {
      pass(open.poll());
    }
  }

  /** What can begin without a flow leading to it; the starts of an embedded subprocess are entered through it. */
  private boolean isEntry(Node node) {
    boolean embeddedStart = node.kind().equals("startEvent") && isEmbedded(node.parent());
    return node.isFlowNode() && !embeddedStart && file.all("sequenceFlow").stream().noneMatch(flow -> flow.text("targetRef").equals(node.id()));
  }

  private static boolean isEmbedded(Node scope) {
    return scope.kind().equals("subProcess") && !scope.text("triggeredByEvent").equals("true");
  }

  private void enter(Node node, Proof proof, String path) {
    if (seen.add(node.id() + " " + proof)) {
      open.add(new Step(node, proof, path.isEmpty() ? node.id() : path + " -> " + node.id()));
    }
  }

  private void pass(Step step) {
    String called = step.node().text("calledElement");
    boolean proved = !called.equals(ACT) || step.proof() == Proof.GRANTED;
    file.require(proved, step.node(), "this path acts without " + ASK + " and then " + GRANTED + ": " + step.path());
    if (step.node().kind().equals("subProcess")) {
      step.node().within("startEvent").stream()
          .filter(start -> start.parent().id().equals(step.node().id()))
          .forEach(start -> enter(start, step.proof(), step.path()));
      return;
    }
    leave(step.node(), called.equals(ASK) ? Proof.ASKED : step.proof(), step.path());
  }

  private void leave(Node node, Proof proof, String path) {
    List<Node> flows = file.all("sequenceFlow").stream().filter(flow -> flow.text("sourceRef").equals(node.id())).toList();
    flows.forEach(flow -> enter(target(flow), along(node, flow, proof), path));
    if (flows.isEmpty() && node.parent().kind().equals("subProcess")) {
      leave(node.parent(), proof, path);
    }
  }

  private Node target(Node flow) {
    return file.nodes().stream().filter(node -> node.id().equals(flow.text("targetRef"))).findFirst().orElseThrow(
        () -> new ModelRefusedException(file.name(), flow.id(), "the flow leads nowhere"));
  }

  /** Only an exclusive gateway looks at conditions, and it takes its default flow without looking. */
  private static Proof along(Node from, Node flow, Proof proof) {
    boolean looked = from.kind().equals("exclusiveGateway") && !from.text("default").equals(flow.id());
    boolean granted = flow.within("conditionExpression").stream().anyMatch(condition -> condition.content().equals(GRANTED));
    return proof == Proof.ASKED && looked && granted ? Proof.GRANTED : proof;
  }
}
