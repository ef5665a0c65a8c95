package io.cordon.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BundleVerifierTest {
  private final List<byte[]> lines = Bundles.lines(5, new Random(3));
  private final Bundles bundle = Bundles.of(lines, Bundles.KEY);

  @Test
  void acceptsAnUntouchedBundle() {
    assertThat(bundle.verify().text()).startsWith("OK 5 entries");
  }

  @Test
  void namesTheEntryForEveryFlippedBit() {
    int seq = 0;
    for (int i = 0; i < bundle.entries.length; i++) {
      byte original = bundle.entries[i];
      for (int bit = 0; bit < 8; bit++) {
        bundle.entries[i] = (byte) (original ^ 1 << bit);
        assertThat(bundle.verify().text()).startsWith("BAD entry " + seq + ":");
      }
      bundle.entries[i] = original;
      seq += original == '\n' ? 1 : 0;
    }
  }

  @Test
  void refusesAnEntryWhoseStoredHashWasChangedToo() {
    List<byte[]> changed = new ArrayList<>(lines);
    changed.set(2, text(lines.get(2)).replace("Soc.Analyst", "Soc.Analysu").getBytes(StandardCharsets.UTF_8));
    assertThat(bundle.withLines(changed).verify().text()).startsWith("BAD bundle:").contains("not the signed one");
  }

  @Test
  void refusesDroppedInsertedSwappedAndTruncatedEntries() {
    for (int i = 0; i < 4; i++) {
      List<byte[]> dropped = new ArrayList<>(lines);
      dropped.remove(i);
      assertThat(bundle.withLines(dropped).verify().text()).startsWith("BAD entry " + i + ":");
      List<byte[]> inserted = new ArrayList<>(lines);
      inserted.add(i, lines.get(i));
      assertThat(bundle.withLines(inserted).verify().text()).startsWith("BAD entry " + (i + 1) + ":");
      List<byte[]> swapped = new ArrayList<>(lines);
      Collections.swap(swapped, i, i + 1);
      assertThat(bundle.withLines(swapped).verify().text()).startsWith("BAD entry " + i + ":");
      assertThat(bundle.withLines(lines.subList(0, i)).verify().text()).startsWith("BAD entry " + i + ":");
    }
    List<byte[]> extended = new ArrayList<>(Bundles.lines(6, new Random(3)));
    assertThat(bundle.withLines(extended).verify().ok()).isFalse();
  }

  @Test
  void refusesABundleSignedAgainWithAnotherKey() {
    Bundles forged = Bundles.of(lines, Bundles.key(2));
    assertThat(forged.verify().text()).startsWith("BAD bundle:").contains("not signed by key");
    assertThat(forged.verify(Bundles.key(2).verifierKey()).ok()).isTrue();
  }

  @Test
  void refusesAnOlderOrEditedCheckpoint() {
    bundle.note = Bundles.of(lines.subList(0, 3), Bundles.KEY).note;
    assertThat(bundle.verify().text()).startsWith("BAD entry 3: more entries");
    bundle.note = Bundles.of(lines, Bundles.KEY).note.replace("\n5\n", "\n4\n");
    assertThat(bundle.verify().text()).startsWith("BAD bundle:");
    bundle.note = Bundles.of(List.of(), Bundles.KEY).note;
    assertThat(bundle.verify().text()).contains("covers no entries");
  }

  @Test
  void refusesSignedEntriesThatAreNotCanonical() {
    for (String odd : Bundles.ODD_LINES) {
      Bundles signed = Bundles.of(List.of(odd.getBytes(StandardCharsets.UTF_8)), Bundles.KEY);
      assertThat(signed.verify().text()).as(odd).startsWith("BAD entry 0:");
    }
  }

  private static String text(byte[] line) {
    return new String(line, StandardCharsets.UTF_8);
  }
}
