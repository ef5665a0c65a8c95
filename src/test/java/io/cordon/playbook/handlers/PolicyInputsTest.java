package io.cordon.playbook.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyInputsTest {
  @Test
  void makesWhatIsMissingUnknown() {
    PolicyInputs inputs = PolicyInputs.of(Map.of(), null);
    assertThat(inputs).isEqualTo(new PolicyInputs("UNKNOWN", "UNKNOWN", "UNKNOWN", "UNKNOWN", "false", "UNKNOWN"));
  }

  @ParameterizedTest
  @CsvSource({"true,true", "TRUE,true", "false,false", "yes,UNKNOWN", "'',UNKNOWN", "1,UNKNOWN"})
  void neverReadsAStrangeNeverIsolateAsFalse(String tag, String read) {
    assertThat(PolicyInputs.of(Map.of("NeverIsolate", tag), "High").neverIsolate()).isEqualTo(read);
  }

  @Test
  void findsTagsWhateverTheirCase() {
    PolicyInputs inputs = PolicyInputs.of(Map.of("neverisolate", "true", "SYSTEM", "PACS", "env", "Prod", "containsphi", "TRUE", "egress", "direct"), "High");
    assertThat(inputs).isEqualTo(new PolicyInputs("PACS", "Prod", "true", "High", "true", "DIRECT"));
  }
}
