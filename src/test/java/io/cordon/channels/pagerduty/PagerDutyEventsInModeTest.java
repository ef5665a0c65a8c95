package io.cordon.channels.pagerduty;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordon.platform.mode.OperatingMode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PagerDutyEventsInModeTest {
  private final List<String> sent = new ArrayList<>();
  private final Counter held = new SimpleMeterRegistry().counter("held");

  @Test
  void wakesNobodyInShadow() {
    page(OperatingMode.SHADOW, "Answer needed");
    assertThat(sent).isEmpty();
    assertThat(held.count()).isEqualTo(2);
  }

  @Test
  void saysOnEveryPageOfADrillThatItIsOne() {
    page(OperatingMode.DRILL, "x".repeat(1024));
    assertThat(sent.get(0)).startsWith("DRILL: xxx").hasSize(1024);
    assertThat(sent.get(1)).isEqualTo("resolve");
  }

  @Test
  void pagesAsItIsWhenItIsReal() {
    page(OperatingMode.LIVE, "Answer needed");
    assertThat(sent).containsExactly("Answer needed", "resolve");
  }

  private void page(OperatingMode mode, String summary) {
    PagerDutyEvents events = new PagerDutyEventsInMode(new Remembered(), mode, held);
    events.trigger(new PageRequest("PACS", "key", summary, "cordon", PageRequest.Severity.CRITICAL, Map.of(), List.of()));
    events.resolve("PACS", "key");
  }

  /** What would have gone out. */
  private final class Remembered implements PagerDutyEvents {
    @Override
    public void trigger(PageRequest page) {
      sent.add(page.summary());
    }

    @Override
    public void resolve(String service, String dedupKey) {
      sent.add("resolve");
    }
  }
}
