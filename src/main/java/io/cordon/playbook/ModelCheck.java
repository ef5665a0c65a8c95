package io.cordon.playbook;

import io.cordon.playbook.ModelFile.Node;
import java.time.Period;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a playbook may hold, whatever its author draws: only listed elements and attributes, only listed beans and topics,
 * containment only where the gate is passed. Pure; what is on no list is refused.
 */
final class ModelCheck {
  /** The beans that a model may call, and the only ones its expressions can reach. */
  static final Set<String> BEANS =
      Set.of("decidePolicy", "makePlan", "openApproval", "expireApproval", "expireLastQuestion", "withdrawApproval", "recordIntent",
          "recordResult", "makeEmergencyPlan", "recordBreakGlass", "makeCompensatingPlan", "makeStopPlan", "recordControl", "recordTakenBack",
          "planRelease", "checkRelease", "recordReleaseIntent", "recordReleased", "recordNotReleased", "lookOutside");

  static final Set<String> TOPICS =
      Set.of("case.close", "assets.resolve", "assets.recheck", "channels.update", "channels.askAgain", "channels.close", "teams.post",
          "pagerduty.trigger", "pagerduty.escalate", "pagerduty.lastCall", "pagerduty.second", "pagerduty.releaseOverdue",
          "pagerduty.remind", "evidence.checkpoint", "mde.lookup", "mde.send",
          "mde.poll", "mde.readback", "mde.cancel", "mde.release", "mde.pollRelease");

  /** What reaches into a machine, and the one process that may do it. */
  private static final Map<String, String> CONTAINMENT =
      Map.of("mde.send", "performAction", "mde.cancel", "performAction", "mde.release", "releaseHost");

  private static final int HISTORY_DAYS = 2192;
  private static final String BUSINESS_KEY = "#{execution.processBusinessKey}";
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([a-z][A-Za-z]*)}");
  private static final Pattern COMPARISON = Pattern.compile("\\$\\{([a-z][A-Za-z]*) == ('[A-Z_]+'|true|false)}");
  private static final Pattern DURATION = Pattern.compile("(R\\d*/)?P[0-9DTHMS]+");

  private ModelCheck() {}

  /** Checks all models that are deployed together. */
  static void check(List<ModelFile> files) {
    Map<String, String> processes = new HashMap<>();
    for (ModelFile file : files) {
      checkNodes(file);
      if (file.isDecision()) {
        DecisionCheck.check(file);
        continue;
      }
      Node process = file.process();
      file.require(process.id().equals(file.stemInCamelCase()), process, "the process must be named after its file");
      file.require(processes.put(process.id(), file.name()) == null, process, "two models have this process");
      file.require(!process.text("name").isBlank(), process, "a process needs a name");
      checkHistory(file, process);
      GatePaths.check(file);
    }
    for (ModelFile file : files) {
      file.all("callActivity").forEach(
          call -> file.require(processes.containsKey(call.text("calledElement")), call, "there is no such process to call"));
    }
  }

  private static void checkNodes(ModelFile file) {
    Set<String> ids = new HashSet<>();
    for (Node node : file.nodes()) {
      boolean named = !node.isFlowNode() || node.attributes().contains("id");
      file.require(named && (!node.attributes().contains("id") || ids.add(node.id())), node, "an element needs an id of its own");
      checkNode(file, node);
    }
  }

  private static void checkNode(ModelFile file, Node node) {
    ModelWords.check(file, node);
    boolean begins = node.kind().equals("callActivity") && node.text("camunda:asyncBefore").equals("true");
    file.require(begins || node.text("camunda:asyncBefore").isEmpty(), node, "only a call may begin in a transaction of its own");
    node.texts().forEach((where, text) -> checkExpression(file, node, where, text));
    switch (node.kind()) {
      case "serviceTask" -> checkService(file, node);
      case "userTask" -> checkTask(file, node);
      case "callActivity" -> checkCall(file, node);
      case "inputOutput" -> file.require(
          node.parent().parent().kind().equals("subProcess"), node, "the element camunda:inputOutput is not allowed outside of a subprocess");
      default -> { }
    }
  }

  private static void checkExpression(ModelFile file, Node node, String where, String text) {
    boolean expression = text.contains("${") || text.contains("#{");
    boolean fits =
        switch (where) {
          case "camunda:delegateExpression" -> BEANS.contains(text.replaceAll("^\\$\\{|}$", "")) && text.startsWith("${");
          case "camunda:businessKey" -> text.equals(BUSINESS_KEY);
          case "conditionExpression" -> isComparison(text);
          case "timeDate", "loopCardinality" -> isVariable(text);
          case "timeDuration", "timeCycle", "camunda:dueDate" -> isVariable(text) || DURATION.matcher(text).matches();
          default -> !expression;
        };
    file.require(fits, node, "the expression in " + where + " is not allowed: " + text);
  }

  private static boolean isVariable(String text) {
    var match = VARIABLE.matcher(text);
    return match.matches() && !BEANS.contains(match.group(1));
  }

  private static boolean isComparison(String text) {
    var match = COMPARISON.matcher(text);
    return match.matches() && !BEANS.contains(match.group(1));
  }

  private static void checkService(ModelFile file, Node task) {
    String topic = task.text("camunda:topic");
    if (!task.text("camunda:delegateExpression").isEmpty()) {
      file.require(task.text("camunda:type").isEmpty() && topic.isEmpty(), task, "a service task is a bean or a topic, not both");
      return;
    }
    file.require(task.text("camunda:type").equals("external"), task, "a service task needs a bean or a topic");
    file.require(TOPICS.contains(topic), task, "nobody serves the topic " + topic);
    String only = CONTAINMENT.getOrDefault(topic, file.process().id());
    file.require(file.process().id().equals(only), task, "the topic " + topic + " may be used in " + only + " only");
  }

  private static void checkTask(ModelFile file, Node task) {
    file.require(!task.text("camunda:candidateGroups").isEmpty(), task, "a task needs an owner");
    boolean ends =
        file.boundariesOf(task).stream()
            .anyMatch(event -> !event.text("cancelActivity").equals("false") && event.has("timerEventDefinition"));
    file.require(ends || !task.text("camunda:dueDate").isEmpty(), task, "a task needs a due date or a timer that ends it");
    boolean bound = task.text("camunda:formRef").isEmpty() || task.text("camunda:formRefBinding").equals("deployment");
    file.require(bound, task, "a form must be the one deployed with the model");
  }

  private static void checkCall(ModelFile file, Node call) {
    file.require(call.text("camunda:calledElementBinding").equals("deployment"), call, "a call must be to the model deployed with it");
    boolean mapped = call.within("in").stream().anyMatch(in -> in.text("camunda:businessKey").equals(BUSINESS_KEY));
    file.require(mapped, call, "a call must map the business key");
  }

  static void checkHistory(ModelFile file, Node owner) {
    String kept = owner.text("camunda:historyTimeToLive");
    boolean longEnough = kept.matches("P\\d{1,6}D") && Period.parse(kept).getDays() >= HISTORY_DAYS;
    file.require(longEnough, owner, "history must be kept for P" + HISTORY_DAYS + "D");
  }
}
