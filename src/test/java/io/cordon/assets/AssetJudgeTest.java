package io.cordon.assets;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssetJudgeTest {
  private static final Instant NOW = Instant.parse("2026-03-01T02:00:00Z");
  private final SupportList support = SupportList.shipped();

  @Test
  void countsOnASensorOnlyWhenItIsOnboardedAndActive() {
    for (boolean unix : List.of(true, false)) {
      for (boolean stale : List.of(true, false)) {
        for (String onboarding : List.of("Onboarded", "CanBeOnboarded", "Unsupported", "InsufficientInfo", "Unknown")) {
          for (String health : List.of("Active", "Inactive", "ImpairedCommunication", "NoSensorData", "NoSensorDataImpairedCommunication", "Unknown")) {
            Capability capability = Capability.of(unix, onboarding, health, stale);
            boolean known = !stale && !onboarding.equals("Unknown") && !health.equals("Unknown");
            boolean full = onboarding.equals("Onboarded") && health.equals("Active");
            assertThat(capability)
                .as(unix + " " + stale + " " + onboarding + " " + health)
                .isEqualTo(unix ? Capability.SYSLOG_ONLY : !known ? Capability.UNKNOWN : full ? Capability.FULL : Capability.NONE);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"AIX 7.2", "aix", "HP-UX 11.31", "Solaris 11", "SunOS 5.11"})
  void knowsTheUnixesWithoutASensor(String os) {
    assertThat(support.isUnix(os)).isTrue();
    assertThat(support.warning(os, "x64")).contains(AssetWarning.UNIX);
  }

  @ParameterizedTest
  @CsvSource({
    "Ubuntu 22.04,x64", "Ubuntu 22.04.4 LTS,x64", "RHEL 8.9,x64", "Red Hat Enterprise Linux 8.9,x64", "Red Hat Enterprise Linux 7.2,x64",
    "SLES 15,x64", "SUSE Linux Enterprise Server 15 SP5,arm64", "Debian 13,x64", "CentOS Stream 10,x64", "Amazon Linux 2,arm64",
    "Rocky Linux 9.2,x64", "Fedora 42,x64", "Ubuntu 22.04,Unknown"})
  void saysNothingAboutASystemOnTheList(String os, String architecture) {
    assertThat(support.isUnix(os)).isFalse();
    assertThat(support.warning(os, architecture)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Ubuntu 21.10,x64", "Ubuntu 16.04,arm64", "RHEL 7.1,x64", "RHEL 6.9,x64", "CentOS 9,x64", "Debian 8,x64", "Fedora 43,x64",
    "Rocky Linux 9.1,x64", "SLES 15.4,arm64", "Gentoo 2.15,x64", "Fedora 40,arm64"})
  void warnsAboutASystemThatIsNotOnTheList(String os, String architecture) {
    assertThat(support.warning(os, architecture)).contains(AssetWarning.OS_NOT_LISTED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Linux", "Ubuntu"})
  void warnsAboutASystemItCannotTell(String os) {
    assertThat(support.warning(os, "x64")).contains(AssetWarning.OS_UNKNOWN);
  }

  @Test
  void warnsAboutNothingOnAHealthyMachine() {
    AssetProof proof = judge(machine("Connected", "Ubuntu 22.04", Map.of("MDE.Linux", "Succeeded")), device("Active", "Onboarded"), Set.of(IdentitySource.MDE_ID), false);
    assertThat(proof.warnings()).isEmpty();
    assertThat(proof.capability()).isEqualTo(Capability.FULL);
    assertThat(proof.os()).isEqualTo("Ubuntu 22.04");
  }

  @Test
  void warnsAboutEverythingThatIsWrong() {
    AssetProof proof =
        judge(machine("Jane", "<i>", Map.of("MDE.Linux", "Failed")), device("Inactive", "CanBeOnboarded"), Set.of(IdentitySource.MDE_MERGED), true);
    assertThat(proof.warnings())
        .containsExactly(AssetWarning.OS_UNKNOWN, AssetWarning.NOT_ONBOARDED, AssetWarning.SENSOR_NOT_ACTIVE, AssetWarning.ARC_NOT_CONNECTED,
            AssetWarning.EXTENSION_NOT_READY, AssetWarning.DEVICE_MERGED, AssetWarning.FACTS_STALE);
    assertThat(proof.capability()).isEqualTo(Capability.UNKNOWN);
    assertThat(proof.arcStatus()).as("only known words").isEqualTo("Unknown");
    assertThat(proof.os()).isEmpty();
  }

  @Test
  void keepsAUnixSyslogOnlyWhateverDefenderSays() {
    AssetProof proof = judge(machine("Connected", "AIX 7.2", Map.of()), device("Active", "Onboarded"), Set.of(IdentitySource.MDE_ID), false);
    assertThat(proof.capability()).isEqualTo(Capability.SYSLOG_ONLY);
    assertThat(proof.warnings()).containsExactly(AssetWarning.UNIX);
  }

  private AssetProof judge(ArcMachine machine, MdeDevice device, Set<IdentitySource> sources, boolean stale) {
    AssetMatch match = new AssetMatch(machine, device, Set.of(device.id()), sources, NOW, stale);
    return new AssetJudge(support).proof(match, List.of(), List.of(), 0);
  }

  private static ArcMachine machine(String status, String os, Map<String, String> extensions) {
    return new ArcMachine("arc", "one", "a".repeat(40), Map.of(), status, os, "", extensions);
  }

  private static MdeDevice device(String health, String onboarding) {
    return new MdeDevice("a".repeat(40), "", "x64", health, onboarding, null);
  }
}
