package io.cordon;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.cordon.gate.ExecutionPermit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Who may import whom, and which library stays behind which fence. */
@AnalyzeClasses(packages = "io.cordon", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String PLATFORM = "io.cordon.platform..";
  private static final String EVIDENCE = "io.cordon.evidence..";
  private static final String ASSETS = "io.cordon.assets..";
  private static final String ALERTS = "io.cordon.alerts..";
  private static final String GATE = "io.cordon.gate..";
  private static final String CHANNELS = "io.cordon.channels..";
  private static final String CONTAINMENT = "io.cordon.containment..";
  private static final String PLAYBOOK = "io.cordon.playbook..";
  private static final String WEB = "io.cordon.web..";

  @ArchTest
  static final ArchRule platformKnowsNoFeature = from(PLATFORM).mayNotUse(EVIDENCE, ASSETS, ALERTS, GATE, CHANNELS, CONTAINMENT, PLAYBOOK, WEB);

  @ArchTest
  static final ArchRule evidenceKnowsOnlyPlatform = from(EVIDENCE).mayNotUse(ASSETS, ALERTS, GATE, CHANNELS, CONTAINMENT, PLAYBOOK, WEB);

  @ArchTest
  static final ArchRule assetsKnowNothingAbove = from(ASSETS).mayNotUse(ALERTS, GATE, CHANNELS, CONTAINMENT, PLAYBOOK, WEB);

  @ArchTest
  static final ArchRule alertsKnowNothingBesideOrAbove = from(ALERTS).mayNotUse(GATE, CHANNELS, CONTAINMENT, PLAYBOOK, WEB);

  @ArchTest
  static final ArchRule intakeKnowsNoSource =
      noClasses().that().resideInAPackage("io.cordon.alerts").should().dependOnClassesThat().resideInAPackage("io.cordon.alerts.sources..")
          .because("an alert is the same whichever way it came");

  @ArchTest
  static final ArchRule gateKnowsNothingBesideOrAbove = from(GATE).mayNotUse(ALERTS, CHANNELS, CONTAINMENT, PLAYBOOK, WEB);

  @ArchTest
  static final ArchRule channelsKnowNoCasesAndNothingAbove = from(CHANNELS).mayNotUse(ASSETS, ALERTS, CONTAINMENT, PLAYBOOK, WEB);

  @ArchTest
  static final ArchRule containmentKnowsNoCasesAndNothingAbove = from(CONTAINMENT).mayNotUse(ALERTS, CHANNELS, PLAYBOOK, WEB);

  @ArchTest
  static final ArchRule playbooksKnowNoPages = from(PLAYBOOK).mayNotUse(WEB);

  @ArchTest
  static final ArchRule onlyPlaybookImportsTheEngine =
      noClasses().that().resideOutsideOfPackage(PLAYBOOK).should().dependOnClassesThat().resideInAPackage("org.camunda..")
          .because("moving to another engine must touch one package");

  @ArchTest
  static final ArchRule onlyPlatformImportsTheHttpAndAzureLibraries =
      noClasses().that().resideOutsideOfPackage(PLATFORM).and().haveSimpleNameNotEndingWith("ClientHttp")
          .should().dependOnClassesThat().resideInAnyPackage("okhttp3..", "com.azure..", "com.microsoft..")
          .because("timeouts, trust and retries are set in one place");

  @ArchTest
  static final ArchRule onlyTheGateMakesAPermit =
      constructors().that().areDeclaredIn(ExecutionPermit.class).should().bePackagePrivate()
          .because("nothing acts without a permit, and a permit is made where everything was checked (I1)");

  @ArchTest
  static final ArchRule nobodyAsksTheMachineForTheTime =
      noClasses().should().callMethod(Instant.class, "now").because("there is one clock");

  @ArchTest
  static final ArchRule nobodySleeps =
      noClasses().should().callMethod(Thread.class, "sleep", long.class).because("waiting is the engine's or a condition's");

  @ArchTest
  static final ArchRule delegatesStayBehindTheirFence =
      classes().that().haveSimpleNameEndingWith("Delegate").should().resideInAPackage("io.cordon.playbook.delegates");

  @ArchTest
  static void everyPackageSaysWhatItIsFor(JavaClasses all) {
    assertThat(all.stream().map(type -> type.getPackageName().replace('.', '/')).distinct())
        .allMatch(folder -> Files.exists(Path.of("src/main/java", folder, "package-info.java")));
  }

  private static Layer from(String layer) {
    return new Layer(layer);
  }

  private record Layer(String name) {
    ArchRule mayNotUse(String... others) {
      return noClasses().that().resideInAPackage(name).should().dependOnClassesThat().resideInAnyPackage(others);
    }
  }
}
