package io.cordon.playbook;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models an author might draw; each breaks one rule. */
class ModelCheckTest {
  private static final String KEY = "<camunda:in businessKey='#{execution.processBusinessKey}'/>";
  private static final String ASK =
      call("ask", "approveMaintenanceWindow", KEY + "<camunda:out source='verdict' target='verdict'/>");
  private static final String ACT = call("act", "performAction", KEY);
  private static final String GRANTED = "${verdict == 'GRANTED'}";
  private static final String GATED =
      ASK + "<exclusiveGateway id='asked' default='no'/>" + ACT + "<endEvent id='end'/>"
          + flow("f1", "start", "ask") + flow("f2", "ask", "asked") + flow("yes", "asked", "act", GRANTED) + flow("no", "asked", "end");

  @Test
  void takesAPlaybookThatPassesTheGate() {
    assertThatCode(() -> check(GATED)).doesNotThrowAnyException();
  }

  @Test
  void refusesToActWithoutAsking() {
    refuses(ACT + flow("f", "start", "act"), "bpmn/my-playbook.bpmn, act: this path acts without approveMaintenanceWindow",
        "start -> act");
  }

  @Test
  void refusesAWayAroundTheGate() {
    refuses("<exclusiveGateway id='urgent' default='f1'/>" + GATED.replace("sourceRef='start'", "sourceRef='urgent'")
        + flow("f0", "start", "urgent") + flow("short", "urgent", "act", "${severity == 'HIGH'}"), "start -> urgent -> act");
  }

  @Test
  void refusesToActOnAnythingButGranted() {
    refuses(GATED.replace("== 'GRANTED'", "== 'HELD'"), "start -> ask -> asked -> act");
    refuses(GATED.replace("default='no'", "default='yes'"), "start -> ask -> asked -> act");
    refuses(GATED.replace("exclusiveGateway", "parallelGateway"), "start -> ask -> asked -> act");
  }

  @Test
  void refusesAConditionBeforeTheQuestion() {
    refuses("<exclusiveGateway id='early'/>" + ASK + ACT + flow("f1", "start", "early") + flow("f2", "early", "ask", GRANTED)
        + flow("f3", "ask", "act"), "start -> early -> ask -> act");
  }

  @Test
  void refusesToActOnAnOlderAnswer() {
    refuses(GATED.replace("targetRef='act'", "targetRef='again'") + call("again", "approveMaintenanceWindow", KEY)
        + flow("f9", "again", "act"), "asked -> again -> act");
  }

  @Test
  void refusesToActFromAnEventThatStartsOnItsOwn() {
    refuses(GATED + task("wait") + boundary("wait") + flow("f8", "late", "act"), "late -> act");
    refuses(GATED + "<subProcess id='sub' triggeredByEvent='true'><startEvent id='inner'>" + timer("PT1H") + "</startEvent>"
        + call("actToo", "performAction", KEY) + flow("f7", "inner", "actToo") + "</subProcess>", "inner -> actToo");
  }

  @Test
  void followsThePathIntoAndOutOfASubprocess() {
    String inner = "<subProcess id='sub'><startEvent id='inner'/>" + ACT + flow("f7", "inner", "act") + "</subProcess>";
    String gated = GATED.replace("targetRef='act'", "targetRef='sub'").replace(ACT, inner);
    assertThatCode(() -> check(gated)).doesNotThrowAnyException();
    refuses(inner + flow("f1", "start", "sub"), "start -> sub -> inner -> act");
    refuses("<subProcess id='sub'><startEvent id='inner'/></subProcess>" + ACT + flow("f1", "start", "sub") + flow("f2", "sub", "act"),
        "start -> sub -> inner -> act");
  }

  @Test
  void refusesAnAnswerThatTheGateDidNotGive() {
    refuses(GATED.replace("<camunda:out source='verdict'", "<camunda:out source='wish'"), "only approveMaintenanceWindow may set verdict");
    refuses(GATED + call("other", "releaseHost", KEY + "<camunda:out source='verdict' target='verdict'/>"), "may set verdict");
  }

  @ParameterizedTest
  @CsvSource({"mde.send,performAction", "mde.cancel,performAction", "mde.release,releaseHost"})
  void refusesContainmentElsewhere(String topic, String only) {
    refuses(external(topic), "work: the topic " + topic + " may be used in " + only + " only");
  }

  @Test
  void refusesAnotherProcessUnderTheNameOfPerformAction() {
    String imposter = model("performAction", external("mde.send"));
    refusesFile("bpmn/imposter.bpmn", imposter, "the process must be named after its file");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
    "<serviceTask id='x' camunda:delegateExpression='${permits}'/> | the expression in camunda:delegateExpression is not allowed",
    "<serviceTask id='x' camunda:delegateExpression='${makePlan.execute(execution)}'/> | the expression in camunda:delegateExpression is not allowed",
    "<serviceTask id='x' camunda:expression='${makePlan.execute(execution)}'/> | camunda:expression is not allowed",
    "<serviceTask id='x' camunda:class='io.cordon.X'/> | the attribute camunda:class is not allowed",
    "<serviceTask id='x' camunda:type='external' camunda:topic='nobody.here'/> | nobody serves the topic nobody.here",
    "<serviceTask id='x' camunda:type='external' camunda:topic='${topic}'/> | the expression in camunda:topic is not allowed",
    "<serviceTask id='x'/> | a service task needs a bean or a topic",
    "<serviceTask id='x' camunda:delegateExpression='${makePlan}'><extensionElements><camunda:connector/></extensionElements></serviceTask> | the element camunda:connector is not allowed",
    "<serviceTask id='x' camunda:delegateExpression='${makePlan}'><extensionElements><camunda:executionListener class='X' event='start'/></extensionElements></serviceTask> | the element camunda:executionListener is not allowed",
    "<serviceTask id='x' camunda:delegateExpression='${makePlan}'><extensionElements><camunda:inputOutput/></extensionElements></serviceTask> | the element camunda:inputOutput is not allowed",
    "<subProcess id='x'><extensionElements><camunda:inputOutput><camunda:inputParameter name='verdict'>GRANTED</camunda:inputParameter></camunda:inputOutput></extensionElements></subProcess> | only approveMaintenanceWindow may set verdict",
    "<subProcess id='x'><extensionElements><camunda:inputOutput><camunda:inputParameter name='a'>${makePlan}</camunda:inputParameter></camunda:inputOutput></extensionElements></subProcess> | the expression in",
    "<subProcess id='x'><extensionElements><camunda:inputOutput><camunda:inputParameter name='a'><camunda:script scriptFormat='groovy'>1</camunda:script></camunda:inputParameter></camunda:inputOutput></extensionElements></subProcess> | the element camunda:script is not allowed",
    "<subProcess id='x'><multiInstanceLoopCharacteristics><loopCardinality>${makePlan.execute(execution)}</loopCardinality></multiInstanceLoopCharacteristics></subProcess> | the expression in loopCardinality is not allowed",
    "<scriptTask id='x' scriptFormat='groovy'><script>1</script></scriptTask> | the element scriptTask is not allowed",
    "<businessRuleTask id='x' camunda:decisionRef='gatePolicy'/> | the element businessRuleTask is not allowed",
    "<endEvent id='x'><errorEventDefinition/></endEvent> | the element errorEventDefinition is not allowed",
    "<endEvent id='x' name='${makePlan}'/> | the expression in name is not allowed",
    "<endEvent id='x'><documentation>${makePlan}</documentation></endEvent> | the expression in documentation is not allowed",
    "<endEvent id='x' xmlns:old='http://activiti.org/bpmn' old:async='true'/> | is not allowed",
    "<endEvent id='x' camunda:asyncBefore='true'/> | only a call may begin in a transaction of its own",
    "<callActivity id='x' calledElement='releaseHost' camunda:asyncBefore='${makePlan}'/> | only a call may begin in a transaction of its own",
    "<userTask id='x' camunda:candidateGroups='Soc.Analyst'/> | a task needs a due date",
    "<userTask id='x' camunda:dueDate='PT1H'/> | a task needs an owner",
    "<userTask id='x' camunda:candidateGroups='${groups}' camunda:dueDate='PT1H'/> | the expression in camunda:candidateGroups is not allowed",
    "<userTask id='x' camunda:candidateGroups='Soc.Analyst' camunda:dueDate='${dateTime().plusHours(1)}'/> | the expression in camunda:dueDate is not allowed",
    "<userTask id='x' camunda:candidateGroups='Soc.Analyst' camunda:dueDate='${makePlan}'/> | the expression in camunda:dueDate is not allowed",
    "<userTask id='x' camunda:candidateGroups='Soc.Analyst' camunda:dueDate='PT1H' camunda:formRef='f' camunda:formRefBinding='latest'/> | a form must be",
    "<callActivity id='x' calledElement='releaseHost' camunda:calledElementBinding='deployment'/> | a call must map the business key",
    "<callActivity id='x' calledElement='releaseHost'/> | a call must be to the model deployed with it",
    "<callActivity id='x' calledElement='${which}' camunda:calledElementBinding='deployment'/> | the expression in calledElement is not allowed",
    "<sequenceFlow id='x' sourceRef='start' targetRef='start'><conditionExpression language='groovy'>true</conditionExpression></sequenceFlow> | the attribute language is not allowed",
    "<sequenceFlow id='x' sourceRef='start' targetRef='start'><conditionExpression>${execution.setVariable('verdict', 'GRANTED')}</conditionExpression></sequenceFlow> | the expression in conditionExpression is not allowed",
    "<sequenceFlow id='x' sourceRef='start' targetRef='start'><conditionExpression>${makePlan == true}</conditionExpression></sequenceFlow> | the expression in conditionExpression is not allowed",
    "<intermediateCatchEvent id='x'><timerEventDefinition><timeDate>${a.b()}</timeDate></timerEventDefinition></intermediateCatchEvent> | the expression in timeDate is not allowed",
    "<endEvent id='start'/> | an element needs an id of its own",
    "<endEvent/> | an element needs an id of its own",
  })
  void refusesWhatIsOnNoList(String element, String reason) {
    refuses(element, reason);
  }

  @Test
  void refusesToCallWhatIsNotThere() {
    refuses(call("x", "stopProcess", KEY), "x: there is no such process to call");
  }

  @Test
  void refusesAShortMemory() {
    refusesFile("bpmn/my-playbook.bpmn", model("myPlaybook", "").replace("P2192D", "P30D"), "history must be kept for P2192D");
    refusesFile("bpmn/my-playbook.bpmn", model("myPlaybook", "").replace(" camunda:historyTimeToLive='P2192D'", ""), "history must be kept");
  }

  @Test
  void refusesWhatIsNoModel() {
    refusesFile("bpmn/my-playbook.bpmn", "<!DOCTYPE x><x/>", "it cannot be read as XML");
    refusesFile("bpmn/my-playbook.bpmn", model("myPlaybook", "").replace("<process", "<process id='b' name='b'/><process"), "exactly one process");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
    "<inputExpression id='x'><text>makePlan.execute()</text></inputExpression> | the expression is not allowed",
    "<inputExpression id='x' expressionLanguage='groovy'><text>system</text></inputExpression> | the language groovy is not allowed",
    "<outputEntry id='x'><text>string length(system)</text></outputEntry> | the expression is not allowed",
    "<inputEntry id='x'><text>today()</text></inputEntry> | the expression is not allowed",
    "<literalExpression id='x'/> | the element literalExpression is not allowed",
  })
  void refusesATableThatComputes(String element, String reason) {
    String table = "<definitions xmlns='https://www.omg.org/spec/DMN/20191111/MODEL/' xmlns:camunda='http://camunda.org/schema/1.0/dmn'>"
        + "<decision id='d' camunda:historyTimeToLive='P2192D'><decisionTable id='t' hitPolicy='UNIQUE'>%s</decisionTable></decision></definitions>";
    refusesFile("bpmn/table.dmn", table.formatted(element), reason);
    refusesFile("bpmn/table.dmn", table.formatted("").replace("UNIQUE", "FIRST"), "the hit policy must be UNIQUE");
  }

  private static void refuses(String inner, String... reasons) {
    refusesFile("bpmn/my-playbook.bpmn", model("myPlaybook", inner), reasons);
  }

  private static void refusesFile(String file, String content, String... reasons) {
    assertThatThrownBy(() -> check(file, content)).isInstanceOf(ModelRefusedException.class).hasMessageContainingAll(reasons);
  }

  private static void check(String inner) {
    check("bpmn/my-playbook.bpmn", model("myPlaybook", inner));
  }

  private static void check(String file, String content) {
    ModelCheck.check(
        List.of(read(file, content),
            read("bpmn/approve-maintenance-window.bpmn", model("approveMaintenanceWindow", "")),
            read("bpmn/perform-action.bpmn", model("performAction", "")),
            read("bpmn/release-host.bpmn", model("releaseHost", ""))));
  }

  private static ModelFile read(String file, String content) {
    return new ModelFile(file, content.getBytes(StandardCharsets.UTF_8));
  }

  private static String model(String id, String inner) {
    return "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL' xmlns:camunda='http://camunda.org/schema/1.0/bpmn'>"
        + "<process id='%s' name='Mine' camunda:historyTimeToLive='P2192D'><startEvent id='start'/>%s</process></definitions>".formatted(id, inner);
  }

  private static String call(String id, String process, String mapping) {
    return "<callActivity id='%s' calledElement='%s' camunda:calledElementBinding='deployment'><extensionElements>%s</extensionElements></callActivity>"
        .formatted(id, process, mapping);
  }

  private static String external(String topic) {
    return "<serviceTask id='work' camunda:type='external' camunda:topic='" + topic + "'/>";
  }

  private static String task(String id) {
    return "<userTask id='%s' camunda:candidateGroups='Soc.Analyst' camunda:dueDate='PT1H'/>".formatted(id);
  }

  private static String boundary(String on) {
    return "<boundaryEvent id='late' attachedToRef='%s'>%s</boundaryEvent>".formatted(on, timer("PT1H"));
  }

  private static String timer(String duration) {
    return "<timerEventDefinition><timeDuration>" + duration + "</timeDuration></timerEventDefinition>";
  }

  private static String flow(String id, String from, String to) {
    return "<sequenceFlow id='%s' sourceRef='%s' targetRef='%s'/>".formatted(id, from, to);
  }

  private static String flow(String id, String from, String to, String condition) {
    return "<sequenceFlow id='%s' sourceRef='%s' targetRef='%s'><conditionExpression>%s</conditionExpression></sequenceFlow>"
        .formatted(id, from, to, condition);
  }
}
