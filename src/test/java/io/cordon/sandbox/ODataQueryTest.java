package io.cordon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ODataQueryTest {
  private static final ODataQuery.Fields FIELDS = new ODataQuery.Fields(Set.of("name"), Set.of("at"), Set.of("name"));
  private static final String NINE = "2026-03-01T09:00:00.0000000Z";

  @Test
  void tellsLaterFromLaterOrEqual() throws Exception {
    assertThat(filtered("at ge " + NINE)).containsExactly("a and b", "c");
    assertThat(filtered("at gt " + NINE)).containsExactly("c");
    assertThat(filtered("at gt 2026-03-01T08:59:59Z and name eq 'c'")).containsExactly("c");
  }

  @Test
  void readsNamesAndPrefixes() throws Exception {
    assertThat(filtered("name eq 'a and b'")).containsExactly("a and b");
    assertThat(filtered("startswith(name,'a')")).containsExactly("a and b");
    assertThat(filtered("name eq 'a and b' and startswith(name,'c')")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "", "name", "name eq a", "name eq 'a' and", "name eq 'a' or name eq 'b'", "name eq 'a'and name eq 'b'", "name ne 'a'", "other eq 'a'", "at eq 'a'",
    "at ge yesterday", "at ge 2026-13-01T00:00:00Z", "at ge '2026-03-01T00:00:00Z'", "startswith(at,'2')", "name eq 'a", "and name eq 'a'"})
  void refusesAFilterItDoesNotUnderstand(String filter) {
    assertThatThrownBy(() -> filtered(filter)).isInstanceOf(ODataQuery.Malformed.class);
  }

  @Test
  void takesTheAskedPage() throws Exception {
    assertThat(page(Map.of())).hasSize(10_000);
    assertThat(page(Map.of("$top", "2"))).containsExactly(0, 1);
    assertThat(page(Map.of("$top", "2", "$skip", "10001"))).containsExactly(10_001);
    assertThat(page(Map.of("$skip", "99999"))).isEmpty();
  }

  @Test
  void refusesAPageThatIsTooLargeOrNoNumber() {
    for (Map<String, String> parameters : List.of(Map.of("$top", "10001"), Map.of("$top", "-1"), Map.of("$top", ""), Map.of("$skip", "x"), Map.of("$orderby", "id"))) {
      assertThatThrownBy(() -> page(parameters)).isInstanceOf(ODataQuery.Malformed.class);
    }
  }

  private static List<Object> filtered(String filter) throws ODataQuery.Malformed {
    Map<String, Object> first = Map.of("name", "a and b", "at", NINE);
    Map<String, Object> second = Map.of("name", "c", "at", "2026-03-01T09:00:00.0000001Z");
    return ODataQuery.of(Map.of("$filter", filter), FIELDS).apply(List.of(first, second).stream()).stream().map(entity -> entity.get("name")).toList();
  }

  private static List<Object> page(Map<String, String> parameters) throws ODataQuery.Malformed {
    return ODataQuery.of(parameters, FIELDS).apply(IntStream.range(0, 10_002).mapToObj(i -> Map.<String, Object>of("name", i))).stream()
        .map(entity -> entity.get("name")).toList();
  }
}
