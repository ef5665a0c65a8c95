package io.cordon.evidence.anchors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.cordon.evidence.EvidenceAlarm;
import io.cordon.evidence.EvidencePump;
import io.cordon.evidence.SignerPace;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.ArgumentMatchers;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.health.Status;

class AnchoringTest {
  private static final Instant START = Instant.parse("2026-01-02T03:00:00Z");

  @TempDir Path folder;
  private final Clock clock = mock(Clock.class);
  private final AnchorBook book = mock(AnchorBook.class);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private Anchoring anchoring;

  @BeforeEach
  void signedAtTheStart() {
    signed(7, START);
    now(Duration.ZERO);
    when(book.kept("directory")).thenReturn(new AnchorBook.Kept(0, Instant.EPOCH));
    var settings = new AnchorsProperties(folder, null, Duration.ofMinutes(15), Duration.ofMinutes(30));
    anchoring = new Anchoring(book, List.of(new AnchorDirectory(folder)), settings, clock, meters);
  }

  @Test
  void keepsTheNewestCheckpointOnceInAReadOnlyFile() throws Exception {
    anchoring.keepWhatIsDue();
    anchoring.keepWhatIsDue();
    Path file = folder.resolve("checkpoint-000000000000007.txt");
    assertThat(Files.readString(file)).isEqualTo("note of 7");
    assertThat(Files.getPosixFilePermissions(file)).hasSize(3).noneMatch(one -> one.name().endsWith("WRITE"));
    assertThat(folder).isDirectoryNotContaining(one -> one.toString().endsWith(".part"));
  }

  @Test
  void keepsOrdinaryEntriesEveryQuarterOfAnHourAndUrgentOnesAtOnce() {
    when(book.kept("directory")).thenReturn(new AnchorBook.Kept(7, START));
    signed(9, START.plusSeconds(60));
    now(Duration.ofMinutes(14));
    anchoring.keepWhatIsDue();
    assertThat(folder).isEmptyDirectory();
    now(Duration.ofMinutes(15));
    anchoring.keepWhatIsDue();
    assertThat(folder).isDirectoryContaining("glob:**9.txt");
    signed(11, START.plusSeconds(1_000));
    when(book.kept("directory")).thenReturn(new AnchorBook.Kept(9, START.plusSeconds(900)));
    when(book.has(ArgumentMatchers.anyCollection(), ArgumentMatchers.eq(9L), ArgumentMatchers.eq(11L))).thenReturn(true);
    anchoring.keepWhatIsDue();
    assertThat(folder).isDirectoryContaining("glob:**11.txt");
  }

  @Test
  void neverReplacesAnotherText() throws Exception {
    Files.writeString(folder.resolve("checkpoint-000000000000007.txt"), "another history");
    anchoring.keepWhatIsDue();
    assertThat(Files.readString(folder.resolve("checkpoint-000000000000007.txt"))).isEqualTo("another history");
    assertThat(meters.counter("cordon.evidence.anchor.failures", "store", "directory", "code", "OTHER_TEXT").count()).isEqualTo(1);
    assertThatThrownBy(() -> new AnchorDirectory(folder.resolve("gone")).keep("x", new byte[1])).hasMessageContaining("NOT_REACHED");
  }

  @Test
  void wakesSomebodyOnceWhenTheSignerHaltsOrNothingIsKeptForTooLong() {
    EvidencePump pump = mock(EvidencePump.class);
    when(pump.halted()).thenReturn(Optional.of("went back"));
    when(book.kept("directory")).thenReturn(new AnchorBook.Kept(7, START));
    when(book.firstAfter(7)).thenReturn(Optional.of(START));
    now(Duration.ofMinutes(31));
    List<String> said = new ArrayList<>();
    EvidenceWatch watch = new EvidenceWatch(pump, mock(SignerPace.class), anchoring, provided(said));
    watch.look();
    watch.look();
    assertThat(said).containsExactly("raise SIGNER_HALTED", "raise ANCHORS_LATE");
    assertThat(new EvidenceHealth(pump, mock(SignerPace.class), anchoring).health().getStatus()).isEqualTo(Status.DOWN);
    assertThat(meters.get("cordon.evidence.anchor.lag").timeGauge().value()).isEqualTo(31 * 60);
    when(pump.halted()).thenReturn(Optional.empty());
    when(book.firstAfter(7)).thenReturn(Optional.empty());
    watch.look();
    assertThat(said).endsWith("settle SIGNER_HALTED", "settle ANCHORS_LATE");
    assertThat(new EvidenceHealth(pump, mock(SignerPace.class), anchoring).health().getStatus()).isEqualTo(Status.UP);
  }

  @Test
  void keepsWhatIsDueThoughNobodyCanBeTold() {
    EvidencePump pump = mock(EvidencePump.class);
    when(pump.halted()).thenReturn(Optional.of("went back"));
    EvidenceAlarm away = mock(EvidenceAlarm.class);
    doThrow(new IllegalStateException("PagerDuty is away")).doNothing().when(away).raise(EvidenceAlarm.Trouble.SIGNER_HALTED);
    EvidenceWatch watch = new EvidenceWatch(pump, mock(SignerPace.class), anchoring, provided(away));

    watch.look();
    assertThat(folder).isDirectoryContaining("glob:**7.txt");
    watch.look();
    watch.look();
    verify(away, times(2)).raise(EvidenceAlarm.Trouble.SIGNER_HALTED);
  }

  @Test
  void wakesSomebodyWhenNothingIsSignedAndNoSignerSaysWhy() {
    EvidencePump pump = mock(EvidencePump.class);
    SignerPace pace = mock(SignerPace.class);
    when(pace.isLate()).thenReturn(true);
    List<String> said = new ArrayList<>();
    EvidenceWatch watch = new EvidenceWatch(pump, pace, anchoring, provided(said));
    watch.look();
    watch.look();
    assertThat(said).containsExactly("raise SIGNER_LATE");
    assertThat(new EvidenceHealth(pump, pace, anchoring).health().getStatus()).isEqualTo(Status.DOWN);
    when(pace.isLate()).thenReturn(false);
    watch.look();
    assertThat(said).containsExactly("raise SIGNER_LATE", "settle SIGNER_LATE");
    assertThat(new EvidenceHealth(pump, pace, anchoring).health().getStatus()).isEqualTo(Status.UP);
  }

  private void signed(long size, Instant at) {
    when(book.newest()).thenReturn(Optional.of(new AnchorBook.Signed(size, "note of " + size, at)));
  }

  private void now(Duration later) {
    when(clock.instant()).thenReturn(START.plus(later));
  }

  private static ObjectProvider<EvidenceAlarm> provided(List<String> said) {
    EvidenceAlarm alarm = new EvidenceAlarm() {
      @Override
      public void raise(Trouble trouble) {
        said.add("raise " + trouble);
      }

      @Override
      public void settle(Trouble trouble) {
        said.add("settle " + trouble);
      }
    };
    return provided(alarm);
  }

  private static ObjectProvider<EvidenceAlarm> provided(EvidenceAlarm alarm) {
    return new ObjectProvider<>() {
      @Override
      public EvidenceAlarm getObject() {
        return alarm;
      }

      @Override
      public EvidenceAlarm getIfAvailable() {
        return alarm;
      }
    };
  }
}
