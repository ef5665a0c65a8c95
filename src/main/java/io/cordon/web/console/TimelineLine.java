package io.cordon.web.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cordon.evidence.EvidenceEntry;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An entry of the log as people read it.
 *
 * @param role app role of whoever did it, or null when Cordon did
 * @param details message keys of codes worth reading, such as the channel or the outcome
 * @param proved whether a signed checkpoint covers it
 */
record TimelineLine(long seq, String type, Instant at, String role, List<String> details, boolean proved) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> WORTH_READING = 
      List.of("action", "route", "channel", "what", "outcome", "result", "reason", "refusal", "procedureImpact", "step", "onCall", "rung",
          "emergencyJudgement", "patientImpact", "followUp", "control", "sensor", "arcStatus", "probe");

  static TimelineLine of(EvidenceEntry entry) {
    JsonNode leaf = read(entry);
    JsonNode data = leaf.path("data");
    List<String> details =
        Stream.concat(
                WORTH_READING.stream().map(name -> code(name, data)),
                data.path("inFlight").asBoolean() ? Stream.of("detail.inFlight") : Stream.empty())
            .filter(Objects::nonNull)
            .toList();
    return new TimelineLine(
        entry.seq(), entry.type().name(), Instant.parse(leaf.path("at").asText()), leaf.at("/actor/role").asText(null), details, entry.checkpointed());
  }

  private static String code(String name, JsonNode data) {
    String code = data.path(name).asText("");
    boolean saidByType = "outcome".equals(name) && Set.of("GRANTED", "REJECTED", "HELD").contains(code);
    return code.matches("[A-Za-z_]{2,40}") && !saidByType ? "detail." + code : null;
  }

  private static JsonNode read(EvidenceEntry entry) {
    try {
      return JSON.readTree(entry.leaf() == null ? "{}" : entry.json());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("entry " + entry.seq() + " of the evidence log is no JSON", e);
    }
  }
}
