package io.cordon.web.cab;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordon.alerts.CaseView;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CasesCsvTest {
  private static final Instant OPENED = Instant.parse("2026-03-08T06:00:00Z");

  @Test
  void writesALineForEachChange() {
    CasesCsv csv = new CasesCsv();
    csv.add(new PeriodPacks.Change(new CaseView("c-1", "OPEN", "High", "MDE", "pacs-gw-01", "d", null, "PACS", null, null, OPENED, null), ChangeType.NORMAL));
    assertThat(new String(csv.toBytes(), StandardCharsets.UTF_8).split("\r\n")[1])
        .isEqualTo("\"c-1\",\"pacs-gw-01\",\"PACS\",\"NORMAL\",\"OPEN\",\"\",\"2026-03-08T06:00:00Z\",\"\"");
  }

  @Test
  void letsNoNameBecomeAFormulaOrAnotherField() {
    assertThat(CasesCsv.field("=HYPERLINK(\"x\")")).isEqualTo("\"'=HYPERLINK(\"\"x\"\")\"");
    assertThat(CasesCsv.field("-1+2")).startsWith("\"'");
    assertThat(CasesCsv.field("a,b\r\nc")).isEqualTo("\"a,b\r\nc\"");
  }
}
