package io.cordon.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordon.alerts.AlertIntake;
import io.cordon.alerts.CaseBook;
import io.cordon.assets.AssetProof;
import io.cordon.assets.AssetProofs;
import io.cordon.assets.AssetWarning;
import io.cordon.assets.Capability;
import io.cordon.assets.IdentitySource;
import io.cordon.assets.MdeDevice;
import io.cordon.assets.MdeLookupUnavailable;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidencePump;
import io.cordon.evidence.EvidenceType;
import io.cordon.platform.people.Person;
import io.cordon.playbook.worker.ExternalTaskWorker;
import io.cordon.testing.DeadEnds;
import io.cordon.testing.EngineClock;
import io.cordon.testing.OutsideWorld;
import io.cordon.testing.PlayedWorld;
import io.cordon.testing.SettableClock;
import io.cordon.testing.TestSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** How a case finds its machine and what it then counts on: the real engine and database; only the outside world is played. */
@SpringBootTest(properties = "cordon.gate.tenant-id=tenant")
@Import(PlayedWorld.class)
@ExtendWith({EngineClock.class, DeadEnds.Watch.class})
class ResolveAssetTest {
  private static final String OTHER = "b".repeat(40);
  private static final Person SOC = new Person("tenant", "soc.one", "x", Set.of("Soc.Analyst"), Set.of());

  @Autowired AlertIntake intake;
  @Autowired CaseBook cases;
  @Autowired AssetProofs proofs;
  @Autowired EvidenceLog evidence;
  @Autowired EvidencePump pump;
  @Autowired ExternalTaskWorker worker;
  @Autowired RuntimeService runtime;
  @Autowired HistoryService history;
  @Autowired TaskService tasks;
  @Autowired PlaybookTasks playbookTasks;
  @Autowired OutsideWorld outside;
  @Autowired SettableClock clock;
  @Autowired JdbcClient jdbc;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    TestSettings.register(registry, "resolve_asset");
    registry.add("cordon.gate.clinical-services.PACS", () -> "group-pacs");
  }

  @BeforeEach
  void beginWithoutCases() {
    jdbc.sql("delete from asset_register").update();
    runtime.createProcessInstanceQuery().rootProcessInstances().list().forEach(left -> {
      cases.close(left.getBusinessKey(), "TEST_ENDED");
      runtime.deleteProcessInstance(left.getId(), "test ended");
    });
    outside.reset();
  }

  @Test
  void provesTheMachineAndShowsIt() {
    String caseId = open(OutsideWorld.MACHINE);
    AssetProof proof = proofs.find(caseId).orElseThrow();
    assertThat(proof.arcId()).isEqualTo(OutsideWorld.ARC);
    assertThat(proof.mdeDeviceId()).isEqualTo(OutsideWorld.MACHINE);
    assertThat(proof.sources()).containsExactly(IdentitySource.ARC_TAG, IdentitySource.MDE_ID);
    assertThat(proof.capability()).isEqualTo(Capability.FULL);
    assertThat(proof.warnings()).containsExactly(AssetWarning.NOT_IN_REGISTER);
    assertThat(proof.readAt()).isEqualTo(clock.instant());
    assertThat(resolved(caseId)).contains("\"sources\":\"ARC_TAG,MDE_ID\"", "\"health\":\"Active\"", "\"stale\":false", "\"registerRevision\":0");
    assertThat(outside.calls).as("launched by itself").contains("card");
  }

  @Test
  void followsAMergeAndContainsTheRecordThatIsAliveNow() {
    outside.devices = id -> device(id, id.equals(OutsideWorld.MACHINE) ? OTHER : null, "Active");
    String caseId = open(OutsideWorld.MACHINE);
    assertThat(cases.find(caseId).orElseThrow().mdeDeviceId()).isEqualTo(OTHER);
    assertThat(proofs.find(caseId).orElseThrow().warnings()).contains(AssetWarning.DEVICE_MERGED);
    assertThat(proofs.find(caseId).orElseThrow().sources()).contains(IdentitySource.MDE_MERGED);
  }

  @Test
  void asksTheSocWhenDefenderDoesNotKnowTheDevice() {
    outside.devices = id -> Optional.empty();
    String caseId = open(OutsideWorld.MACHINE);
    assertThat(task(caseId, "userTask_resolveAsset")).isNotNull();
    assertThat(proofs.find(caseId)).isEmpty();
    outside.devices = OutsideWorld::healthy;
    playbookTasks.complete(task(caseId, "userTask_resolveAsset").getId(), SOC, Map.of("assetChoice", OutsideWorld.MACHINE, "reasonCode", "MATCHED_BY_ID"));
    worker.runDue();
    assertThat(proofs.find(caseId).orElseThrow().sources()).contains(IdentitySource.SOC_CHOICE);
  }

  @Test
  void asksTheSocAboutAMergeWithoutAnEnd() {
    outside.devices = id -> device(id, id.equals(OutsideWorld.MACHINE) ? OTHER : OutsideWorld.MACHINE, "Active");
    assertThat(task(open(OutsideWorld.MACHINE), "userTask_resolveAsset")).isNotNull();
  }

  @Test
  void asksTheSocWhenTheRegisterHasAnotherDevice() {
    register("mde_device_id", OTHER);
    assertThat(task(open(OutsideWorld.MACHINE), "userTask_resolveAsset")).isNotNull();
  }

  @Test
  void countsTheRegisterAsASource() {
    register("mde_device_id", OutsideWorld.MACHINE);
    AssetProof proof = proofs.find(open(OutsideWorld.MACHINE)).orElseThrow();
    assertThat(proof.sources()).contains(IdentitySource.REGISTER);
    assertThat(proof.warnings()).isEmpty();
    assertThat(proof.registerRevision()).isEqualTo(1);
  }

  @Test
  void neverIsolatesByItselfWhatTheRegisterForbidsThoughTagsAllowIt() {
    register("never_isolate", "true");
    String caseId = open(OutsideWorld.MACHINE);
    assertThat(variable(caseId, "policyRoute")).isEqualTo("FORBIDDEN");
    assertThat(outside.calls).isEmpty();
  }

  @Test
  void believesNoTagThatAMachineIsHarmlessOrForbidden() {
    outside.tags = Map.of("System", "PACS", "Env", "Dev", "ContainsPHI", "false", "Egress", "DIRECT");
    assertThat(variable(open(OutsideWorld.MACHINE), "policyRoute")).isEqualTo("CLINICAL_AND_SECURITY");
    beginWithoutCases();
    outside.tags = Map.of("System", "PACS", "Env", "Prod", "ContainsPHI", "true", "Egress", "DIRECT", "NeverIsolate", "true");
    assertThat(variable(open(OutsideWorld.MACHINE), "policyRoute")).isEqualTo("CLINICAL_AND_SECURITY");
  }

  @Test
  void takesTheStrictestRouteWhenATagContradictsTheRegister() {
    register("clinical_service", "EHR");
    String caseId = open(OutsideWorld.MACHINE);
    assertThat(variable(caseId, "system")).isEqualTo("UNKNOWN");
    assertThat(variable(caseId, "policyRoute")).isEqualTo("CLINICAL_AND_SECURITY");
    assertThat(proofs.find(caseId).orElseThrow().warnings()).contains(AssetWarning.TAGS_CONTRADICT_REGISTER);
  }

  @Test
  void asksTheSocFirstWhenTheSensorIsNotActive() {
    outside.devices = id -> device(id, null, "Inactive");
    String caseId = open(OutsideWorld.MACHINE);
    assertThat(variable(caseId, "capability")).isEqualTo("NONE");
    assertThat(variable(caseId, "policyRoute")).isEqualTo("CLINICAL_AND_SECURITY");
    assertThat(task(caseId, "userTask_triage")).isNotNull();
    assertThat(outside.calls).isEmpty();
  }

  @Test
  void usesWhatItReadBeforeWhileDefenderIsAway() {
    outside.devices = OutsideWorld::healthy;
    open(OutsideWorld.MACHINE);
    beginWithoutCases();
    defenderIsAway();
    clock.tick(Duration.ofMinutes(59));
    String caseId = open(OutsideWorld.MACHINE);
    assertThat(variable(caseId, "capability")).isEqualTo("FULL");
    assertThat(proofs.find(caseId).orElseThrow().readAt()).isEqualTo(clock.instant().minus(Duration.ofMinutes(59)));
  }

  @Test
  void countsNothingAsKnownOnceItIsTooOldAndCannotBeReadAgain() {
    open(OutsideWorld.MACHINE);
    beginWithoutCases();
    defenderIsAway();
    clock.tick(Duration.ofMinutes(60));
    String caseId = open(OutsideWorld.MACHINE);
    assertThat(proofs.find(caseId)).as("tried again first").isEmpty();
    for (int tries = 0; tries < 5; tries++) {
      clock.tick(Duration.ofMinutes(15));
      worker.runDue();
    }
    assertThat(proofs.find(caseId).orElseThrow().stale()).isTrue();
    assertThat(variable(caseId, "capability")).isEqualTo("UNKNOWN");
    assertThat(variable(caseId, "system")).isEqualTo("UNKNOWN");
    assertThat(variable(caseId, "policyRoute")).isEqualTo("CLINICAL_AND_SECURITY");
    assertThat(task(caseId, "userTask_triage")).isNotNull();
  }

  private void defenderIsAway() {
    outside.devices = id -> {
      throw new MdeLookupUnavailable("not reached", null);
    };
  }

  private String open(String device) {
    String caseId = intake.take(
        """
        {"SystemAlertId":"%s","AlertSeverity":"High","ProviderName":"MDATP",
         "Entities":"[{\\"$id\\":\\"2\\",\\"MdatpDeviceId\\":\\"%s\\",\\"Type\\":\\"host\\"}]"}"""
            .formatted(UUID.randomUUID(), device).getBytes(StandardCharsets.UTF_8)).get(0).caseId();
    worker.runDue();
    return caseId;
  }

  private void register(String column, String value) {
    jdbc.sql("insert into asset_register (arc_id, revision, changed_at, " + column + ") values (:arc, 1, now(), :value)")
        .param("arc", OutsideWorld.ARC)
        .param("value", value)
        .update();
  }

  private Task task(String caseId, String key) {
    return tasks.createTaskQuery().processInstanceBusinessKey(caseId).taskDefinitionKey(key).singleResult();
  }

  private Object variable(String caseId, String name) {
    String process = history.createHistoricProcessInstanceQuery().processInstanceBusinessKey(caseId).processDefinitionKey("receiveAlert").singleResult().getId();
    return history.createHistoricVariableInstanceQuery().processInstanceId(process).variableName(name).singleResult().getValue();
  }

  private String resolved(String caseId) {
    pump.flush();
    return evidence.entriesOfCase(caseId).stream().filter(entry -> entry.type() == EvidenceType.ASSET_RESOLVED).findFirst().orElseThrow().json();
  }

  private static Optional<MdeDevice> device(String id, String mergedInto, String health) {
    return Optional.of(new MdeDevice(id, "Linux 22.04", "x64", health, "Onboarded", mergedInto));
  }
}
