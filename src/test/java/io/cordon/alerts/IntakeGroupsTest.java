package io.cordon.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordon.alerts.IntakeResult.Disposition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;

/** What many callers bring at one time is taken together, and each gets the answer of its own alert, which is true. */
class IntakeGroupsTest extends RealIntake {
  private final String machine = machine();

  @Test
  void takesTheOthersOfAGroupWhenOneSpoilsIt() throws Exception {
    Node node = nodes.start();
    node.intake.take(body(row(id(), machine)));
    List<String> ids = ids(6);
    String poison = id();
    node.poison.put(poison, new DataIntegrityViolationException("poison"));

    List<FutureTask<IntakeResult>> calls = node.takeTogether(Stream.concat(Stream.of(poison), ids.stream()).map(one -> row(one, machine)).toList());

    assertThat(node.groups).contains(7);
    assertThatThrownBy(calls.get(0)::get).hasRootCauseMessage("poison");
    assertJoined(ids, calls.subList(1, 7));
    assertThat(inACase(List.of(poison))).isEmpty();
    assertThat(node.meters.counter("cordon.alerts.group.apart").count()).isEqualTo(1);
  }

  @Test
  void opensOneCaseForManyCopiesInOneGroup() throws Exception {
    Node node = nodes.start();
    List<IntakeResult> results = new ArrayList<>();
    for (FutureTask<IntakeResult> call : node.takeTogether(Collections.nCopies(40, row(id(), machine)))) {
      results.add(call.get());
    }
    assertThat(node.groups).contains(40);
    assertThat(results.stream().collect(Collectors.groupingBy(IntakeResult::disposition, Collectors.counting())))
        .isEqualTo(Map.of(Disposition.OPENED, 1L, Disposition.DUPLICATE, 39L));
    assertThat(results).extracting(IntakeResult::caseId).containsOnly(results.get(0).caseId());
  }

  @Test
  void acknowledgesNobodyWhoseGroupIsNotCommittedAndTakesEachByItself() throws Exception {
    Node node = nodes.start();
    node.intake.take(body(row(id(), machine)));
    List<String> ids = ids(8);
    node.lostCommits.set(1);
    List<FutureTask<IntakeResult>> calls = node.takeTogether(ids.stream().map(one -> row(one, machine)).toList());
    assertThat(node.lostCommits).as("the commit was lost").hasValue(0);
    assertJoined(ids, calls);
  }

  @Test
  void opensOneCaseForAMachineThatTwoNodesHearOfAtOnce() throws Exception {
    List<Node> both = List.of(nodes.start(), nodes.start());
    List<String> machines = IntStream.range(0, 12).mapToObj(i -> machine()).toList();
    List<Callable<List<IntakeResult>>> calls = new ArrayList<>();
    List<List<String>> orders = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      List<String> order = new ArrayList<>(machines);
      Collections.shuffle(order, new Random(i));
      orders.add(order);
      Node node = both.get(i % 2);
      String body = order.stream().map(one -> row(id(), one)).collect(Collectors.joining(",", "[", "]"));
      calls.add(() -> node.intake.take(body(body)));
    }
    Map<String, List<String>> cases = new HashMap<>();
    ExecutorService callers = Executors.newFixedThreadPool(calls.size());
    try {
      List<Future<List<IntakeResult>>> answers = callers.invokeAll(calls);
      for (int i = 0; i < answers.size(); i++) {
        List<IntakeResult> results = answers.get(i).get();
        for (int n = 0; n < results.size(); n++) {
          cases.computeIfAbsent(orders.get(i).get(n), one -> new ArrayList<>()).add(results.get(n).caseId());
        }
      }
    } finally {
      callers.shutdownNow();
    }
    assertThat(cases.values()).hasSize(12).allSatisfy(ids -> assertThat(ids).hasSize(16).containsOnly(ids.get(0)));
    assertThat(jdbc.sql("select count(distinct case_id) from case_alias where open and alias in (:names)")
        .param("names", machines.stream().map(one -> "mde:" + one).toList()).query(Long.class).single()).isEqualTo(12);
  }

  @Test
  void countsHowManyAGroupTook() throws Exception {
    Node node = nodes.start();
    node.intake.take(body(row(id(), machine)));
    node.takeTogether(ids(5).stream().map(one -> row(one, machine)).toList());
    assertThat(node.meters.get("cordon.alerts.group").summary().max()).isEqualTo(5);
    assertThat(node.meters.get("cordon.alerts.group.time").timer().count()).isEqualTo(node.meters.get("cordon.alerts.group").summary().count());
  }

  private void assertJoined(List<String> ids, List<FutureTask<IntakeResult>> calls) throws Exception {
    for (int i = 0; i < ids.size(); i++) {
      assertThat(calls.get(i).get().disposition()).isEqualTo(Disposition.JOINED);
      assertThat(calls.get(i).get().systemAlertId()).isEqualTo(ids.get(i));
    }
    assertThat(inACase(ids)).containsExactlyInAnyOrderElementsOf(ids);
  }

  private static List<String> ids(int count) {
    return IntStream.range(0, count).mapToObj(i -> id()).toList();
  }
}
