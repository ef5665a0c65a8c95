package io.cordon.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cordon.evidence.EvidenceType;
import io.cordon.gate.policy.PolicyChange;
import io.cordon.gate.policy.PolicyChanges.Proposal;
import io.cordon.gate.policy.PolicyInForce;
import io.cordon.gate.policy.PolicyUnusable;
import io.cordon.gate.policy.PolicyUnusable.Problem;
import io.cordon.platform.people.Person;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.RepositoryService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A site changes its policy table: two people, one table in force, and no restart that changes it. */
class ChangedPolicyTest extends PolicyWorld {
  /** Answers within 15 minutes become 20 in the row that launches by itself. */
  private static final String MINUTES = "<outputEntry id=\"rule_3_answerMinutes\">\n          <text>15";
  private static final byte[] SLOWER = shippedBut(MINUTES, MINUTES.replace("15", "20"));

  @Autowired RepositoryService models;

  @Test
  void startsWithTheShippedTableAndSaysSo() {
    assertThat(policy.inForce().orElseThrow().version()).isEqualTo(1);
    assertThat(policy.fileInForce().orElseThrow()).isEqualTo(shipped());
    assertThat(log(EvidenceType.CONFIG_CHANGED)).singleElement()
        .satisfies(json -> assertThat(json).contains("\"what\":\"POLICY\"", "\"deed\":\"IN_FORCE\"", "\"version\":\"1\"", policy.inForce().orElseThrow().sha256()));
  }

  @Test
  void changesNothingUntilAnotherAdministratorAgrees() {
    Proposal proposal = policy.propose(SLOWER, ONE);
    assertThat(proposal.review().weaker()).singleElement().satisfies(weaker -> {
      assertThat(weaker.row()).isEqualTo(3);
      assertThat(weaker.outputs()).containsExactly("answerMinutes");
    });
    assertThat(approve(proposal.id(), ONE)).isEqualTo("SAME_PERSON");
    assertThat(approve(proposal.id(), person("aud.one", "Auditor"))).isEqualTo("ROLE_MISSING");
    assertThat(policy.inForce().orElseThrow().version()).isEqualTo(1);
    assertThat(decided(alert())).contains("\"policyVersion\":1", "\"answerMinutes\":15");

    startAnewWith(SLOWER);
    assertThat(policy.inForce().orElseThrow()).extracting(PolicyInForce::version, PolicyInForce::sha256).containsExactly(2, proposal.sha256());
    String caseId = alert();
    assertThat(decided(caseId)).contains("\"policyVersion\":2", "\"answerMinutes\":20");
    String plan = jdbc.sql("select canonical from plan where case_id = ?").param(caseId).query(String.class).single();
    assertThat(plan).contains("\"version\":2");
  }

  private void startAnewWith(byte[] table) {
    startAnew();
    agreeOn(table);
  }

  @Test
  void provesWhoProposedAndWhoAgreed() {
    agreeOn(SLOWER);
    String sha256 = policy.inForce().orElseThrow().sha256();
    assertThat(log(EvidenceType.CONFIG_CHANGED)).hasSize(3).anySatisfy(json ->
        assertThat(json).contains("\"deed\":\"PROPOSED\"", sha256, "\"weaker\":1", "\"baseVersion\":1", "adm.one")).anySatisfy(json ->
        assertThat(json).contains("\"deed\":\"IN_FORCE\"", sha256, "\"version\":\"2\"", "\"proposedBy\":\"adm.one\"", "\"approvedBy\":\"adm.two\""));
    approve(policy.propose(shipped(), ONE).id(), ONE);
    assertThat(log(EvidenceType.DECISION_REFUSED)).singleElement().satisfies(json -> assertThat(json).contains("SAME_PERSON", "POLICY"));
  }

  @Test
  void keepsTheTableOfTheSiteThroughARestart() {
    agreeOn(SLOWER);
    PolicyInForce before = policy.inForce().orElseThrow();
    start.begin(shipped());
    assertThat(policy.inForce()).contains(before);
    assertThat(policy.waiting()).as("the shipped table is the one that was replaced, no news").isEmpty();
    assertThat(decided(alert())).contains("\"answerMinutes\":20");
  }

  @Test
  void decidesByTheTableInForceWhateverElseIsDeployed() {
    agreeOn(SLOWER);
    models.createDeployment().addInputStream("bpmn/gate-policy.dmn", new ByteArrayInputStream(shipped())).deploy();
    assertThat(decided(alert())).contains("\"answerMinutes\":20");
  }

  @Test
  void letsANewerShippedTableWaitForTwoPeople() {
    agreeOn(SLOWER);
    byte[] newer = shippedBut(MINUTES, MINUTES.replace("15", "10"));
    start.begin(newer);
    start.begin(newer);
    assertThat(policy.inForce().orElseThrow().version()).isEqualTo(2);
    PolicyChange waiting = policy.waiting().get(0);
    assertThat(policy.waiting()).hasSize(1);
    assertThat(waiting.origin()).isEqualTo("SHIPPED");
    assertThat(waiting.proposedBy()).isNull();
    assertThat(approve(waiting.id(), ONE)).isEqualTo("PROPOSED");
    assertThat(approve(waiting.id(), ONE)).isEqualTo("SAME_PERSON");
    assertThat(policy.inForce().orElseThrow().version()).isEqualTo(2);
    assertThat(approve(waiting.id(), TWO)).isEqualTo("IN_FORCE");
    assertThat(decided(alert())).contains("\"policyVersion\":3", "\"answerMinutes\":10");
  }

  @Test
  void refusesATableThatWasComparedWithAnOlderOne() {
    String first = policy.propose(SLOWER, ONE).id();
    String second = policy.propose(withStandardChanges(), ONE).id();
    assertThat(approve(first, TWO)).isEqualTo("IN_FORCE");
    assertThat(approve(second, TWO)).isEqualTo("STALE_VERSION");
    assertThat(approve(second, TWO)).isEqualTo("ALREADY_DECIDED");
    assertThat(policy.fileInForce().orElseThrow()).isEqualTo(SLOWER);
  }

  @Test
  void letsTheProposerTakeItBack() {
    String id = policy.propose(SLOWER, ONE).id();
    assertThat(policy.reject(id, ONE).orElseThrow().code()).isEqualTo("REJECTED");
    assertThat(approve(id, TWO)).isEqualTo("ALREADY_DECIDED");
    assertThat(policy.approve("nothing", TWO)).isEmpty();
    assertThat(policy.reject("nothing", TWO)).isEmpty();
  }

  @Test
  void bringsATableIntoForceOnceHoweverManyAgree() throws Exception {
    String id = policy.propose(SLOWER, ONE).id();
    ExecutorService hands = Executors.newFixedThreadPool(6);
    List<Callable<String>> clicks = IntStream.range(0, 6).<Callable<String>>mapToObj(i -> () -> approve(id, person("adm." + i, "Platform.Admin"))).toList();
    List<Future<String>> outcomes = hands.invokeAll(clicks);
    hands.shutdown();
    int inForce = 0;
    for (Future<String> outcome : outcomes) {
      inForce += outcome.get().equals("IN_FORCE") ? 1 : 0;
    }
    assertThat(inForce).isEqualTo(1);
    assertThat(policy.inForce().orElseThrow().version()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "<inputEntry id=\"rule_7_severity\">\\n          <text>\"Medium\", | <inputEntry id=\"rule_7_severity\">\\n          <text>\"High\",\"Medium\", | OVERLAP | 3, 7",
    "<inputEntry id=\"rule_9_env\">\\n          <text>\"Dev\" | <inputEntry id=\"rule_9_env\">\\n          <text>today() | NOT_A_POLICY | 9",
    "<inputEntry id=\"rule_9_env\">\\n          <text>\"Dev\" | <inputEntry id=\"rule_9_env\">\\n          <text>\"Test\" | VALUE_UNKNOWN | 9",
    "<text>\"FORBIDDEN\"</text> | <text>\"ALLOWED\"</text> | ANSWER_UNREADABLE | 1",
    "hitPolicy=\"UNIQUE\" | hitPolicy=\"FIRST\" | NOT_A_POLICY | ''",
    "name=\"launch\" typeRef=\"boolean\" | name=\"launch\" typeRef=\"string\" | NOT_A_POLICY | ''",
    "<text>egress</text> | <text>weather</text> | OTHER_INPUTS | ''",
    "<decision id=\"gatePolicy\" | <decision id=\"other\" | NOT_A_POLICY | ''",
    "<definitions | <!DOCTYPE x><definitions | NOT_A_POLICY | ''",
    "</decisionTable> | <literalExpression id=\"x\"/></decisionTable> | NOT_A_POLICY | ''",
  })
  void refusesATableThatCannotBeUsedAndNamesTheRows(String text, String instead, Problem problem, String rows) {
    byte[] table = shippedBut(text.replace("\\n", "\n"), instead.replace("\\n", "\n"));
    PolicyUnusable refused = catchThrowableOfType(PolicyUnusable.class, () -> policy.propose(table, ONE));
    assertThat(refused).isNotNull();
    assertThat(refused.problem()).isEqualTo(problem);
    assertThat(refused.rows()).isEqualTo(rows.isEmpty() ? List.of() : java.util.stream.Stream.of(rows.split(", ")).map(Integer::valueOf).toList());
    assertThat(policy.waiting()).isEmpty();
  }

  @Test
  void refusesTheTableThatIsInForceAlready() {
    assertThat(catchThrowableOfType(PolicyUnusable.class, () -> policy.propose(shipped(), ONE)).problem()).isEqualTo(Problem.NOTHING_CHANGED);
    assertThat(catchThrowableOfType(PolicyUnusable.class, () -> policy.propose(new byte[(1 << 20) + 1], ONE)).problem()).isEqualTo(Problem.TOO_LARGE);
    assertThat(catchThrowableOfType(PolicyUnusable.class, () -> policy.propose("x".getBytes(), ONE)).problem()).isEqualTo(Problem.NOT_A_POLICY);
  }

  @Test
  void takesTheStrictestRouteWhenTheStoredTableIsNotTheOneAgreedTo() {
    agreeOn(SLOWER);
    jdbc.sql("update policy_table set content = ? where state = 'IN_FORCE'").param(withStandardChanges()).update();
    start.begin(shipped());
    assertThat(decided(alert())).contains("CLINICAL_AND_SECURITY", "\"launch\":false", "\"policyVersion\":2");
    agreeOn(shippedBut(MINUTES, MINUTES.replace("15", "10")));
    startCasesAnew();
    assertThat(decided(alert())).contains("\"policyVersion\":3", "\"answerMinutes\":10");
  }

  private void startCasesAnew() {
    runtime.createProcessInstanceQuery().rootProcessInstances().list().forEach(left -> {
      cases.close(left.getBusinessKey(), "TEST_ENDED");
      runtime.deleteProcessInstance(left.getId(), "test ended");
    });
  }

  @Test
  void asksClinicalOpsWhereAStandardChangeHasNoRule() {
    agreeOn(withStandardChanges());
    beADevelopmentMachine();
    assertThat(decided(alert())).contains("\"route\":\"STANDARD_CHANGE\"", "\"quorum\":1");
    assertThat(outside.calls).contains("card").doesNotContain("isolate");
  }

  private String approve(String id, Person person) {
    return policy.approve(id, person).orElseThrow().code();
  }

  private String decided(String caseId) {
    return log(EvidenceType.POLICY_DECIDED).stream().filter(json -> json.contains(caseId)).reduce((one, other) -> other).orElseThrow();
  }
}
