package io.cordon.playbook.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyInputsTest {

  @Test
  void findsTagsWhateverTheirCase() {
    PolicyInputs inputs = PolicyInputs.of(Map.of("neverisolate", "true", "SYSTEM", "PACS", "env", "Prod", "containsphi", "TRUE", "egress", "direct"), "High");
    assertThat(inputs).isEqualTo(new PolicyInputs("PACS", "Prod", "true", "High", "true", "DIRECT"));
  }

  @Test
  void makesWhatIsMissingUnknown() {
    assertThat(PolicyInputs.of(Map.of(), null).asVariables())
        .isEqualTo(Map.of("system", "UNKNOWN", "env", "UNKNOWN", "containsPhi", "UNKNOWN", "severity", "UNKNOWN",
            "neverIsolate", "false", "egress", "UNKNOWN"));
  }

  @Test
  void makesWhatIsStrangeUnknown() {
    Map<String, String> tags = Map.of("System", "pacs", "Env", "prod", "ContainsPHI", "maybe", "Egress", "VPN");
    assertThat(PolicyInputs.of(tags, "Critical"))
        .isEqualTo(new PolicyInputs("UNKNOWN", "UNKNOWN", "UNKNOWN", "UNKNOWN", "false", "UNKNOWN"));
  }

  /** Tags may only tighten: whoever wrote something there meant to be careful. */
  @ParameterizedTest
  @CsvSource({"true,true", "TRUE,true", "false,false", "yes,UNKNOWN", "1,UNKNOWN", "'',UNKNOWN"})
  void takesAnUnreadableNeverIsolateForNoPermission(String tag, String neverIsolate) {
    assertThat(PolicyInputs.of(Map.of("NeverIsolate", tag), "High").neverIsolate()).isEqualTo(neverIsolate);
  }
}
