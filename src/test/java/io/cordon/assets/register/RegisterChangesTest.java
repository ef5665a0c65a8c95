package io.cordon.assets.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cordon.assets.register.RegisterUnreadable.Problem;
import io.cordon.evidence.EvidenceEntry;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidencePump;
import io.cordon.evidence.EvidenceType;
import io.cordon.platform.people.Person;
import io.cordon.testing.TestSettings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The two-person rule of the register on a real database. */
@SpringBootTest
class RegisterChangesTest {
  private static final String ARC = "/subscriptions/5/resourcegroups/rg/providers/microsoft.hybridcompute/machines/pacs-gw-01";
  private static final String ARC2 = "/subscriptions/5/resourcegroups/rg/providers/microsoft.hybridcompute/machines/pacs-gw-02";
  private static final Person ONE = admin("tenant", "adm.one");
  private static final Person TWO = admin("tenant", "adm.two");

  @Autowired AssetRegister register;
  @Autowired RegisterChanges changes;
  @Autowired EvidenceLog evidence;
  @Autowired EvidencePump pump;
  @Autowired JdbcClient jdbc;

  private long logBefore;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    TestSettings.register(registry, "asset_register");
  }

  @BeforeEach
  void beginEmpty() {
    jdbc.sql("delete from register_change_line").update();
    jdbc.sql("delete from register_change").update();
    jdbc.sql("delete from asset_register").update();
    pump.flush();
    logBefore = jdbc.sql("select count(*) from evidence_entry").query(Long.class).single();
  }

  @Test
  void appliesAtOnceWhatNoSafetyHangsOnAndNothingElse() {
    RegisterChanges.Proposal proposal = propose(ONE, entry(ARC, 0, "ownerGroup: Imaging IT", "egress: DIRECT", "neverIsolate: true", "onSitePerson: Jane Roe"));
    assertThat(proposal.applied()).extracting(FieldChange::field).containsExactly(RegisterField.OWNER_GROUP);
    assertThat(proposal.waiting()).extracting(FieldChange::field)
        .containsExactly(RegisterField.EGRESS, RegisterField.NEVER_ISOLATE, RegisterField.ON_SITE_PERSON);
    assertThat(stored(ARC).values()).isEqualTo(Map.of(RegisterField.OWNER_GROUP, "Imaging IT"));
    assertThat(stored(ARC).revision()).isEqualTo(1);
  }

  @Test
  void putsSafetyFieldsInForceWhenAnotherAdministratorAgrees() {
    String change = propose(ONE, entry(ARC, 0, "egress: DIRECT", "clinicalService: PACS", "onSitePerson: Jane Roe")).changeId();
    assertThat(changes.waiting()).extracting(RegisterChange::id).containsExactly(change);
    assertThat(stored(ARC).values()).isEmpty();
    assertThat(approve(change, TWO)).isEqualTo("APPROVED");
    assertThat(stored(ARC).values())
        .isEqualTo(Map.of(RegisterField.EGRESS, "DIRECT", RegisterField.CLINICAL_SERVICE, "PACS", RegisterField.ON_SITE_PERSON, "Jane Roe"));
    assertThat(stored(ARC).revision()).isEqualTo(2);
    assertThat(changes.waiting()).isEmpty();
    assertThat(changes.find(change).orElseThrow().decidedBy()).isEqualTo("adm.two");
  }

  @Test
  void letsOnePersonChangeOnlyWhatNoSafetyHangsOn() {
    assertThat(Stream.of(RegisterField.values()).filter(field -> !field.isSafety()))
        .containsExactly(RegisterField.OWNER_GROUP, RegisterField.DOWNTIME_CONTACT);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '=', value = {
    "mdeDeviceId = 4f22ab5dc4be96566ee3c9adb3b77280dc08bfdb", "clinicalService = PACS", "env = Dev", "containsPhi = false", "neverIsolate = true",
    "clinicalTier = 3", "egress = DIRECT", "consolePath = iDRAC in rack 7", "onSitePerson = the technician on call", "fhirLocations = room-1",
    "serviceProbe = tcp://pacs:104",
  })
  void takesTwoPeopleForEverySafetyField(String key, String value) {
    RegisterField field = RegisterField.of(key).orElseThrow();
    assertThat(field.isSafety()).isTrue();
    RegisterChanges.Proposal set = propose(ONE, entry(ARC, 0, key + ": " + value));
    assertThat(set.applied()).isEmpty();
    assertThat(approve(set.changeId(), ONE)).isEqualTo("SAME_PERSON");
    assertThat(stored(ARC).values()).isEmpty();
    assertThat(approve(set.changeId(), TWO)).isEqualTo("APPROVED");
    assertThat(stored(ARC).values()).isEqualTo(Map.of(field, value));

    RegisterChanges.Proposal unset = propose(ONE, entry(ARC, 2));
    assertThat(stored(ARC).values()).as("taking it back takes two as well").isEqualTo(Map.of(field, value));
    assertThat(approve(unset.changeId(), TWO)).isEqualTo("APPROVED");
    assertThat(stored(ARC).values()).isEmpty();
  }

  @Test
  void refusesTheProposerWhateverElseIsDifferent() {
    String change = propose(ONE, entry(ARC, 0, "egress: DIRECT")).changeId();
    assertThat(approve(change, admin("tenant", "adm.one"))).isEqualTo("SAME_PERSON");
    assertThat(stored(ARC).values()).isEmpty();
    assertThat(log()).filteredOn(entry -> entry.type() == EvidenceType.DECISION_REFUSED).singleElement()
        .satisfies(entry -> assertThat(entry.json()).contains("SAME_PERSON", change, "adm.one"));
    assertThat(approve(change, new Person("tenant", "adm.three", "x", Set.of("Auditor"), Set.of()))).isEqualTo("ROLE_MISSING");
    assertThat(approve(change, admin("other", "adm.one"))).as("the same object id in another tenant is somebody else").isEqualTo("APPROVED");
  }

  @Test
  void refusesAChangeWhoseEntryChangedMeanwhile() {
    String change = propose(ONE, entry(ARC, 0, "egress: DIRECT")).changeId();
    propose(TWO, entry(ARC, 1, "ownerGroup: Imaging IT"));
    assertThat(approve(change, TWO)).isEqualTo("STALE_REVISION");
    assertThat(approve(change, TWO)).isEqualTo("ALREADY_DECIDED");
    assertThat(stored(ARC).values()).isEqualTo(Map.of(RegisterField.OWNER_GROUP, "Imaging IT"));
  }

  @Test
  void refusesAFileMadeFromAnOlderRevision() {
    propose(ONE, entry(ARC, 0, "ownerGroup: Imaging IT"));
    RegisterUnreadable refused =
        catchThrowableOfType(RegisterUnreadable.class, () -> propose(ONE, entry(ARC2, 0, "ownerGroup: x") + entry(ARC, 0, "ownerGroup: y")));
    assertThat(refused.problem()).isEqualTo(Problem.REVISION_STALE);
    assertThat(refused.entry()).isEqualTo(2);
    assertThat(register.find(ARC2)).as("all of the file or nothing").isEmpty();
  }

  @Test
  void refusesADeviceThatAnotherMachineHas() {
    String device = "mdeDeviceId: " + "a".repeat(40);
    String first = propose(ONE, entry(ARC, 0, device)).changeId();
    String second = propose(ONE, entry(ARC2, 0, device)).changeId();
    assertThat(approve(first, TWO)).isEqualTo("APPROVED");
    assertThat(approve(second, TWO)).isEqualTo("DEVICE_TAKEN");
    RegisterUnreadable refused = catchThrowableOfType(RegisterUnreadable.class, () -> propose(ONE, entry(ARC2, 1, device)));
    assertThat(refused.problem()).isEqualTo(Problem.ENTRY_TWICE);
  }

  @Test
  void decidesOnce() {
    String change = propose(ONE, entry(ARC, 0, "egress: DIRECT")).changeId();
    assertThat(changes.reject(change, ONE).orElseThrow().code()).as("the proposer may take it back").isEqualTo("REJECTED");
    assertThat(approve(change, TWO)).isEqualTo("ALREADY_DECIDED");
    assertThat(stored(ARC).values()).isEmpty();
    assertThat(changes.approve("nothing", TWO)).isEmpty();
    assertThat(changes.reject("nothing", TWO)).isEmpty();
  }

  @Test
  void approvesOnceWhenManyApproveAtOnce() throws Exception {
    String change = propose(ONE, entry(ARC, 0, "egress: DIRECT")).changeId();
    ExecutorService hands = Executors.newFixedThreadPool(8);
    List<Callable<String>> clicks = java.util.stream.IntStream.range(0, 8).<Callable<String>>mapToObj(i -> () -> approve(change, admin("tenant", "adm." + i))).toList();
    List<String> outcomes = hands.invokeAll(clicks).stream().map(RegisterChangesTest::got).toList();
    hands.shutdown();
    assertThat(outcomes).containsOnlyOnce("APPROVED").filteredOn("ALREADY_DECIDED"::equals).hasSize(7);
    assertThat(stored(ARC).revision()).isEqualTo(2);
  }

  @Test
  void loosensOnlyWithTwoPeopleToo() {
    approve(propose(ONE, entry(ARC, 0, "neverIsolate: true")).changeId(), TWO);
    String loosening = propose(ONE, entry(ARC, 2)).changeId();
    assertThat(stored(ARC).value(RegisterField.NEVER_ISOLATE)).isEqualTo("true");
    assertThat(approve(loosening, TWO)).isEqualTo("APPROVED");
    assertThat(stored(ARC).values()).isEmpty();
  }

  @Test
  void provesMachineFieldAndBothPersonsAndNothingThatWasTyped() {
    approve(propose(ONE, entry(ARC, 0, "egress: PROXY", "consolePath: Jane Roes desk", "ownerGroup: Roe and friends")).changeId(), TWO);
    List<String> changed = log().stream().filter(entry -> entry.type() == EvidenceType.CONFIG_CHANGED).map(EvidenceEntry::json).toList();
    assertThat(changed).hasSize(3).allSatisfy(json -> assertThat(json).contains(ARC).doesNotContain("Roe"));
    assertThat(changed).filteredOn(json -> json.contains("\"field\":\"egress\"")).singleElement().satisfies(json ->
        assertThat(json).contains("\"to\":\"PROXY\"", "\"proposedBy\":\"adm.one\"", "\"approvedBy\":\"adm.two\"").doesNotContain("\"from\""));
    assertThat(changed).filteredOn(json -> json.contains("\"field\":\"consolePath\"")).singleElement().satisfies(json -> assertThat(json).contains("toFingerprint"));
    assertThat(changed).filteredOn(json -> json.contains("\"field\":\"ownerGroup\"")).singleElement().satisfies(json ->
        assertThat(json).contains("adm.one").doesNotContain("adm.two"));
  }

  @Test
  void exportsWhatItTakesBackWithoutADifference() {
    approve(propose(ONE, entry(ARC, 0, "egress: DIRECT", "neverIsolate: false", "fhirLocations: [a, b]", "serviceProbe: tcp://pacs:104")).changeId(), TWO);
    RegisterChanges.Proposal again = changes.propose(register.export().getBytes(StandardCharsets.UTF_8), ONE);
    assertThat(again).isEqualTo(new RegisterChanges.Proposal(null, List.of(), List.of()));
    assertThat(stored(ARC).revision()).isEqualTo(2);
  }

  private RegisterChanges.Proposal propose(Person person, String entries) {
    return changes.propose(("register:\n" + entries).getBytes(StandardCharsets.UTF_8), person);
  }

  private static String entry(String arcId, int revision, String... fields) {
    StringBuilder entry = new StringBuilder("  - arcId: " + arcId + "\n    revision: " + revision + "\n");
    for (String field : fields) {
      entry.append("    ").append(field).append('\n');
    }
    return entry.toString();
  }

  private String approve(String change, Person person) {
    return changes.approve(change, person).orElseThrow().code();
  }

  private RegisterEntry stored(String arcId) {
    return register.find(arcId).orElseThrow();
  }

  private List<EvidenceEntry> log() {
    pump.flush();
    return evidence.entries(logBefore, logBefore + 100);
  }

  private static String got(Future<String> future) {
    try {
      return future.get();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Person admin(String tid, String oid) {
    return new Person(tid, oid, "x", Set.of("Platform.Admin"), Set.of());
  }
}
