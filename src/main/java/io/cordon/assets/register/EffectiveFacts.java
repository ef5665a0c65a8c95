package io.cordon.assets.register;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the policy may take for true about a machine: register and tags together, the strictest of both. Tags can only
 * tighten: that a machine is harmless (development, no patient data, the lowest tier) or forbidden counts only when the
 * register says so. Each value is one of a closed list; whatever is missing or strange is UNKNOWN (FEEL's {@code not(..)}
 * is true for null).
 *
 * @param clinicalTier 1 when care stops without it, 3 when it can wait for days
 * @param contradicted whether a tag names another clinical service than the register
 */
public record EffectiveFacts(
    String system, String env, String containsPhi, String clinicalTier, String neverIsolate, String egress, boolean contradicted) {
  /** Nothing is known about the machine: the strictest. */
  public static final EffectiveFacts UNKNOWN =
      new EffectiveFacts("UNKNOWN", "UNKNOWN", "UNKNOWN", "UNKNOWN", "UNKNOWN", "UNKNOWN", false);

  private static final List<String> SYSTEMS = List.of("PACS", "FHIR", "EHR");
  // each from harmless to strict
  private static final List<String> ENVS = List.of("Dev", "Prod", "UNKNOWN");
  private static final List<String> PHI = List.of("false", "true", "UNKNOWN");
  private static final List<String> TIERS = List.of("3", "2", "1", "UNKNOWN");
  private static final List<String> ISOLATION = List.of("false", "UNKNOWN", "true");
  private static final List<String> EGRESS = List.of("DIRECT", "TRANSPARENT", "PROXY", "UNKNOWN");

  /** Puts together what an entry of the register, if there is one, and the machine's tags say. */
  public static EffectiveFacts of(Optional<RegisterEntry> entry, Map<String, String> tagsAsWritten) {
    // Azure does not tell tag names apart by case
    Map<String, String> tags = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    tags.putAll(tagsAsWritten);
    String registered = said(entry, RegisterField.CLINICAL_SERVICE);
    boolean contradicted = registered != null && tags.containsKey("System") && !registered.equals(tags.get("System"));
    return new EffectiveFacts(
        contradicted ? "UNKNOWN" : oneOf(SYSTEMS, registered == null ? tags.get("System") : registered),
        strictest(ENVS, said(entry, RegisterField.ENV), notHarmless(ENVS, tags.get("Env")), "UNKNOWN"),
        strictest(PHI, said(entry, RegisterField.CONTAINS_PHI), notHarmless(PHI, lower(tags.get("ContainsPHI"))), "UNKNOWN"),
        strictest(TIERS, said(entry, RegisterField.CLINICAL_TIER), notHarmless(TIERS, tags.get("ClinicalTier")), "UNKNOWN"),
        strictest(ISOLATION, said(entry, RegisterField.NEVER_ISOLATE), notForbidden(lower(tags.get("NeverIsolate"))), "false"),
        strictest(EGRESS, said(entry, RegisterField.EGRESS), upper(tags.get("Egress")), "UNKNOWN"),
        contradicted);
  }

  /** What a tag says, or null, as if it were not there, when it only says that the machine is harmless. */
  private static String notHarmless(List<String> order, String tagged) {
    return order.get(0).equals(tagged) ? null : tagged;
  }

  /** Who may write tags must not be able to keep a machine from being isolated: a tag only makes people look. */
  private static String notForbidden(String tagged) {
    return "true".equals(tagged) ? "UNKNOWN" : tagged;
  }

  /** The stricter of what the two say; one that is not there says nothing, a strange one says UNKNOWN. */
  private static String strictest(List<String> order, String registered, String tagged, String whenSilent) {
    return Stream.of(Optional.ofNullable(registered), Optional.ofNullable(tagged))
        .flatMap(Optional::stream)
        .map(said -> oneOf(order, said))
        .max((one, other) -> Integer.compare(order.indexOf(one), order.indexOf(other)))
        .orElse(whenSilent);
  }

  private static String said(Optional<RegisterEntry> entry, RegisterField field) {
    return entry.map(one -> one.value(field)).orElse(null);
  }

  private static String oneOf(List<String> known, String value) {
    return known.contains(Objects.requireNonNullElse(value, "")) ? value : "UNKNOWN";
  }

  private static String lower(String text) {
    return text == null ? null : text.toLowerCase(Locale.ROOT);
  }

  private static String upper(String text) {
    return text == null ? null : text.toUpperCase(Locale.ROOT);
  }
}
