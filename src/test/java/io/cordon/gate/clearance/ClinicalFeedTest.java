package io.cordon.gate.clearance;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordon.gate.clearance.CountSearch.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClinicalFeedTest {
  private static final Instant NOW = Instant.parse("2026-03-01T02:00:00Z");
  private static final String ARC = "/subscriptions/s/resourcegroups/rg/providers/microsoft.hybridcompute/machines/fhir-prod-01";

  private final Map<String, Object> answers = new HashMap<>(Map.of("alive", 5L, "Encounter", 0L, "Procedure", 0L, "Appointment", 0L));
  private final List<String> asked = new ArrayList<>();
  private final ClinicalFeed feed = new ClinicalFeed(this::answer, List.of(Kind.ENCOUNTER, Kind.PROCEDURE, Kind.APPOINTMENT));

  @Test
  void clearsOnlyWhenEveryQuestionCountsNobodyAndTheFeedIsAlive() {
    assertThat(look()).isEqualTo("CLEAR NOBODY_COUNTED");
    assertThat(asked).containsExactly("Encounter", "Procedure", "Appointment", "alive");
  }

  @ParameterizedTest
  @CsvSource({"Encounter", "Procedure", "Appointment"})
  void isBusyWhereAnybodyIsCounted(String resource) {
    answers.put(resource, 1L);
    assertThat(look()).isEqualTo("BUSY SOMEBODY_COUNTED");
  }

  @Test
  void knowsNothingFromAFeedThatIsSilent() {
    answers.put("alive", 0L);
    assertThat(look()).isEqualTo("UNKNOWN FEED_SILENT");
  }

  @ParameterizedTest
  @CsvSource({"Encounter", "Procedure", "Appointment", "alive"})
  void knowsNothingWhenOneQuestionHasNoAnswer(String failing) {
    answers.put(failing, ClearanceReason.FEED_AWAY);
    assertThat(look()).isEqualTo("UNKNOWN FEED_AWAY");
  }

  @Test
  void staysBusyWhenALaterQuestionHasNoAnswer() {
    answers.put("Encounter", 2L);
    answers.put("Procedure", ClearanceReason.FEED_THROTTLED);
    assertThat(look()).isEqualTo("BUSY SOMEBODY_COUNTED");
  }

  @Test
  void ordersWhatItKnowsFromHarmlessToGrave() {
    assertThat(Clearance.UNKNOWN.isWorseThan(Clearance.CLEAR)).isTrue();
    assertThat(Clearance.BUSY.isWorseThan(Clearance.UNKNOWN)).isTrue();
    assertThat(Clearance.UNKNOWN.isWorseThan(Clearance.BUSY)).isFalse();
    assertThat(Clearance.BUSY.isWorseThan(Clearance.BUSY)).isFalse();
  }

  @Test
  void saysNothingAfterTwoMinutes() {
    var check = new ClearanceCheck("k-1", "p-1", Clearance.CLEAR, ClearanceReason.NOBODY_COUNTED, NOW.minus(Duration.ofHours(1)), NOW);
    assertThat(check.at(NOW.plusSeconds(119))).isEqualTo(Clearance.CLEAR);
    assertThat(check.at(NOW.plusSeconds(120))).isEqualTo(Clearance.UNKNOWN);
  }

  @Test
  void trustsNoFeedThatRunsOnTheTargetOrBehindIt() {
    assertThat(place("https://fhir.hospital.example/r4", List.of())).isNull();
    assertThat(place("https://fhir.hospital.example/r4", List.of(ARC.toUpperCase()))).isEqualTo(ClearanceReason.FEED_ON_TARGET);
    assertThat(place("https://fhir.hospital.example/r4", List.of("FHIR-prod-01"))).isEqualTo(ClearanceReason.FEED_ON_TARGET);
    assertThat(place("https://fhir-prod-01/r4", List.of())).isEqualTo(ClearanceReason.FEED_ON_TARGET);
    assertThat(place("https://fhir-prod-01.hospital.example/r4", List.of())).isEqualTo(ClearanceReason.FEED_ON_TARGET);
    assertThat(place("https://fhir.hospital.example/r4", null)).isEqualTo(ClearanceReason.FEED_PATH_UNKNOWN);
  }

  private static ClearanceReason place(String address, List<String> runsOn) {
    return new FeedPlace(address, runsOn).objection(true, List.of(new Target(ARC, "fhir-prod-01", List.of("mr-1")))).orElse(null);
  }

  private String look() {
    ClinicalFeed.Found found = feed.look(Set.of("mr-1"), NOW);
    return found.result() + " " + found.reason();
  }

  private long answer(CountSearch search) {
    String question = search.parameters().get(0).getKey().equals("_lastUpdated") ? "alive" : search.resource();
    asked.add(question);
    if (answers.get(question) instanceof ClearanceReason reason) {
      throw new FeedFailed(reason);
    }
    return (Long) answers.get(question);
  }
}
