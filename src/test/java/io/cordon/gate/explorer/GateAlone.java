package io.cordon.gate.explorer;

import static io.cordon.gate.explorer.GateWorld.CASE;

import io.cordon.testing.RegisteredMachine;
import io.cordon.testing.TestSettings;
import java.time.Duration;
import java.util.List;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.Lifecycle;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The gate without a playbook, and a case before its first question: one context for all tests of the gate alone. */
@SpringBootTest(
    classes = GateOnly.class,
    webEnvironment = SpringBootTest.WebEnvironment.NONE,
    properties = {"spring.main.lazy-initialization=true", "cordon.gate.tenant-id=tenant", "cordon.gate.clinical-services.PACS=group-pacs"})
abstract class GateAlone {
  @Autowired ApplicationContext context;
  @Autowired JdbcTemplate jdbc;
  GateWorld world;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    TestSettings.register(registry, "gate_model");
    // as somebody who may empty every table between two explorations
    registry.add("spring.datasource.username", () -> "postgres");
  }

  @BeforeEach
  void openACase() {
    // what happens is told by the test alone
    context.getBean("clearanceWatch", Lifecycle.class).stop();
    world = new GateWorld(context);
    RegisteredMachine.withPatients(JdbcClient.create(jdbc), "loc-1");
    jdbc.execute("truncate incident_case, case_requester, plan, plan_target, approval_request, approval_decision, execution_permit, clearance_check cascade");
    for (String id : List.of(CASE, "c-2")) {
      jdbc.update("insert into incident_case (id, state, severity, detector, opened_at) values (?, 'OPEN', 'High', 'MDE', '2026-03-01')", id);
    }
    jdbc.update("insert into case_requester (case_id, tid, oid, deed, at) values (?, 'tenant', 'soc.clin', 'LAUNCHED', '2026-03-01')", CASE);
    world.restore(new GateWorld.Memory(GateWorld.START, false, List.of(), List.of()));
    world.clock.databaseAhead = Duration.ZERO;
    world.plan("c-2");
  }

  @AfterAll
  static void giveTheClockBack() {
    ClockUtil.reset();
  }
}
