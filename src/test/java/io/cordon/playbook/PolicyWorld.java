package io.cordon.playbook;

import io.cordon.alerts.AlertIntake;
import io.cordon.alerts.CaseBook;
import io.cordon.evidence.EvidenceEntry;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidencePump;
import io.cordon.evidence.EvidenceType;
import io.cordon.gate.policy.PolicyChanges;
import io.cordon.gate.policy.PolicyStart;
import io.cordon.gate.windows.CalendarMemory;
import io.cordon.gate.windows.MaintenanceWindows;
import io.cordon.platform.people.Person;
import io.cordon.playbook.worker.ExternalTaskWorker;
import io.cordon.testing.DeadEnds;
import io.cordon.testing.EngineClock;
import io.cordon.testing.OutsideWorld;
import io.cordon.testing.PlayedWorld;
import io.cordon.testing.RegisteredMachine;
import io.cordon.testing.SettableClock;
import io.cordon.testing.TestSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A hospital that just started with the shipped policy, on the real engine and a real database. */
@SpringBootTest(properties = "cordon.gate.tenant-id=tenant")
@Import(PlayedWorld.class)
@ExtendWith({EngineClock.class, DeadEnds.Watch.class})
abstract class PolicyWorld {
  static final Person ONE = person("adm.one", "Platform.Admin");
  static final Person TWO = person("adm.two", "Platform.Admin");
  /** The row of the shipped table about development, as far as its route. */
  private static final String DEVELOPMENT_ROUTE = "<outputEntry id=\"rule_9_route\">\n          <text>\"CLINICAL_APPROVAL\"";

  @Autowired AlertIntake intake;
  @Autowired CaseBook cases;
  @Autowired PolicyChanges policy;
  @Autowired PolicyStart start;
  @Autowired MaintenanceWindows windows;
  @Autowired EvidenceLog evidence;
  @Autowired EvidencePump pump;
  @Autowired ExternalTaskWorker worker;
  @Autowired RuntimeService runtime;
  @Autowired OutsideWorld outside;
  @Autowired SettableClock clock;
  @Autowired JdbcClient jdbc;

  private static Path calendar;
  private long logBefore;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) throws IOException {
    TestSettings.register(registry, "policy");
    registry.add("cordon.gate.clinical-services.PACS", () -> "group-pacs");
    calendar = Files.createTempFile("windows", ".ics");
    calendar.toFile().deleteOnExit();
    registry.add("cordon.windows.icalendar", calendar::toString);
  }

  @BeforeEach
  void startAnew() {
    putIntoTheCalendar("");
    windows.lookAgain(null);
    jdbc.sql("update execution_permit set settled_at = intended_at where settled_at is null").update();
    runtime.createProcessInstanceQuery().rootProcessInstances().list().forEach(left -> {
      cases.close(left.getBusinessKey(), "TEST_ENDED");
      runtime.deleteProcessInstance(left.getId(), "test ended");
    });
    outside.reset();
    RegisteredMachine.forget(jdbc);
    pump.flush();
    logBefore = jdbc.sql("select count(*) from evidence_entry").query(Long.class).single();
    for (String table : new String[] {"standing_grant", "standing_rule_agreement", "standing_rule", "policy_table"}) {
      jdbc.sql("delete from " + table).update();
    }
    start.begin(shipped());
  }

  static void putIntoTheCalendar(String events) {
    try {
      Files.writeString(calendar, ("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//hospital//EN\n" + events + "END:VCALENDAR\n").replace("\n", "\r\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The node starts, and there is no calendar to be read. */
  void restartWithoutTheCalendar() {
    try {
      Files.delete(calendar);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    CalendarMemory.forget(windows);
  }

  static byte[] shipped() {
    try (var file = PolicyWorld.class.getResourceAsStream("/bpmn/gate-policy.dmn")) {
      return file.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException("there is no shipped table", e);
    }
  }

  /** The shipped table with one text in place of another. */
  static byte[] shippedBut(String text, String instead) {
    String table = new String(shipped(), StandardCharsets.UTF_8);
    if (!table.contains(text)) {
      throw new IllegalArgumentException("the shipped table does not hold " + text);
    }
    return table.replace(text, instead).getBytes(StandardCharsets.UTF_8);
  }

  /** A site's table: development is a standard change that starts by itself. */
  static byte[] withStandardChanges() {
    String table = new String(shippedBut(DEVELOPMENT_ROUTE, DEVELOPMENT_ROUTE.replace("CLINICAL_APPROVAL", "STANDARD_CHANGE")), StandardCharsets.UTF_8);
    String launch = "<outputEntry id=\"rule_9_launch\">\n          <text>";
    return table.replace(launch + "false", launch + "true").getBytes(StandardCharsets.UTF_8);
  }

  /** Puts a table in force as two administrators do. */
  void agreeOn(byte[] table) {
    policy.approve(policy.propose(table, ONE).id(), TWO).orElseThrow();
  }

  /** Raises an alert about the played machine and does what is due; returns the case. */
  String alert() {
    String caseId = intake.take(
        """
        {"SystemAlertId":"%s","AlertSeverity":"High","ProviderName":"MDATP",
         "Entities":"[{\\"$id\\":\\"2\\",\\"MdatpDeviceId\\":\\"%s\\",\\"Type\\":\\"host\\"}]"}"""
            .formatted(UUID.randomUUID(), OutsideWorld.MACHINE).getBytes(StandardCharsets.UTF_8)).get(0).caseId();
    worker.runDue();
    return caseId;
  }

  void beADevelopmentMachine() {
    outside.tags = Map.of("System", "PACS", "Env", "Dev", "ContainsPHI", "false", "Egress", "DIRECT");
    RegisteredMachine.asDevelopment(jdbc);
  }

  /** What the log says of this kind since the test began. */
  List<String> log(EvidenceType type) {
    pump.flush();
    return evidence.entries(logBefore, logBefore + 500).stream().filter(entry -> entry.type() == type).map(EvidenceEntry::json).toList();
  }

  static Person person(String oid, String... roles) {
    return new Person("tenant", oid, oid, Set.of(roles), Set.of());
  }
}
