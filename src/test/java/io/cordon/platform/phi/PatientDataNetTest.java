package io.cordon.platform.phi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatientDataNetTest {
  private static final Path DATA = Path.of("../shared/data/phi");
  private final PatientDataNet net = new PatientDataNet(Map.of("HMC_NUMBER", "HMC\\d{7}"));

  static Stream<Arguments> samples() {
    return Samples.IDENTIFIERS.entrySet().stream()
        .flatMap(sample -> Samples.ENCODINGS.keySet().stream().map(way -> Arguments.of(sample.getKey(), sample.getValue(), way)));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void catchesEveryKindInEveryEncoding(String rule, String identifier, String encoding) {
    String text = "seen at " + Samples.ENCODINGS.get(encoding).apply(identifier) + " today";

    assertThat(net.check(text)).contains(new Hit(rule));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Maintenance window needed: isolate pacs-gw-01 (PACS)", "pacs-gw-01", "bulk-00001", "fhir-prod-01.hosp.example",
        "1 Mar 16:00 CET to 1 Mar 18:00 CET", "25 Nov 20:26 UTC", "cordon:x-0198f2a1b3c4d5e6f7a8b9c0d1e2f3a4 isolate",
        "cordon/a-0198f2a1b3c4d5e6f7a8b9c0d1e2f3a4/tier-1", "Isolated from 2026-01-02T03:04:05Z until 2026-01-02T03:09:05.123Z",
        "Full isolation stops all DICOM, HL7 and FHIR traffic of this server until it is released.",
        "Ubuntu 22.04, agent 101.25032.0008, ports 104 and 11112, 89 hosts, 10.20.30.40", "T1059.004, T1021",
        "44444444-4444-4444-8444-444444444444 and 4f22ab5dc4be96566ee3c9adb3b77280dc08bfdb", "http://adaptivecards.io/schemas/adaptive-card.json",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
      })
  void leavesOurOwnTextsAlone(String text) {
    assertThat(net.check(text)).isEmpty();
  }

  @Test
  void blocksWhenARuleTakesTooLong() {
    PatientDataNet slow = new PatientDataNet(Map.of("SLOW_SITE", "(?:(x+)x+)+\\1y"));

    assertThat(slow.check("x".repeat(60))).contains(new Hit("SLOW_SITE"));
    assertThat(slow.check("a short text")).isEmpty();
  }

  @Test
  void blocksWhenARuleOverflowsTheStack() {
    PatientDataNet deep = new PatientDataNet(Map.of("DEEP_SITE", "(?:a|b)+c"));

    assertThat(deep.check("ab".repeat(20_000))).isPresent();
  }

  @Test
  void blocksWhatItCannotLookAtToTheEnd() {
    String bomb = Samples.ENCODINGS.get("gzip").apply("a ".repeat(1_000_000));

    assertThat(net.check(bomb)).contains(new Hit("TOO_LARGE"));
    assertThat(net.check("a ".repeat(100_000))).contains(new Hit("TOO_LARGE"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"aaaaaaaa@", "1.2.", "A^", "/a_", "2000", "+1 2 3 ", "(555) 234-", "%41", "\\u0041", "tel 1 "})
  void looksAtAnyLongTextWithinItsSteps(String piece) {
    String text = piece.repeat(30_000 / piece.length());

    // a built-in rule that ran out of steps would answer like a hit on such texts
    assertThat(net.check(text).map(Hit::rule).filter(Samples.IDENTIFIERS::containsKey)).isIn(net.check(piece.repeat(20)).map(Hit::rule), Optional.empty());
  }

  @Test
  void refusesASitePatternThatCannotWork() {
    for (Map<String, String> wrong : List.of(Map.of("A", "("), Map.of("A", "x*"), Map.of("lower", "x"))) {
      assertThatThrownBy(() -> new PatientDataNet(wrong)).isInstanceOf(IllegalStateException.class).hasMessageContaining("cordon.phi.patterns");
    }
  }

  @Test
  void catchesEveryPublishedMessageAndPatient() throws IOException {
    assumeTrue(Files.isDirectory(DATA));
    List<String> texts = new ArrayList<>();
    try (Stream<Path> files = Files.list(DATA.resolve("hl7v2"))) {
      for (Path file : files.toList()) {
        texts.addAll(Files.readString(file).lines().filter(line -> line.startsWith("PID|")).toList());
      }
    }
    new ObjectMapper().readTree(DATA.resolve("fhir_patients.json").toFile()).forEach(patient -> texts.add(patient.toString()));

    assertThat(texts).hasSizeGreaterThan(50);
    assertThat(texts.stream().filter(text -> net.check(text).isEmpty())).isEmpty();
  }

  @Test
  void catchesThePublishedSentencesOfTheKindsItKnows() throws IOException {
    assumeTrue(Files.isDirectory(DATA));
    Map<String, List<Boolean>> caught = new TreeMap<>();
    new ObjectMapper().readTree(DATA.resolve("presidio_sentences.json").toFile()).forEach(one -> {
      if (one.path("expectedCount").asInt() > 0) {
        caught.computeIfAbsent(one.path("entity").asText(), kind -> new ArrayList<>()).add(net.check(one.path("text").asText()).isPresent());
      }
    });
    caught.forEach((kind, each) -> System.out.println(kind + ": " + Collections.frequency(each, true) + " of " + each.size() + " caught"));
    assertThat(List.of("US_SSN", "US_MBI", "US_NPI", "EMAIL")).allSatisfy(kind -> assertThat(caught.get(kind)).as(kind).doesNotContain(false));
  }
}
