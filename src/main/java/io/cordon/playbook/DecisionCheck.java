package io.cordon.playbook;

import io.cordon.gate.policy.PolicyTable;
import io.cordon.playbook.ModelFile.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A decision table compares variables with literals and answers literals; it computes nothing. */
final class DecisionCheck {
  private static final String TEXTS = "\"[A-Za-z0-9_]+\"(,\\s*\"[A-Za-z0-9_]+\")*";
  private static final Pattern VARIABLE = Pattern.compile("[a-z][A-Za-z]*");
  private static final Pattern TEST = Pattern.compile("|-|" + TEXTS + "|not\\(" + TEXTS + "\\)");
  private static final Pattern VALUES = Pattern.compile("|" + TEXTS);
  private static final Pattern ANSWER = Pattern.compile("\"[A-Z_]+\"|true|false|\\d{1,5}");
  /** What the outputs are that are no strings. */
  private static final Map<String, String> TYPES =
      Map.of("launch", "boolean", "quorum", "integer", "answerMinutes", "integer", "maxIsolationHours", "integer");

  private DecisionCheck() {}

  static void check(ModelFile file) {
    file.all("decision").forEach(decision -> ModelCheck.checkHistory(file, decision));
    file.all("decisionTable").forEach(table -> file.require(table.text("hitPolicy").equals("UNIQUE"), table, "the hit policy must be UNIQUE"));
    each(file, "inputExpression", VARIABLE);
    each(file, "inputEntry", TEST);
    each(file, "inputValues", VALUES);
    each(file, "outputValues", VALUES);
    each(file, "outputEntry", ANSWER);
  }

  private static void each(ModelFile file, String kind, Pattern allowed) {
    for (Node node : file.all(kind)) {
      file.require(allowed.matcher(node.content()).matches(), node, "the expression is not allowed: " + node.content());
    }
  }

  /**
   * Reads the one table of a checked file.
   *
   * @throws ModelRefusedException when it is not one complete table under this id
   * @throws io.cordon.gate.policy.PolicyUnusable when it is no table of the gate's policy
   */
  static PolicyTable read(ModelFile file, String decisionId) {
    List<Node> decisions = file.all("decision");
    List<Node> tables = file.all("decisionTable");
    boolean one = decisions.size() == 1 && tables.size() == 1 && decisions.get(0).id().equals(decisionId);
    file.require(one, file.nodes().get(0), "it must hold one decision named " + decisionId + " with one table");
    List<String> inputs = file.all("inputExpression").stream().map(Node::content).toList();
    List<String> outputs = file.all("output").stream().map(output -> output.text("name")).toList();
    file.all("inputExpression").forEach(input -> file.require(input.text("typeRef").equals("string"), input, "an input is a string"));
    for (Node output : file.all("output")) {
      file.require(output.text("typeRef").equals(TYPES.getOrDefault(output.text("name"), "string")), output, "the output has another type");
    }
    List<PolicyTable.Written> rows = new ArrayList<>();
    for (Node rule : file.all("rule")) {
      List<Node> tests = rule.within("inputEntry");
      List<Node> answers = rule.within("outputEntry");
      file.require(tests.size() == inputs.size() && answers.size() == outputs.size(), rule, "a row has an entry for every column");
      Map<String, String> test = new LinkedHashMap<>();
      Map<String, Object> answer = new HashMap<>();
      for (int i = 0; i < inputs.size(); i++) {
        test.put(inputs.get(i), tests.get(i).content());
      }
      for (int i = 0; i < outputs.size(); i++) {
        answer.put(outputs.get(i), literal(answers.get(i).content()));
      }
      rows.add(new PolicyTable.Written(test, answer));
    }
    return PolicyTable.of(inputs, rows);
  }

  private static Object literal(String text) {
    if (text.startsWith("\"")) {
      return text.substring(1, text.length() - 1);
    }
    return text.equals("true") || text.equals("false") ? (Object) Boolean.valueOf(text) : Integer.valueOf(text);
  }
}
