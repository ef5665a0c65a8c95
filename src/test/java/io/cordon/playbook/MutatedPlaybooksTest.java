package io.cordon.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RepositoryService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The shipped playbooks, each changed in one place as somebody in a hurry might: the engine deploys none of them. */
class MutatedPlaybooksTest extends PlayedEngine {
  private static final String CONTAIN = "bpmn/contain-linux-host.bpmn";
  private static final String WAY_IN = " -> subProcess_window -> startEvent_granted -> gateway_fork -> gateway_wait -> catchEvent_windowOpens"
      + " -> serviceTask_recheck -> gateway_recheck -> subProcess_machine -> startEvent_machine -> gateway_ready -> callActivity_performAction";
  private static final String ACT = """
      <bpmn:callActivity id="act" calledElement="performAction" camunda:calledElementBinding="deployment"><bpmn:extensionElements>
      <camunda:in businessKey="#{execution.processBusinessKey}" /></bpmn:extensionElements></bpmn:callActivity>""";
  private static final String LATE = "<bpmn:timerEventDefinition><bpmn:timeDuration>PT15M</bpmn:timeDuration></bpmn:timerEventDefinition>";

  @Autowired RepositoryService repository;

  private String deployed;

  @AfterEach
  void takeBack() {
    if (deployed != null) {
      repository.deleteDeployment(deployed, true);
    }
  }

  static Stream<Arguments> mutants() {
    return Stream.of(
        mutant("gate removed", CONTAIN, swap("targetRef=\"callActivity_approve\"", "targetRef=\"gateway_verdict\""),
            "startEvent_containment -> serviceTask_makePlan -> gateway_verdict" + WAY_IN),
        mutant("bypass flow", CONTAIN, add(flow("serviceTask_makePlan", "subProcess_window")), "startEvent_containment -> serviceTask_makePlan" + WAY_IN),
        mutant("by boundary event", CONTAIN,
            add("<bpmn:boundaryEvent id=\"late\" attachedToRef=\"callActivity_approve\">" + LATE + "</bpmn:boundaryEvent>" + flow("late", "subProcess_window")),
            "late" + WAY_IN),
        mutant("by event subprocess", CONTAIN,
            add("<bpmn:subProcess id=\"panic\" triggeredByEvent=\"true\"><bpmn:startEvent id=\"alarm\">" + LATE + "</bpmn:startEvent>" + ACT
                + flow("alarm", "act") + "</bpmn:subProcess>"),
            "alarm -> act"),
        mutant("by parallel branch", CONTAIN,
            all(swap("targetRef=\"callActivity_approve\"", "targetRef=\"both\""),
                add("<bpmn:parallelGateway id=\"both\" />" + flow("both", "callActivity_approve") + flow("both", "callActivity_performAction"))),
            "startEvent_containment -> serviceTask_makePlan -> both -> callActivity_performAction"),
        mutant("by the way that is taken without an answer", CONTAIN, swap("default=\"flow_verdict_nextTier\"", "default=\"flow_verdict_window\""),
            "callActivity_approve -> gateway_verdict" + WAY_IN),
        mutant("on another answer", CONTAIN, swap("${verdict == 'GRANTED'}", "${verdict == 'EXPIRED'}"), "callActivity_approve -> gateway_verdict" + WAY_IN),
        mutant("on an answer of its own", CONTAIN,
            swap("<camunda:out source=\"releaseOutcome\" target=\"releaseOutcome\" />", "<camunda:out source=\"releaseOutcome\" target=\"verdict\" />"),
            "callActivity_releaseHost: only approveMaintenanceWindow may set verdict and approvalId"),
        mutant("the emergency without its two leads", "bpmn/emergency-containment.bpmn",
            swap("sourceRef=\"serviceTask_makePlan\" targetRef=\"callActivity_approve\"", "sourceRef=\"serviceTask_makePlan\" targetRef=\"serviceTask_recordBreakGlass\""),
            "startEvent_emergency -> serviceTask_makePlan -> serviceTask_recordBreakGlass -> gateway_fork -> callActivity_performAction"),
        mutant("action topic outside perform-action", CONTAIN, swap("camunda:topic=\"assets.recheck\"", "camunda:topic=\"mde.send\""),
            "serviceTask_recheck: the topic mde.send may be used in performAction only"),
        mutant("expression in a condition", CONTAIN, swap("${recheckOutcome == 'READY'}", "${permits.intend(a, p) != null}"),
            "the expression in conditionExpression is not allowed"),
        mutant("expression in a listener", CONTAIN,
            swap("<camunda:out source=\"releaseOutcome\"", "<camunda:executionListener event=\"start\" expression=\"${permits.find('x')}\" /><camunda:out source=\"releaseOutcome\""),
            "callActivity_releaseHost/extensionElements/executionListener: the element camunda:executionListener is not allowed"),
        mutant("expression in a mapping", CONTAIN, swap("<camunda:in source=\"windowTo\"", "<camunda:in sourceExpression=\"${clock.instant()}\""),
            "the attribute camunda:sourceExpression is not allowed"),
        mutant("expression in a timer", CONTAIN, swap("${windowFrom}", "${dateTime().plusHours(1)}"), "the expression in timeDate is not allowed"),
        mutant("expression in a decision table", "bpmn/gate-policy.dmn", text -> text.replaceFirst("(<outputEntry[^>]*>\\s*<text>)[^<]*", "$1permits.find(system)"),
            "the expression is not allowed: permits.find(system)"),
        mutant("expression in a multi-instance", CONTAIN,
            swap("<camunda:out source=\"releaseOutcome\" target=\"releaseOutcome\" />\n          </bpmn:extensionElements>",
                "<camunda:out source=\"releaseOutcome\" target=\"releaseOutcome\" />\n          </bpmn:extensionElements><bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>${permits.ofCase('c').size()}</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>"),
            "callActivity_releaseHost", "not allowed"),
        mutant("script", CONTAIN, add("<bpmn:scriptTask id=\"script\" scriptFormat=\"groovy\"><bpmn:script>1</bpmn:script></bpmn:scriptTask>"),
            "script: the element scriptTask is not allowed"),
        mutant("class", CONTAIN, swap("camunda:delegateExpression=\"${makePlan}\"", "camunda:class=\"java.lang.Runtime\""),
            "serviceTask_makePlan: the attribute camunda:class is not allowed"),
        mutant("history not kept", CONTAIN, swap(" camunda:historyTimeToLive=\"P2192D\"", ""), "containLinuxHost: history must be kept for P2192D"),
        mutant("error that nobody handles", CONTAIN, add("<bpmn:endEvent id=\"thrown\"><bpmn:errorEventDefinition /></bpmn:endEvent>"),
            "thrown/errorEventDefinition: the element errorEventDefinition is not allowed"),
        mutant("call without the business key", CONTAIN, swap("<camunda:in businessKey=\"#{execution.processBusinessKey}\" />", ""),
            "callActivity_approve: a call must map the business key"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mutants")
  void refusesWith(String what, String file, UnaryOperator<String> change, String[] reasons) throws IOException {
    Map<String, byte[]> resources = shipped();
    String before = new String(resources.get(file), StandardCharsets.UTF_8);
    String after = change.apply(before);
    assertThat(after).as("the mutant is one").isNotEqualTo(before);
    resources.put(file, after.getBytes(StandardCharsets.UTF_8));
    assertRefused(resources, file, reasons);
  }

  /** One model calls another that acts: the other one is refused, wherever it is called from. */
  @Test
  void refusesToActThroughAnotherPlaybook() throws IOException {
    Map<String, byte[]> resources = shipped();
    String quick = """
        <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="d">
        <bpmn:process id="quickIsolation" name="Quick" isExecutable="true" camunda:historyTimeToLive="P2192D">
        <bpmn:startEvent id="start" />%s%s</bpmn:process></bpmn:definitions>""".formatted(ACT, flow("start", "act"));
    resources.put("bpmn/quick-isolation.bpmn", quick.getBytes(StandardCharsets.UTF_8));
    String contain = new String(resources.get(CONTAIN), StandardCharsets.UTF_8);
    resources.put(CONTAIN, contain.replace("calledElement=\"approveMaintenanceWindow\"", "calledElement=\"quickIsolation\"").getBytes(StandardCharsets.UTF_8));
    assertRefused(resources, "bpmn/quick-isolation.bpmn", "start -> act");
  }

  @Test
  void takesTheShippedPlaybooks() throws IOException {
    Map<String, byte[]> resources = shipped();
    var deployment = repository.createDeployment();
    resources.forEach((name, content) -> deployment.addInputStream(name, new ByteArrayInputStream(content)));
    deployed = deployment.deploy().getId();
    assertThat(repository.createProcessDefinitionQuery().deploymentId(deployed).count())
        .isEqualTo(resources.keySet().stream().filter(name -> name.endsWith(".bpmn")).count());
  }

  private void assertRefused(Map<String, byte[]> resources, String file, String... reasons) {
    long before = repository.createDeploymentQuery().count();
    var deployment = repository.createDeployment();
    resources.forEach((name, content) -> deployment.addInputStream(name, new ByteArrayInputStream(content)));
    assertThatThrownBy(deployment::deploy).isInstanceOf(ModelRefusedException.class).hasMessageStartingWith("model refused: " + file + ", ").hasMessageContainingAll(reasons);
    assertThat(repository.createDeploymentQuery().count()).isEqualTo(before);
  }

  private static Map<String, byte[]> shipped() throws IOException {
    return new LinkedHashMap<>(ModelDeployment.resources());
  }

  private static Arguments mutant(String what, String file, UnaryOperator<String> change, String... reasons) {
    return Arguments.of(what, file, change, reasons);
  }

  private static UnaryOperator<String> swap(String old, String now) {
    return text -> text.substring(0, Math.max(0, text.indexOf(old))) + (text.contains(old) ? now + text.substring(text.indexOf(old) + old.length()) : text);
  }

  private static UnaryOperator<String> add(String element) {
    return swap("  </bpmn:process>", element + "</bpmn:process>");
  }

  private static UnaryOperator<String> all(UnaryOperator<String> one, UnaryOperator<String> other) {
    return text -> other.apply(one.apply(text));
  }

  private static String flow(String from, String to) {
    return "<bpmn:sequenceFlow id=\"flow_%s_%s_mutant\" sourceRef=\"%s\" targetRef=\"%s\" />".formatted(from, to, from, to);
  }
}
