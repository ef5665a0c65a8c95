package io.cordon.sandbox;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The part of OData that Defender documents: clauses joined by "and", {@code $top} and {@code $skip}. */
final class ODataQuery {
  private static final Pattern CLAUSE =
      Pattern.compile("(\\w+) eq '([^']*)'|(\\w+) (ge|gt) ([^\\s']+)|startswith\\((\\w+), ?'([^']*)'\\)");
  private static final Pattern AND = Pattern.compile(" +and +");
  private static final int LARGEST_PAGE = 10_000;

  /** What may be filtered: by equality, by time, by prefix. */
  record Fields(Set<String> texts, Set<String> times, Set<String> prefixes) {}

  /** A query that is answered with 400. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String what) {
      super(what);
    }
  }

  /** One condition on one field, and the text it must equal, or null. */
  private record Clause(String field, String equalTo, Predicate<String> holds) {}

  private final List<Clause> clauses;
  private final int skip;
  private final int top;

  private ODataQuery(List<Clause> clauses, int skip, int top) {
    this.clauses = clauses;
    this.skip = skip;
    this.top = top;
  }

  static ODataQuery of(Map<String, String> parameters, Fields fields) throws Malformed {
    if (!Set.of("$filter", "$top", "$skip").containsAll(parameters.keySet())) {
      throw new Malformed("the query option is not known");
    }
    int top = number(parameters.get("$top"), LARGEST_PAGE, LARGEST_PAGE);
    return new ODataQuery(clauses(parameters.get("$filter"), fields), number(parameters.get("$skip"), 0, Integer.MAX_VALUE), top);
  }

  private static int number(String text, int otherwise, int largest) throws Malformed {
    if (text == null) {
      return otherwise;
    }
    if (!text.matches("\\d{1,9}") || Integer.parseInt(text) > largest) {
      throw new Malformed("$top or $skip is no number that is allowed");
    }
    return Integer.parseInt(text);
  }

  private static List<Clause> clauses(String filter, Fields fields) throws Malformed {
    List<Clause> clauses = new ArrayList<>();
    if (filter == null) {
      return clauses;
    }
    Matcher clause = CLAUSE.matcher(filter);
    Matcher and = AND.matcher(filter);
    int at = 0;
    while (clause.region(at, filter.length()).lookingAt()) {
      clauses.add(clause(clause, fields));
      if (clause.end() == filter.length()) {
        return clauses;
      }
      at = and.region(clause.end(), filter.length()).lookingAt() ? and.end() : filter.length();
    }
    throw new Malformed("the filter is not understood");
  }

  private static Clause clause(Matcher found, Fields fields) throws Malformed {
    if (found.group(1) != null && fields.texts().contains(found.group(1))) {
      return new Clause(found.group(1), found.group(2), found.group(2)::equals);
    }
    if (found.group(3) != null && fields.times().contains(found.group(3))) {
      Instant limit = time(found.group(5));
      boolean orEqual = found.group(4).equals("ge");
      return new Clause(found.group(3), null, value -> Instant.parse(value).isAfter(limit) || orEqual && Instant.parse(value).equals(limit));
    }
    if (found.group(6) != null && fields.prefixes().contains(found.group(6))) {
      String prefix = found.group(7);
      return new Clause(found.group(6), null, value -> value.startsWith(prefix));
    }
    throw new Malformed("the field cannot be filtered like this");
  }

  private static Instant time(String text) throws Malformed {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new Malformed("the time is malformed");
    }
  }

  /** The text a field must equal, or null when any will do. */
  String valueOf(String field) {
    return clauses.stream().filter(clause -> clause.field().equals(field) && clause.equalTo() != null).map(Clause::equalTo).findFirst().orElse(null);
  }

  List<Map<String, Object>> apply(Stream<Map<String, Object>> entities) {
    return entities.filter(this::fits).skip(skip).limit(top).toList();
  }

  private boolean fits(Map<String, Object> entity) {
    return clauses.stream().allMatch(clause -> entity.get(clause.field()) instanceof String value && clause.holds().test(value));
  }
}
