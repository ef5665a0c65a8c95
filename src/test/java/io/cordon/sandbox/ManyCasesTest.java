package io.cordon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How many statements a page takes does not depend on how many cases there are; {@code make bench-console} says how long they take. */
class ManyCasesTest {
  @Test
  void asksTheDatabaseAsOftenForManyCasesAsForFew() throws Exception {
    ManyCases cases = new ManyCases(Callers.cordon(), "bulk-00971");
    HttpClient auditor = cases.as("aud.one");
    cases.add(3);
    Map<String, Integer> few = statements(cases, auditor);
    cases.add(200);
    // rows of closed cases take less than those of open ones, so it may be fewer
    assertThat(statements(cases, auditor)).allSatisfy((page, count) -> assertThat(count).as(page).isBetween(1, few.get(page)));
    assertThat(few.get("case")).isLessThan(30);
  }

  @Test
  void readsTheBoardAsOftenForManyOpenCasesAsForFew() throws Exception {
    ManyCases first = new ManyCases(Callers.cordon(), "bulk-00972");
    HttpClient analyst = first.as("soc.one");
    int few = least(first, analyst, "/cases");
    for (int machine = 973; machine < 981; machine++) {
      new ManyCases(Callers.cordon(), "bulk-00" + machine);
    }
    assertThat(least(first, analyst, "/cases")).isLessThanOrEqualTo(few).isLessThan(20);
  }

  /** The least of some looks, by page: what comes in meanwhile, such as a card's answer, is not counted. */
  private static Map<String, Integer> statements(ManyCases cases, HttpClient auditor) throws Exception {
    Map<String, Integer> least = new TreeMap<>();
    for (Map.Entry<String, String> page : ConsoleBench.pages(cases, 2).entrySet()) {
      least.put(page.getKey(), least(cases, auditor, page.getValue()));
    }
    return least;
  }

  private static int least(ManyCases cases, HttpClient who, String path) {
    return IntStream.range(0, 4).map(look -> count(cases, who, path)).min().orElseThrow();
  }

  private static int count(ManyCases cases, HttpClient who, String path) {
    try {
      return cases.look(who, path).statements();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
