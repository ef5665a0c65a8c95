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
          RegisterField.ENV, List.of("", "Prod", "Dev"),
          RegisterField.CONTAINS_PHI, List.of("", "true", "false"),
          RegisterField.CLINICAL_TIER, List.of("", "1", "3"),
          RegisterField.NEVER_ISOLATE, List.of("", "true", "false"),
          RegisterField.EGRESS, List.of("", "DIRECT", "PROXY", "UNKNOWN"));
  private static final Map<RegisterField, String> TAGS =
      Map.of(
          RegisterField.CLINICAL_SERVICE, "System",
          RegisterField.ENV, "Env",
          RegisterField.CONTAINS_PHI, "ContainsPHI",
          RegisterField.CLINICAL_TIER, "ClinicalTier",
          RegisterField.NEVER_ISOLATE, "NeverIsolate",
          RegisterField.EGRESS, "Egress");
  private static final Map<RegisterField, List<String>> TAGGED =
      Map.of(
          RegisterField.CLINICAL_SERVICE, List.of("", "PACS", "LIS", "pacs"),
          RegisterField.ENV, List.of("", "Prod", "Dev", "dev"),
          RegisterField.CONTAINS_PHI, List.of("", "true", "false", "maybe"),
          RegisterField.CLINICAL_TIER, List.of("", "1", "3", "low"),
          RegisterField.NEVER_ISOLATE, List.of("", "true", "false", "maybe"),
          RegisterField.EGRESS, List.of("", "DIRECT", "PROXY", "VPN"));
  // from harmless to strict
  private static final Map<RegisterField, List<String>> ORDER =
      Map.of(
          RegisterField.ENV, List.of("Dev", "Prod", "UNKNOWN"),
          RegisterField.CONTAINS_PHI, List.of("false", "true", "UNKNOWN"),
          RegisterField.CLINICAL_TIER, List.of("3", "2", "1", "UNKNOWN"),
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
            String said = field == RegisterField.NEVER_ISOLATE && tagged.equals("true") || !order.contains(tagged) ? "UNKNOWN" : tagged;
            assertThat(order.indexOf(effective)).as(what).isGreaterThanOrEqualTo(order.indexOf(said));
          }
          assertThat(effective).as(what + ": nobody made it up").isIn(registered, tagged, "UNKNOWN", field == RegisterField.NEVER_ISOLATE ? "false" : "UNKNOWN");
        }
      }
    });
  }

  /** Whoever may write tags can neither make a machine harmless nor keep it from being isolated. */
  @Test
  void believesAHarmlessOrForbiddenMachineOnlyWhenTheRegisterSaysSo() {
    for (RegisterField field : List.of(RegisterField.ENV, RegisterField.CONTAINS_PHI, RegisterField.CLINICAL_TIER)) {
      String harmless = ORDER.get(field).get(0);
      for (String tagged : TAGGED.get(field)) {
        assertThat(value(field, facts(field, "", tagged))).as(field + " tagged " + tagged).isNotEqualTo(harmless);
        assertThat(value(field, facts(field, harmless, tagged)).equals(harmless)).isEqualTo(tagged.isEmpty() || tagged.equals(harmless));
      }
    }
    for (String registered : List.of("", "false")) {
      assertThat(value(RegisterField.NEVER_ISOLATE, facts(RegisterField.NEVER_ISOLATE, registered, "true"))).isEqualTo("UNKNOWN");
    }
    assertThat(value(RegisterField.NEVER_ISOLATE, facts(RegisterField.NEVER_ISOLATE, "true", "false"))).isEqualTo("true");
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
    for (RegisterField one : TAGS.keySet()) {
      for (RegisterField other : TAGS.keySet()) {
        if (one != other) {
          neverMixes(one, other);
        }
      }
    }
  }

  private static void neverMixes(RegisterField one, RegisterField other) {
    for (Map<RegisterField, String> registered : combinations(only(REGISTERED, one, other))) {
      for (Map<RegisterField, String> tagged : combinations(only(TAGGED, one, other))) {
        EffectiveFacts all = EffectiveFacts.of(Optional.of(entry(registered)), asTags(tagged));
        TAGS.keySet().forEach(field ->
            assertThat(value(field, all)).isEqualTo(value(field, facts(field, registered.getOrDefault(field, ""), tagged.getOrDefault(field, "")))));
      }
    }
  }

  private static Map<RegisterField, List<String>> only(Map<RegisterField, List<String>> values, RegisterField one, RegisterField other) {
    return Map.of(one, values.get(one), other, values.get(other));
  }

  @Test
  void findsTagsWhateverTheirCase() {
    Map<String, String> tags = Map.of("neverisolate", "true", "SYSTEM", "PACS", "env", "Prod", "containsphi", "TRUE", "egress", "direct",
        "clinicaltier", "1");
    assertThat(EffectiveFacts.of(Optional.empty(), tags)).isEqualTo(new EffectiveFacts("PACS", "Prod", "true", "1", "UNKNOWN", "DIRECT", false));
  }

  @Test
  void makesWhatIsMissingOrStrangeUnknown() {
    assertThat(EffectiveFacts.of(Optional.empty(), Map.of())).isEqualTo(new EffectiveFacts("UNKNOWN", "UNKNOWN", "UNKNOWN", "UNKNOWN", "false", "UNKNOWN", false));
    assertThat(EffectiveFacts.of(Optional.empty(), Map.of("System", "pacs", "Env", "prod", "ContainsPHI", "maybe", "Egress", "VPN")))
        .isEqualTo(new EffectiveFacts("UNKNOWN", "UNKNOWN", "UNKNOWN", "UNKNOWN", "false", "UNKNOWN", false));
  }

  /** Tags may only tighten: whoever wrote something there meant to be careful. */
  @ParameterizedTest
  @CsvSource({"true,UNKNOWN", "TRUE,UNKNOWN", "false,false", "yes,UNKNOWN", "1,UNKNOWN", "'',UNKNOWN"})
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
      case ENV -> facts.env();
      case CONTAINS_PHI -> facts.containsPhi();
      case CLINICAL_TIER -> facts.clinicalTier();
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
