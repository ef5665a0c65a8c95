package io.cordon.assets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordon.assets.Resolution.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Both ways between Arc and Defender: whatever does not fit together completely is for a person. */
class AssetLookupTest {
  private static final String A = "a".repeat(40);
  private static final String B = "b".repeat(40);
  private static final String C = "c".repeat(40);
  private static final String ARC = "/subscriptions/s/resourcegroups/rg/providers/microsoft.hybridcompute/machines/one";
  private static final String ARC2 = "/subscriptions/s/resourcegroups/rg/providers/microsoft.hybridcompute/machines/two";
  private static final Instant NOW = Instant.parse("2026-03-01T02:00:00Z");

  private final List<ArcMachine> machines = new ArrayList<>();
  private final Map<String, String> mergedInto = new HashMap<>();
  private boolean arcIsAway;

  private final ArcInventory inventory =
      new ArcInventory() {
        @Override
        public List<ArcMachine> byArcId(String arcId) {
          return machines.stream().filter(machine -> machine.arcId().equals(arcId)).toList();
        }

        @Override
        public List<ArcMachine> byMdeDeviceId(String mdeDeviceId) {
          if (arcIsAway) {
            throw new ArcUnavailable(503);
          }
          return machines.stream().filter(machine -> mdeDeviceId.equals(machine.mdeDeviceId())).toList();
        }
      };
  private final AssetLookup lookup =
      new AssetLookup(
          inventory,
          id -> mergedInto.containsKey(id) ? Optional.of(new MdeDevice(id, "Ubuntu 22.04", "x64", "Active", "Onboarded", none(mergedInto.get(id)))) : Optional.empty(),
          new AssetsProperties(Duration.ZERO, null, null),
          Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void findsOneMachineFromEitherSide() {
    machine(ARC, A);
    device(A, "");
    for (List<String> names : List.of(List.of("mde:" + A), List.of("arc:" + ARC), List.of("arc:" + ARC, "mde:" + A))) {
      AssetMatch match = one(names);
      assertThat(match.machine().arcId()).isEqualTo(ARC);
      assertThat(match.device().id()).isEqualTo(A);
      assertThat(match.readAt()).isEqualTo(NOW);
      assertThat(match.stale()).isFalse();
      assertThat(match.sources()).contains(IdentitySource.MDE_ID, IdentitySource.ARC_TAG);
      assertThat(match.sources().contains(IdentitySource.ARC_ID)).isEqualTo(names.get(0).startsWith("arc:"));
    }
  }

  @Test
  void followsAMergeOnceWhicheverRecordIsNamed() {
    machine(ARC, A);
    device(A, B);
    device(B, "");
    for (String name : List.of("mde:" + A, "mde:" + B, "arc:" + ARC)) {
      Resolution resolution = lookup.resolve(List.of(name));
      // the new id alone leads to no Arc machine, for its tag still has the old one
      if (name.equals("mde:" + B)) {
        assertThat(resolution.outcome()).isEqualTo(Outcome.NONE);
      } else {
        assertThat(resolution.match().device().id()).isEqualTo(B);
        assertThat(resolution.match().deviceIds()).containsExactlyInAnyOrder(A, B);
        assertThat(resolution.match().sources()).contains(IdentitySource.MDE_MERGED);
      }
    }
  }

  @Test
  void findsTheMachineWhenTheTagHasTheNewRecordAndTheAlertTheOld() {
    machine(ARC, B);
    device(A, B);
    device(B, "");
    assertThat(one(List.of("mde:" + A)).device().id()).isEqualTo(B);
  }

  @Test
  void asksAPersonAboutAChainOrACircleOfMerges() {
    machine(ARC, A);
    device(A, B);
    device(B, C);
    device(C, "");
    assertThat(lookup.resolve(List.of("mde:" + A)).outcome()).isEqualTo(Outcome.SEVERAL);
    device(B, A);
    assertThat(lookup.resolve(List.of("mde:" + A)).outcome()).isEqualTo(Outcome.SEVERAL);
    device(A, A);
    assertThat(lookup.resolve(List.of("mde:" + A)).outcome()).isEqualTo(Outcome.SEVERAL);
    device(A, B);
    mergedInto.remove(B);
    assertThat(lookup.resolve(List.of("mde:" + A)).outcome()).isEqualTo(Outcome.SEVERAL);
  }

  @Test
  void asksAPersonAboutTwoMachinesWithOneTag() {
    machine(ARC, A);
    machine(ARC2, A);
    device(A, "");
    assertThat(lookup.resolve(List.of("mde:" + A)).outcome()).isEqualTo(Outcome.SEVERAL);
    assertThat(lookup.resolve(List.of("arc:" + ARC)).outcome()).as("the other one is found by the tag").isEqualTo(Outcome.SEVERAL);
  }

  @Test
  void asksAPersonWhenTwoMachinesCarryTheTwoRecordsOfOneDevice() {
    machine(ARC, A);
    machine(ARC2, B);
    device(A, B);
    device(B, "");
    assertThat(lookup.resolve(List.of("arc:" + ARC)).outcome()).isEqualTo(Outcome.SEVERAL);
  }

  @Test
  void asksAPersonWhenTheNamesMeanDifferentMachines() {
    machine(ARC, A);
    machine(ARC2, B);
    device(A, "");
    device(B, "");
    device(C, "");
    assertThat(lookup.resolve(List.of("mde:" + A, "mde:" + B)).outcome()).isEqualTo(Outcome.SEVERAL);
    assertThat(lookup.resolve(List.of("arc:" + ARC2, "mde:" + A)).outcome()).isEqualTo(Outcome.SEVERAL);
    assertThat(lookup.resolve(List.of("arc:" + ARC, "mde:" + C)).outcome()).isEqualTo(Outcome.SEVERAL);
  }

  @Test
  void asksAPersonAboutHalfAMatch() {
    machine(ARC, null);
    assertThat(lookup.resolve(List.of("arc:" + ARC)).outcome()).as("no tag").isEqualTo(Outcome.SEVERAL);
    machines.clear();
    machine(ARC, A);
    assertThat(lookup.resolve(List.of("mde:" + A)).outcome()).as("not in Defender").isEqualTo(Outcome.SEVERAL);
    device(A, "");
    assertThat(lookup.resolve(List.of("arc:" + ARC2, "mde:" + A)).outcome()).as("one name leads nowhere").isEqualTo(Outcome.SEVERAL);
  }

  @Test
  void findsNothingWhereNothingIs() {
    device(A, "");
    assertThat(lookup.resolve(List.of("mde:" + A)).outcome()).isEqualTo(Outcome.NONE);
    assertThat(lookup.resolve(List.of("arc:" + ARC)).outcome()).isEqualTo(Outcome.NONE);
    assertThat(lookup.resolve(List.of()).outcome()).isEqualTo(Outcome.NONE);
  }

  @Test
  void saysNothingOfAMachineItCannotReadAndNeverRead() {
    machine(ARC, A);
    device(A, "");
    arcIsAway = true;
    assertThatThrownBy(() -> lookup.resolve(List.of("mde:" + A))).isInstanceOf(ArcUnavailable.class);
  }

  private AssetMatch one(List<String> names) {
    Resolution resolution = lookup.resolve(names);
    assertThat(resolution.outcome()).isEqualTo(Outcome.ONE);
    return resolution.match();
  }

  private void machine(String arcId, String tag) {
    machines.add(new ArcMachine(arcId, "one", tag, Map.of(), "Connected", "Ubuntu 22.04", "", Map.of()));
  }

  private void device(String id, String replacedBy) {
    mergedInto.put(id, replacedBy);
  }

  private static String none(String text) {
    return text.isEmpty() ? null : text;
  }
}
