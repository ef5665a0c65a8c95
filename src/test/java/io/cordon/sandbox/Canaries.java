package io.cordon.sandbox;

import io.cordon.platform.phi.Samples;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** 200 made-up patient identifiers in six encodings each, which are planted everywhere and must be found nowhere. */
final class Canaries {
  static final int IDENTIFIERS = 200;
  private static final int IN_A_FIELD = 8;
  private static final int SHORTEST = 10;

  /** One form of one identifier, and what of it gives it away wherever it turns up. */
  private record Form(String planted, String tell) {}

  private final List<Form> forms = new ArrayList<>();
  private int next;

  Canaries() {
    for (int number = 0; number < IDENTIFIERS; number++) {
      var encodings = List.copyOf(Samples.ENCODINGS.entrySet());
      for (int way = 0; way < encodings.size(); way++) {
        var encoding = encodings.get((number + way) % encodings.size());
        String planted = encoding.getValue().apply(identifier(number));
        forms.add(new Form(planted, encoding.getKey().equals("plain") ? core(number) : planted));
      }
    }
  }

  private static String identifier(int number) {
    String core = core(number);
    return switch (number % 6) {
      case 0 -> "PID|1||" + core + "^^^HMC||" + core + "^Quirina||19840312|F";
      case 1 -> "{\"resourceType\":\"Patient\",\"id\":\"" + core + "\"}";
      case 2 -> core + "^Quirina";
      case 3 -> "MRN HMC" + core;
      case 4 -> "Quirina " + core;
      default -> core;
    };
  }

  private static String core(int number) {
    return switch (number % 6) {
      case 3 -> "77%06d41".formatted(number * 37);
      case 5 -> "912-%02d-%04d".formatted(10 + number % 80, 1_000 + number * 7);
      default -> "Zyxmann%04dq".formatted(number);
    };
  }

  /** A text for one field, with the next few forms in it. */
  synchronized String text() {
    List<String> some = new ArrayList<>();
    for (int i = 0; i < IN_A_FIELD; i++) {
      some.add(forms.get(next++ % forms.size()).planted());
    }
    return String.join(" ", some);
  }

  /** Texts for fields of these names. */
  Map<String, String> fields(List<String> names) {
    Map<String, String> fields = new LinkedHashMap<>();
    names.forEach(name -> fields.put(name, text()));
    return fields;
  }

  /** Whether every form of every identifier was planted somewhere. */
  boolean allPlanted() {
    return next >= forms.size();
  }

  /** What of them is in these texts. */
  TreeSet<String> in(Iterable<String> texts) {
    Map<String, List<String>> byStart = forms.stream().map(Form::tell).distinct().collect(Collectors.groupingBy(tell -> tell.substring(0, SHORTEST)));
    TreeSet<String> found = new TreeSet<>();
    for (String text : texts) {
      for (int at = 0; at + SHORTEST <= text.length(); at++) {
        for (String tell : byStart.getOrDefault(text.substring(at, at + SHORTEST), List.of())) {
          if (text.startsWith(tell, at)) {
            found.add(tell);
          }
        }
      }
    }
    return found;
  }

  /** One form; the first six are those of one identifier. */
  String form(int number) {
    return forms.get(number).planted();
  }
}
