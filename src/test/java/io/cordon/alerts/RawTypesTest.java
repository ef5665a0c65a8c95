package io.cordon.alerts;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What holds raw input says nothing of it when it is printed. */
@AnalyzeClasses(packages = "io.cordon", importOptions = ImportOption.DoNotIncludeTests.class)
class RawTypesTest {
  @ArchTest
  static final ArchRule recordsWithRawFieldsSayHowTheyPrint =
      classes().that(holdRawInput()).should(declareToString())
          .because("the generated toString prints every field, and one log line with it is patient data in the log (I5)");

  @Test
  void printRawInsteadOfWhatTheyHold() {
    JsonNode json = com.fasterxml.jackson.databind.node.TextNode.valueOf("Zyxmann");
    byte[] bytes = "Zyxmann".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    var alert = new IncomingAlert("a-1", Optional.empty(), "High", "Other", Set.of(), false, Set.of(), List.of(), bytes);

    assertThat(List.of(new AlertShapes.Found(AlertShapes.Shape.ROW, json).toString(), alert.toString()))
        .allSatisfy(text -> assertThat(text).contains("[raw]").doesNotContain("Zyxmann"));
  }

  private static DescribedPredicate<JavaClass> holdRawInput() {
    return DescribedPredicate.describe("are records with a JsonNode, a comment, or in alerts and the sealed store bytes", type ->
        type.isRecord() && type.getFields().stream().anyMatch(field ->
            field.getRawType().isAssignableTo(JsonNode.class) || field.getName().equals("comment")
                || field.getRawType().isEquivalentTo(byte[].class)
                    && (type.getPackageName().startsWith("io.cordon.alerts") || type.getPackageName().startsWith("io.cordon.platform.sealed"))));
  }

  private static ArchCondition<JavaClass> declareToString() {
    return new ArchCondition<>("declare a toString of their own") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean own = printsByHand(type);
        events.add(new SimpleConditionEvent(type, own, type.getName() + (own ? " prints by hand" : " prints its fields")));
      }
    };
  }

  /** The compiler's toString of a record is one dynamic call; one written by hand names what it prints. */
  private static boolean printsByHand(JavaClass type) {
    return type.tryGetMethod("toString").map(method -> !method.getMethodCallsFromSelf().isEmpty() || !method.getFieldAccesses().isEmpty()).orElse(false);
  }
}
