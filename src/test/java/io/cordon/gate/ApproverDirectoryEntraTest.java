package io.cordon.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.cordon.gate.Standing.Source;
import io.cordon.platform.azure.DirectoryUnavailable;
import io.cordon.platform.azure.EntraPeople;
import io.cordon.platform.azure.EntraPerson;
import io.cordon.platform.people.Person;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ApproverDirectoryEntraTest {
  private static final Instant NOW = Instant.parse("2026-03-29T00:59:59Z");
  private static final GateProperties PROPERTIES = new GateProperties("tenant", Map.of("PACS", "g-pacs"), 0, null, 0, null, 0);

  private final EntraPeople people = mock();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final ApproverDirectory directory =
      new ApproverDirectoryEntra(people, PROPERTIES, Clock.fixed(NOW, ZoneOffset.UTC), meters);

  @Test
  void countsWhatEntraSaysNowAndNotWhatTheTokenSaid() {
    when(people.find("nurse", Set.of("g-pacs"))).thenReturn(Optional.of(new EntraPerson("Nurse N", true, false, Set.of("Auditor"), Set.of())));
    Standing standing = directory.standing(tokenOf(Duration.ZERO), "PACS");
    assertThat(standing.source()).isEqualTo(Source.DIRECTORY);
    assertThat(standing.person().roles()).containsExactly("Auditor");
    assertThat(standing.person().groups()).isEmpty();
    assertThat(standing.person().displayName()).isEqualTo("Nurse N");
  }

  @Test
  void asksForNoGroupOfAServiceThatHasNone() {
    when(people.find("nurse", Set.of())).thenReturn(Optional.of(new EntraPerson("N", true, false, Set.of("Clinical.Executive"), Set.of())));
    assertThat(directory.standing(tokenOf(Duration.ZERO), "LIS").person().roles()).containsExactly("Clinical.Executive");
  }

  @Test
  void countsNothingOfAClosedUnknownOrGuestAccount() {
    when(people.find(anyString(), any()))
        .thenReturn(Optional.of(new EntraPerson("N", false, false, Set.of("Clinical.Approver"), Set.of("g-pacs"))))
        .thenReturn(Optional.empty())
        .thenReturn(Optional.of(new EntraPerson("N", true, true, Set.of("Clinical.Approver"), Set.of("g-pacs"))));
    assertNothing(Source.NO_ACCOUNT, Duration.ZERO);
    assertNothing(Source.NO_ACCOUNT, Duration.ZERO);
    assertNothing(Source.GUEST, Duration.ZERO);
  }

  @Test
  void letsATokenVouchForAQuarterOfAnHourWhileEntraIsAway() {
    entraIsAway();
    Standing standing = directory.standing(tokenOf(Duration.ofMinutes(15).minusMillis(1)), "PACS");
    assertThat(standing.source()).isEqualTo(Source.TOKEN);
    assertThat(standing.person().roles()).containsExactly("Clinical.Approver");
    assertNothing(Source.NOBODY, Duration.ofMinutes(15));
    assertThat(meters.counter("cordon.approver.lookups", "source", "nobody").count()).isEqualTo(1);
  }

  @Test
  void letsNobodyVouchForSomebodyWithoutATokenWhileEntraIsAway() {
    entraIsAway();
    var person = new Person("tenant", "nurse", "N", Set.of("Clinical.Approver"), Set.of("g-pacs"));
    assertThat(directory.standing(person, "PACS").source()).isEqualTo(Source.NOBODY);
  }

  @Test
  void doesNotAskAboutPeopleOfAnotherTenant() {
    Standing standing = directory.standing(new Person("elsewhere", "nurse", "N", Set.of("Clinical.Approver"), Set.of(), NOW), "PACS");
    assertThat(standing.source()).isEqualTo(Source.NOBODY);
    assertThat(standing.person().roles()).isEmpty();
    verifyNoInteractions(people);
  }

  private void entraIsAway() {
    when(people.find(anyString(), any())).thenThrow(new DirectoryUnavailable("NO_ANSWER"));
  }

  private void assertNothing(Source source, Duration age) {
    Standing standing = directory.standing(tokenOf(age), "PACS");
    assertThat(standing.source()).isEqualTo(source);
    assertThat(standing.person().roles()).isEmpty();
    assertThat(standing.person().groups()).isEmpty();
  }

  private static Person tokenOf(Duration age) {
    return new Person("tenant", "nurse", "N", Set.of("Clinical.Approver"), Set.of("g-pacs"), NOW.minus(age));
  }
}
