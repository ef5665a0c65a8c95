package io.cordon.web.cab;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordon.evidence.EvidenceType;
import io.cordon.playbook.PathTaken;
import io.cordon.playbook.PathTaken.Flow;
import io.cordon.playbook.PathTaken.Kind;
import io.cordon.playbook.PathTaken.Point;
import io.cordon.playbook.PathTaken.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

class SummaryPdfTest {
  private static final List<PathTaken> PATHS = List.of(new PathTaken("Contain Linux host", 1,
      List.of(new Shape(Kind.LANE, "Clinical Ops", 0, 0, 600, 200, null, 0), new Shape(Kind.EVENT, "Launched", 40, 80, 36, 36, Story.START, 1),
          new Shape(Kind.STEP, "Ask for a maintenance window", 140, 60, 100, 80, Story.START, 1), new Shape(Kind.GATEWAY, "Approved?", 300, 75, 50, 50, Story.START, 1),
          new Shape(Kind.STEP, "Isolate the machine", 420, 60, 100, 80, null, 0)),
      List.of(new Flow(List.of(new Point(76, 98), new Point(140, 98)), true), new Flow(List.of(new Point(350, 100), new Point(420, 100)), false))));
  private static SummaryPdf pdf;

  @BeforeAll
  static void templates() {
    var resolver = new ClassLoaderTemplateResolver();
    resolver.setPrefix("templates/");
    resolver.setSuffix(".html");
    resolver.setCharacterEncoding("UTF-8");
    var messages = new ResourceBundleMessageSource();
    messages.setBasename("messages");
    messages.setDefaultEncoding("UTF-8");
    var engine = new SpringTemplateEngine();
    engine.setTemplateResolver(resolver);
    engine.setTemplateEngineMessageSource(messages);
    pdf = new SummaryPdf(engine);
  }

  @Test
  void tellsTheBoardWhatItNeedsOnTheFirstPage() throws IOException {
    String first = text(render(Story.told().record(Map.of(105L, "Clara Klinik"))), 1);
    assertThat(first).contains("Change record Case c-1", "pacs-gw-01", "PACS", "Normal", "Handled",
        "Defender for Endpoint reported an alert of severity High (Execution,Impact) on 2 Jan 2026, 03:00:00 UTC",
        "The policy chose the route: Clinical Ops must agree (version 3)", "after 80 min", "Clinical approver", "Clara Klinik",
        "2 Jan 2026, 03:10:00 UTC", "to 2 Jan 2026, 04:00:00 UTC", "back by 2 Jan 2026, 08:00:00 UTC", "No procedure is running", "At most 8 h", "It was used",
        "ab".repeat(20), "None recorded").doesNotContain("??");
  }

  @Test
  void showsWhoDecidedByObjectIdWhereNamesStayedSealed() throws IOException {
    assertThat(text(render(Story.told().record(Map.of())), 1)).contains("oid-of-").doesNotContain("Clara");
  }

  @Test
  void namesEveryDeviation() throws IOException {
    Story story = Story.told().tell(95, EvidenceType.OUT_OF_BAND_ACTION, "", "\"machine\":\"m\"").tell(96, EvidenceType.NOTIFY_FAILED, "", "\"channel\":\"TEAMS\"");
    assertThat(text(render(story.record(Map.of())), 1)).contains("An action was made outside Cordon", "A message could not be sent", "entry 112");
  }

  @Test
  void saysOfAStoppedProcessThatItWasStopped() throws IOException {
    assertThat(text(render(Story.ofAStop().record(Map.of())), 1))
        .contains("stopped one process of the machine; confirmed on 2 Jan 2026, 03:12:00 UTC", "starts the process again", "What the process does for the service ends")
        .doesNotContain("isolated the machine", "may still be isolated", "While isolated", "??");
  }

  @Test
  void saysWhatSomebodyFoundAtTheMachine() throws IOException {
    assertThat(text(render(Story.unresolved().found(40, "ISOLATED").record(Map.of())), 1))
        .contains("a person looked and found it isolated, recorded on 2 Jan 2026, 03:40:00 UTC", "may still be isolated").doesNotContain("No isolation succeeded");
    assertThat(text(render(Story.unresolved().record(Map.of())), 1)).contains("is not known").doesNotContain("No isolation succeeded");
  }

  @Test
  void saysWhatOfAStormIsLeftOut() throws IOException {
    Story told = Story.told();
    ChangeRecord record = new ChangeRecord(told.record(Map.of()).about(), told.facts(), Map.of(), Map.of(EvidenceType.ALERT_DUPLICATE, 12_345L));
    assertThat(text(render(record), 1)).contains("This pack leaves out 12,345 entries of a storm of alerts");
    assertThat(text(render(told.record(Map.of())), 1)).doesNotContain("leaves out");
  }

  @Test
  void saysWhatWasCountedAroundAnAction() throws IOException {
    byte[] summary = render(Story.told()
        .tell(94, EvidenceType.HUNT_RECORDED, "", "\"permit\":\"x-1\",\"hunt\":\"FILE_CHANGES\",\"period\":\"BEFORE\",\"outcome\":\"COUNTED\",\"etc\":3,\"ssh\":0,\"pacs\":41")
        .tell(95, EvidenceType.HUNT_RECORDED, "", "\"permit\":\"x-1\",\"hunt\":\"NET_SHELLS\",\"period\":\"AFTER\",\"outcome\":\"FAILED\",\"reason\":\"TIMEOUT\"")
        .tell(96, EvidenceType.HUNT_RECORDED, "", "\"permit\":\"x-2\",\"outcome\":\"NOT_PERMITTED\"")
        .record(Map.of()));
    assertThat(text(summary, 1) + text(summary, 2))
        .contains("Files changed In the hour before In /etc 3. In /etc/ssh 0. In the PACS folder 41.", "Defender did not answer.", "Cordon may not ask Defender's tables here.")
        .doesNotContain("??");
  }

  @Test
  void isAFileForArchivesAndForScreenReaders() throws IOException {
    byte[] bytes = render(Story.told().record(Map.of()));
    try (PDDocument document = Loader.loadPDF(bytes)) {
      var catalog = document.getDocumentCatalog();
      String metadata = new String(catalog.getMetadata().toByteArray(), StandardCharsets.UTF_8);
      assertThat(metadata).contains("<pdfaid:part>2</pdfaid:part>", "<pdfaid:conformance>A</pdfaid:conformance>");
      assertThat(catalog.getMarkInfo().isMarked()).isTrue();
      assertThat(catalog.getStructureTreeRoot()).isNotNull();
      assertThat(catalog.getLanguage()).isEqualTo("en");
      assertThat(catalog.getOutputIntents()).hasSize(1);
      assertThat(document.getDocumentInformation().getTitle()).isEqualTo("Change record of case c-1");
      assertThat(document.getDocumentCatalog().getDocumentOutline().hasChildren()).isTrue();
      for (var page : document.getPages()) {
        for (var name : page.getResources().getFontNames()) {
          assertThat(page.getResources().getFont(name).isEmbedded()).isTrue();
        }
      }
    }
  }

  private static byte[] render(ChangeRecord record) throws IOException {
    RecordModel model = new RecordModel(ZoneId.of("UTC"), Clock.fixed(Story.START.plusSeconds(6_000), ZoneOffset.UTC));
    byte[] bytes = pdf.render("cab/case", model.of(record, PATHS, "cordon.test/evidence\n112\nroot=\n\n\u2014 cordon.test/evidence signature\n"), PATHS);
    Files.write(Files.createDirectories(Path.of("target")).resolve("summary.pdf"), bytes);
    return bytes;
  }

  private static String text(byte[] bytes, int page) throws IOException {
    try (PDDocument document = Loader.loadPDF(bytes)) {
      PDFTextStripper stripper = new PDFTextStripper();
      stripper.setStartPage(page);
      stripper.setEndPage(page);
      return stripper.getText(document).replaceAll("\\s+", " ");
    }
  }
}
