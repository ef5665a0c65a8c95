package io.cordon.playbook;

import io.cordon.playbook.ModelFile.Node;
import java.util.regex.Pattern;

/** A decision table compares variables with literals and answers literals; it computes nothing. */
final class DecisionCheck {
  private static final String TEXTS = "\"[A-Za-z_]+\"(,\\s*\"[A-Za-z_]+\")*";
  private static final Pattern VARIABLE = Pattern.compile("[a-z][A-Za-z]*");
  private static final Pattern TEST = Pattern.compile("|-|" + TEXTS + "|not\\(" + TEXTS + "\\)");
  private static final Pattern ANSWER = Pattern.compile("\"[A-Z_]+\"|true|false|\\d{1,5}");

  private DecisionCheck() {}

  static void check(ModelFile file) {
    file.all("decision").forEach(decision -> ModelCheck.checkHistory(file, decision));
    file.all("decisionTable").forEach(table -> file.require(table.text("hitPolicy").equals("UNIQUE"), table, "the hit policy must be UNIQUE"));
    each(file, "inputExpression", VARIABLE);
    each(file, "inputEntry", TEST);
    each(file, "outputEntry", ANSWER);
  }

  private static void each(ModelFile file, String kind, Pattern allowed) {
    for (Node node : file.all(kind)) {
      file.require(allowed.matcher(node.content()).matches(), node, "the expression is not allowed: " + node.content());
    }
  }
}
