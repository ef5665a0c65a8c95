package io.cordon.assets.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cordon.assets.register.RegisterUnreadable.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegisterYamlTest {
  private static final String ARC = "/subscriptions/s/resourcegroups/rg/providers/microsoft.hybridcompute/machines/pacs-gw-01";
  private static final String FIRST = "register:\n  - arcId: " + ARC.replace("/subscriptions/s", "/subscriptions/5") + "\n  - arcId: " + ARC.replace("subscriptions/s", "subscriptions/6") + "\n";

  @Test
  void readsWhatItWrites() {
    RegisterEntry entry =
        new RegisterEntry(
            ARC.replace("/s/", "/5/"),
            3,
            Map.of(
                RegisterField.MDE_DEVICE_ID, "0".repeat(40), RegisterField.CLINICAL_SERVICE, "PACS", RegisterField.CONTAINS_PHI, "true",
                RegisterField.EGRESS, "PROXY", RegisterField.NEVER_ISOLATE, "false", RegisterField.CONSOLE_PATH, "iDRAC 10.0.0.5: \"ward\" #3",
                RegisterField.ON_SITE_PERSON, "Müller, Tel. 7", RegisterField.FHIR_LOCATIONS, "a-1,b.2", RegisterField.SERVICE_PROBE, "tcp://pacs:104"));
    List<WantedEntry> read = RegisterYaml.read(RegisterYaml.write(List.of(entry)).getBytes(StandardCharsets.UTF_8));
    assertThat(read).singleElement().satisfies(one -> assertThat(one.wanted()).isEqualTo(entry));
    assertThat(RegisterYaml.read(RegisterYaml.write(List.of()).getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  @Test
  void takesAnEmptyFieldForNothingSaid() {
    assertThat(read(FIRST + "    egress:\n    ownerGroup: ''\n").get(1).wanted().values()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(delimiter = ';', value = {
    "owner: Jane Roe; UNKNOWN_FIELD; 4",
    "egress: Jane Roe; VALUE_NOT_TAKEN; 4",
    "neverIsolate: maybe; VALUE_NOT_TAKEN; 4",
    "mdeDeviceId: Jane Roe; VALUE_NOT_TAKEN; 4",
    "revision: -1; VALUE_NOT_TAKEN; 4",
    "ownerGroup: [Jane, Roe]; VALUE_NOT_TAKEN; 4",
    "ownerGroup: !!javax.script.ScriptEngineManager [Jane]; NOT_YAML; 4",
    "serviceProbe: file:///etc/passwd; VALUE_NOT_TAKEN; 4",
    "arcId: Jane Roe; FIELD_TWICE; 4",
    "- egress: DIRECT; ARC_ID_MISSING; 4",
    "- Jane Roe; NOT_AN_ENTRY; 4",
    "- [Jane Roe; NOT_YAML; 5"})
  void saysWhereAndWhatIsWrongAndRepeatsNothing(String line, Problem problem, int at) {
    RegisterUnreadable refused = refused(FIRST + (line.startsWith("-") ? "  " : "    ") + line + "\n");
    assertThat(refused.problem()).isEqualTo(problem);
    assertThat(refused.line()).isEqualTo(at);
    assertThat(refused.sentence()).contains("Line " + at).doesNotContain("Jane").doesNotContain("owner:").doesNotContain("passwd");
    assertThat(refused.getMessage()).doesNotContain("Jane");
  }

  @Test
  void namesTheEntryAndAKnownField() {
    assertThat(refused(FIRST + "    egress: direct\n").sentence()).startsWith("Line 4, entry 2, egress: ");
  }

  @Test
  void refusesAMachineOrADeviceTwice() {
    assertThat(refused(FIRST + "  - arcId: " + ARC.replace("subscriptions/s", "subscriptions/5").toUpperCase()).problem()).isEqualTo(Problem.ENTRY_TWICE);
    String device = "    mdeDeviceId: " + "a".repeat(40) + "\n";
    assertThat(refused(FIRST + device + "  - arcId: " + ARC.replace("subscriptions/s", "subscriptions/7") + "\n" + device.toUpperCase().replace("MDEDEVICEID", "mdeDeviceId")).problem())
        .isEqualTo(Problem.ENTRY_TWICE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "register: Jane", "- register", "register: []\nmore: 1", "other: []", "register: []\n---\nregister: []"})
  void refusesAFileThatIsNoRegister(String file) {
    assertThat(refused(file).problem()).isIn(Problem.NOT_A_REGISTER, Problem.NOT_YAML);
  }

  @Test
  void refusesBombs() {
    assertThat(refused("register: &a [*a, *a]").problem()).isEqualTo(Problem.NOT_YAML);
    assertThat(refused("register: " + "[".repeat(50) + "]".repeat(50)).problem()).isEqualTo(Problem.NOT_YAML);
    assertThat(catchThrowableOfType(RegisterUnreadable.class, () -> RegisterYaml.read(new byte[(2 << 20) + 1])).problem()).isEqualTo(Problem.TOO_LARGE);
  }

  private static List<WantedEntry> read(String file) {
    return RegisterYaml.read(file.getBytes(StandardCharsets.UTF_8));
  }

  private static RegisterUnreadable refused(String file) {
    return catchThrowableOfType(RegisterUnreadable.class, () -> read(file));
  }
}
