package io.cordon.gate.explorer;

import static io.cordon.gate.explorer.GateWorld.CASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.cordon.gate.policy.Route.Approvers;
import io.cordon.testing.TestSettings;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** All interleavings of what can happen at the gate: invariants I1 and I2 hold in every one. {@code -Dcordon.gate.depth} asks for more. */
@SpringBootTest(
    classes = GateOnly.class,
    webEnvironment = SpringBootTest.WebEnvironment.NONE,
    properties = {"spring.main.lazy-initialization=true", "cordon.gate.tenant-id=tenant", "cordon.gate.clinical-services.PACS=group-pacs"})
class GateModelTest {
  private static final int DEPTH = Integer.getInteger("cordon.gate.depth", 6);

  @Autowired ApplicationContext context;
  @Autowired JdbcTemplate jdbc;
  private GateWorld world;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    TestSettings.register(registry, "gate_model");
    // as somebody who may empty every table between two explorations
    registry.add("spring.datasource.username", () -> "postgres");
  }

  @BeforeEach
  void openACase() {
    world = new GateWorld(context);
    jdbc.execute("truncate incident_case, case_requester, plan, plan_target, approval_request, approval_decision, execution_permit, evidence_stage cascade");
    for (String id : List.of(CASE, "c-2")) {
      jdbc.update("insert into incident_case (id, state, severity, detector, opened_at) values (?, 'OPEN', 'High', 'MDE', '2026-03-01')", id);
    }
    jdbc.update("insert into case_requester (case_id, tid, oid, deed, at) values (?, 'tenant', 'soc.clin', 'LAUNCHED', '2026-03-01')", CASE);
    world.restore(new GateWorld.Memory(GateWorld.START, List.of(), List.of()));
    world.plan("c-2");
  }

  @AfterAll
  static void giveTheClockBack() {
    ClockUtil.reset();
  }

  @ParameterizedTest
  @EnumSource(value = Approvers.class, names = {"CLINICAL", "CLINICAL_AND_SECURITY"})
  void holdsInEveryOrderOfWhatUsuallyHappens(Approvers approvers) {
    explore(approvers, GateEvents.USUAL, DEPTH);
  }

  @ParameterizedTest
  @EnumSource(value = Approvers.class, names = {"CLINICAL", "CLINICAL_AND_SECURITY"})
  void holdsWhateverElseHappensInBetween(Approvers approvers) {
    explore(approvers, Stream.concat(GateEvents.USUAL.stream(), GateEvents.UNUSUAL.stream()).toList(), DEPTH / 2);
  }

  private void explore(Approvers approvers, List<GateEvents.Event> events, int depth) {
    world.approvers = approvers;
    world.ask();
    long began = System.nanoTime();
    Explorer.Findings found = new Explorer(world, events).explore(depth);
    System.out.printf("gate model, %s, %d events, depth %d: %,d states %s, %,d transitions, %,d sends, answers %s, %d s%n", approvers, events.size(),
        depth, found.states(), found.statesByDepth(), found.transitions(), found.sends(), found.answers(), Duration.ofNanos(System.nanoTime() - began).toSeconds());
    assertThat(found.violations()).isEmpty();
  }
}
