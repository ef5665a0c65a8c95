package io.cordon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code make demo} says when it works and when it does not, each a process of its own, side by side. */
class DemoTest {
  private static final int SECONDS = 120;

  @TempDir Path home;

  @Test
  void endsWellOnlyWhenEveryStepHeld() throws IOException {
    ChildProcess plain = demo("");
    ChildProcess refused = demo("refuse");
    ChildProcess mute = demo("mute");

    assertThat(refused.exitCode(SECONDS)).as(refused.printed()).isEqualTo(1);
    assertThat(refused.printed()).contains("FAILED: did not hold: the machine is isolated; the action ended [REFUSED]");
    assertThat(mute.exitCode(SECONDS)).as(mute.printed()).isEqualTo(1);
    assertThat(mute.printed()).contains("FAILED: did not hold: ").contains("Defender was asked to isolate        1 times");
    assertThat(plain.exitCode(SECONDS)).as(plain.printed()).isZero();
    assertThat(plain.printed()).contains("journal checked").contains("evidence verified").doesNotContain("outOfOrder");
  }

  private ChildProcess demo(String fault) throws IOException {
    return ChildProcess.start(DemoMain.class, home.resolve(fault + ".log"), fault, home.resolve("demo-" + fault).toString());
  }
}
