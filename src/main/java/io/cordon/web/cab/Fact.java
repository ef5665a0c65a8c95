package io.cordon.web.cab;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cordon.evidence.EvidenceEntry;
import io.cordon.evidence.EvidenceType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * An entry of the log, read.
 *
 * @param mode SHADOW or DRILL, empty for what was done in earnest
 * @param role app role of whoever did it, empty when Cordon itself did; oid likewise
 */
public record Fact(long seq, EvidenceType type, Instant at, String role, String oid, JsonNode data, List<String> refs, String mode) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Reads an entry. */
  public static Fact of(EvidenceEntry entry) {
    try {
      JsonNode leaf = JSON.readTree(entry.leaf() == null ? "{}" : entry.json());
      List<String> refs = new ArrayList<>();
      leaf.path("refs").forEach(ref -> refs.add(ref.path("sha256").asText()));
      return new Fact(entry.seq(), entry.type(), Instant.parse(leaf.path("at").asText()), leaf.at("/actor/role").asText(""),
          leaf.at("/actor/oid").asText(""), leaf.path("data"), refs, leaf.path("mode").asText(""));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("entry " + entry.seq() + " of the evidence log is no JSON", e);
    }
  }

  /** A member as text, empty without it. */
  public String text(String name) {
    return data.path(name).asText("");
  }

  /** A member as a time, null without it. */
  public Instant time(String name) {
    String text = text(name);
    return text.isEmpty() ? null : Instant.parse(text);
  }

  /** Whether it is one of these. */
  public boolean is(EvidenceType... types) {
    return List.of(types).contains(type);
  }

  @Override
  public String toString() {
    return "Fact[" + seq + ", " + type + "]";
  }
}
