package io.cordon.assets.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tags can only tighten what the register says: every combination of what both can say. */
class EffectiveFactsTest {
  private static final Map<RegisterField, List<String>> REGISTERED =
      Map.of(
          RegisterField.CLINICAL_SERVICE, List.of("", "PACS", "FHIR", "EHR"),
          RegisterField.CONTAINS_PHI, List.of("", "true", "false"),
          RegisterField.NEVER_ISOLATE, List.of("", "true", "false"),
          RegisterField.EGRESS, List.of("", "DIRECT", "TRANSPARENT", "PROXY", "UNKNOWN"));
  private static final Map<RegisterField, String> TAGS =
      Map.of(
          RegisterField.CLINICAL_SERVICE, "System",
          RegisterField.CONTAINS_PHI, "ContainsPHI",
          RegisterField.NEVER_ISOLATE, "NeverIsolate",
          RegisterField.EGRESS, "Egress");
  private static final Map<RegisterField, List<String>> TAGGED =
      Map.of(
          RegisterField.CLINICAL_SERVICE, List.of("", "PACS", "FHIR", "EHR", "LIS", "pacs"),
          RegisterField.CONTAINS_PHI, List.of("", "true", "false", "maybe"),
          RegisterField.NEVER_ISOLATE, List.of("", "true", "false", "maybe"),
          RegisterField.EGRESS, List.of("", "DIRECT", "TRANSPARENT", "PROXY", "VPN"));
  // from harmless to strict
  private static final Map<RegisterField, List<String>> ORDER =
      Map.of(
          RegisterField.CONTAINS_PHI, List.of("false", "true", "UNKNOWN"),
          RegisterField.NEVER_ISOLATE, List.of("false", "UNKNOWN", "true"),
          RegisterField.EGRESS, List.of("DIRECT", "TRANSPARENT", "PROXY", "UNKNOWN"));

  @Test
  void isTheStrictestOfBothInEveryCombination() {
    ORDER.forEach((field, order) -> {
      for (String registered : REGISTERED.get(field)) {
        for (String tagged : TAGGED.get(field)) {
          String effective = value(field, facts(field, registered, tagged));
          String what = field + " registered '" + registered + "', tagged '" + tagged + "'";
          assertThat(order).as(what).contains(effective);
          if (!registered.isEmpty()) {
            assertThat(order.indexOf(effective)).as(what).isGreaterThanOrEqualTo(order.indexOf(registered));
          }
          if (!tagged.isEmpty()) {
            assertThat(order.indexOf(effective)).as(what).isGreaterThanOrEqualTo(order.indexOf(order.contains(tagged) ? tagged : "UNKNOWN"));
          }
          assertThat(effective).as(what + ": nobody made it up").isIn(registered, tagged, "UNKNOWN", field == RegisterField.NEVER_ISOLATE ? "false" : "UNKNOWN");
        }
      }
    });
  }

  @Test
  void takesTheClinicalServiceOfTheRegisterUnlessATagContradicts() {
    for (String registered : REGISTERED.get(RegisterField.CLINICAL_SERVICE)) {
      for (String tagged : TAGGED.get(RegisterField.CLINICAL_SERVICE)) {
        EffectiveFacts facts = facts(RegisterField.CLINICAL_SERVICE, registered, tagged);
        boolean contradicted = !registered.isEmpty() && !tagged.isEmpty() && !tagged.equals(registered);
        String said = registered.isEmpty() ? tagged : registered;
        assertThat(facts.contradicted()).isEqualTo(contradicted);
        assertThat(facts.system()).isEqualTo(contradicted || !List.of("PACS", "FHIR", "EHR").contains(said) ? "UNKNOWN" : said);
      }
    }
  }

  @Test
  void saysWithAnEmptyEntryWhatTheTagsSay() {
    combinations(TAGGED).forEach(tags ->
        assertThat(EffectiveFacts.of(Optional.of(entry(Map.of())), asTags(tags))).isEqualTo(EffectiveFacts.of(Optional.empty(), asTags(tags))));
  }

  @Test
  void neverMixesOneFieldWithAnother() {
    List<Map<RegisterField, String>> tags = combinations(TAGGED);
    for (Map<RegisterField, String> registered : combinations(REGISTERED)) {
      for (Map<RegisterField, String> tagged : tags) {
        EffectiveFacts all = EffectiveFacts.of(Optional.of(entry(registered)), asTags(tagged));
        TAGS.keySet().forEach(field ->
            assertThat(value(field, all)).isEqualTo(value(field, facts(field, registered.getOrDefault(field, ""), tagged.getOrDefault(field, "")))));
      }
    }
  }

  @Test
  void findsTagsWhateverTheirCase() {
    Map<String, String> tags = Map.of("neverisolate", "true", "SYSTEM", "PACS", "env", "Prod", "containsphi", "TRUE", "egress", "direct");
    assertThat(EffectiveFacts.of(Optional.empty(), tags)).isEqualTo(new EffectiveFacts("PACS", "Prod", "true", "true", "DIRECT", false));
  }

  @Test
  void makesWhatIsMissingOrStrangeUnknown() {
    assertThat(EffectiveFacts.of(Optional.empty(), Map.of())).isEqualTo(new EffectiveFacts("UNKNOWN", "UNKNOWN", "UNKNOWN", "false", "UNKNOWN", false));
    assertThat(EffectiveFacts.of(Optional.empty(), Map.of("System", "pacs", "Env", "prod", "ContainsPHI", "maybe", "Egress", "VPN")))
        .isEqualTo(new EffectiveFacts("UNKNOWN", "UNKNOWN", "UNKNOWN", "false", "UNKNOWN", false));
  }

  /** Tags may only tighten: whoever wrote something there meant to be careful. */
  @ParameterizedTest
  @CsvSource({"true,true", "TRUE,true", "false,false", "yes,UNKNOWN", "1,UNKNOWN", "'',UNKNOWN"})
  void takesAnUnreadableNeverIsolateForNoPermission(String tag, String neverIsolate) {
    assertThat(EffectiveFacts.of(Optional.empty(), Map.of("NeverIsolate", tag)).neverIsolate()).isEqualTo(neverIsolate);
  }

  private static EffectiveFacts facts(RegisterField field, String registered, String tagged) {
    Optional<RegisterEntry> entry = registered.isEmpty() ? Optional.empty() : Optional.of(entry(Map.of(field, registered)));
    return EffectiveFacts.of(entry, tagged.isEmpty() ? Map.of() : Map.of(TAGS.get(field), tagged));
  }

  private static String value(RegisterField field, EffectiveFacts facts) {
    return switch (field) {
      case CLINICAL_SERVICE -> facts.system();
      case CONTAINS_PHI -> facts.containsPhi();
      case NEVER_ISOLATE -> facts.neverIsolate();
      default -> facts.egress();
    };
  }

  private static RegisterEntry entry(Map<RegisterField, String> values) {
    return new RegisterEntry("arc", 1, values);
  }

  private static Map<String, String> asTags(Map<RegisterField, String> values) {
    Map<String, String> tags = new HashMap<>();
    values.forEach((field, value) -> tags.put(TAGS.get(field), value));
    return tags;
  }

  private static List<Map<RegisterField, String>> combinations(Map<RegisterField, List<String>> values) {
    List<Map<RegisterField, String>> all = List.of(new EnumMap<>(RegisterField.class));
    for (Map.Entry<RegisterField, List<String>> field : values.entrySet()) {
      List<Map<RegisterField, String>> longer = new ArrayList<>();
      for (Map<RegisterField, String> shorter : all) {
        for (String value : field.getValue()) {
          Map<RegisterField, String> one = new EnumMap<>(shorter);
          if (!value.isEmpty()) {
            one.put(field.getKey(), value);
          }
          longer.add(one);
        }
      }
      all = longer;
    }
    return all;
  }
}
