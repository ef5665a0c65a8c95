package io.cordon.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The words of an alert that may leave the sealed store: each is one of a closed list, whatever the sender wrote. */
final class KnownWords {
  static final String UNKNOWN = "UNKNOWN";
  /** Anything longer, shorter or with other signs is no id. */
  private static final Pattern ID = Pattern.compile("[0-9A-Za-z_.-]{8,128}");
  private static final String GUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
  /** {@code <guid>_<n>} or {@code <ticks>_<hash>}; with so many digits that it is nobody's number. */
  private static final String OF_DEFENDER = GUID + "_-?\\d{1,4}|\\d{17,20}_-?\\d{1,10}";
  /** Defender's own id; the same with {@code da} before it where it went another way (Sentinel contract 1.4). */
  private static final Pattern VENDOR_ID = Pattern.compile("(?:da)?(" + OF_DEFENDER + ")");
  /** A GUID, in real rows also {@code <ticks>_<guid>}; a hash in hex; in Graph one of Defender's, or {@code da} and a GUID. */
  private static final Pattern DOCUMENTED_ID =
      Pattern.compile("(?:da)?" + GUID + "|\\d{17,20}_" + GUID + "|[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|(?:da)?(?:" + OF_DEFENDER + ")");
  private static final List<String> SEVERITIES = List.of("High", "Medium", "Low", "Informational");
  private static final Map<String, String> DETECTORS =
      Map.of(
          "cordon", "Cordon",
          "mdatp", "Defender for Endpoint",
          "microsoft defender advanced threat protection", "Defender for Endpoint",
          "microsoftdefenderforendpoint", "Defender for Endpoint",
          "azure security center", "Defender for Cloud",
          "microsoftdefenderforcloud", "Defender for Cloud",
          "asi scheduled alerts", "Sentinel analytics rule",
          "azure sentinel", "Sentinel analytics rule",
          "microsoftsentinel", "Sentinel analytics rule");
  private static final Map<String, String> TACTICS =
      List.of(
              "Reconnaissance", "ResourceDevelopment", "InitialAccess", "Execution", "Persistence", "PrivilegeEscalation",
              "DefenseEvasion", "CredentialAccess", "Discovery", "LateralMovement", "Collection", "CommandAndControl",
              "Exfiltration", "Impact", "PreAttack", "ImpairProcessControl", "InhibitResponseFunction")
          .stream()
          .collect(Collectors.toMap(tactic -> tactic.toLowerCase(Locale.ROOT), tactic -> tactic));

  private KnownWords() {}

  /** What may be the id of an alert, in lower case; whether it may leave the sealed store says {@link #isDocumentedId}. */
  static Optional<String> alertId(Optional<String> text) {
    return text.filter(id -> ID.matcher(id).matches()).map(id -> id.toLowerCase(Locale.ROOT));
  }

  /** Whether an id has a form that a product documents, so that it is no number of a patient. */
  static boolean isDocumentedId(String id) {
    return DOCUMENTED_ID.matcher(id).matches();
  }

  /** The id at the vendor, the same for every copy of one detection that came through another outlet. */
  static Optional<String> vendorId(Optional<String> text) {
    return text.map(id -> VENDOR_ID.matcher(id.toLowerCase(Locale.ROOT))).filter(Matcher::matches).map(id -> id.group(1));
  }

  /** An id that has the shape of one. */
  static Optional<UUID> uuid(Optional<String> text) {
    return text.filter(id -> id.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")).map(UUID::fromString);
  }

  static String severity(Optional<String> text) {
    return text.flatMap(word -> SEVERITIES.stream().filter(word::equalsIgnoreCase).findFirst()).orElse(UNKNOWN);
  }

  /** Our name of the product, from the first of these fields that names one we know. */
  @SafeVarargs
  static String detector(Optional<String>... fields) {
    return Stream.of(fields)
        .flatMap(Optional::stream)
        .map(word -> DETECTORS.get(word.toLowerCase(Locale.ROOT)))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse("Other");
  }

  /** The tactics of MITRE ATT&CK named in a text, such as {@code "Execution, Persistence"}, or in a list. */
  static Set<String> tactics(JsonNode words) {
    Set<String> known = new TreeSet<>();
    for (String word : words.toString().split("[^A-Za-z]+")) {
      Optional.ofNullable(TACTICS.get(word.toLowerCase(Locale.ROOT))).ifPresent(known::add);
    }
    return known;
  }
}
