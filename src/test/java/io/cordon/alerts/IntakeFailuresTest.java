package io.cordon.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordon.alerts.IntakeResult.Disposition;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

/** One alert that fails, cannot be read or has a strange id holds up no other, and whatever was answered can be sent again. */
class IntakeFailuresTest extends RealIntake {
  private final String first = id();
  private final String second = id();
  private final String third = id();

  @Test
  void takesTheRestOfABodyWhenOneFailsAndAllOfItWhenSentAgain() {
    Node node = nodes.start();
    node.poison.put(second, new IllegalStateException("poison"));
    byte[] body = body("[" + row(first, machine()) + "," + row(second, machine()) + "," + row(third, machine()) + "]");

    assertThatThrownBy(() -> node.intake.take(body)).hasMessage("poison");

    assertThat(inACase(List.of(first, second, third))).containsExactlyInAnyOrder(first, third);
    assertThat(node.meters.counter("cordon.alerts.failed").count()).isEqualTo(1);
    node.poison.clear();
    assertThat(node.intake.take(body)).extracting(IntakeResult::disposition)
        .containsExactly(Disposition.DUPLICATE, Disposition.OPENED, Disposition.DUPLICATE);
  }

  @Test
  void triesNoMoreOfABodyOnceTheDatabaseIsAway() {
    Node node = nodes.start();
    node.poison.put(first, new DataAccessResourceFailureException("away", new SQLException("away", "08006")));
    assertThatThrownBy(() -> node.intake.take(body("[" + row(first, machine()) + "," + row(second, machine()) + "]"))).hasMessage("away");
    assertThat(inACase(List.of(first, second))).isEmpty();
  }

  @Test
  void setsAsideALineThatIsNoJsonAndTakesTheOthers() {
    String broken = "{\"SystemAlertId\":\"" + second + "\",\"patient";
    byte[] body = body(row(first, machine()) + "\r\n" + broken + "\n\n" + row(third, machine()) + "\n");

    List<IntakeResult> results = intake.takeLines(body);

    assertThat(results).extracting(IntakeResult::disposition).containsExactly(Disposition.OPENED, Disposition.QUARANTINED, Disposition.OPENED);
    assertThat(results.get(1).reason()).isEqualTo("MALFORMED_JSON");
    assertThat(inACase(List.of(first, second, third))).containsExactlyInAnyOrder(first, third);
    assertThat(intake.takeLines(body)).extracting(IntakeResult::disposition)
        .containsExactly(Disposition.DUPLICATE, Disposition.QUARANTINED, Disposition.DUPLICATE);
  }

  @Test
  void refusesLinesOfWhichNoneIsJson() {
    assertThatThrownBy(() -> intake.takeLines(body("{\n{\n"))).isInstanceOf(UnreadableAlertException.class).hasMessage("MALFORMED_JSON");
    assertThatThrownBy(() -> intake.takeLines(body("{}\n" + "{\n".repeat(AlertParser.MOST_ALERTS)))).hasMessage("TOO_LARGE");
    assertThatThrownBy(() -> intake.take(body(row(first, machine()) + "\n{"))).hasMessage("MALFORMED_JSON");
    assertThat(inACase(List.of(first))).isEmpty();
  }

  @Test
  void letsNoIdThatNobodyDocumentsOutOfTheSealedStore() {
    String machine = machine();
    IntakeResult opened = intake.take(body(row("MRN-00482913", machine))).get(0);
    assertThat(opened.disposition()).isEqualTo(Disposition.OPENED);
    assertThat(opened.systemAlertId()).matches("fp-[0-9a-f]{40}");
    assertThat(intake.take(body(row("MRN-00482913", machine)))).extracting(IntakeResult::disposition).containsExactly(Disposition.DUPLICATE);
    assertThat(intake.take(body(row("mrn-00482913", machine)))).extracting(IntakeResult::disposition).containsExactly(Disposition.UPDATED);
    assertThat(jdbc.sql("select count(*) from alert where system_alert_id ilike '%00482913%'").query(Long.class).single()).isZero();
    assertThat(jdbc.sql("select count(*) from evidence_entry e where e::text ilike '%00482913%'").query(Long.class).single()).isZero();
  }
}
