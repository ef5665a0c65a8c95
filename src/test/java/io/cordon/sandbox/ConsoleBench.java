package io.cordon.sandbox;

import java.net.http.HttpClient;
import java.nio.file.Files;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * {@code make bench-console}: how long pages take with 100,000 finished cases in the database, from the request sent over HTTP to
 * its last byte, on one machine. The first argument is another number of cases.
 */
public final class ConsoleBench {
  private static final int WARM_UP = 30;
  private static final int MEASURED = 200;
  private static final int PART = 10_000;

  private ConsoleBench() {}

  public static void main(String[] arguments) throws Exception {
    int count = arguments.length > 0 && !arguments[0].isBlank() ? Integer.parseInt(arguments[0]) : 100_000;
    try (LocalCordon local = LocalCordon.start(Files.createTempDirectory("cordon-bench-console"), 0)) {
      ManyCases cases = new ManyCases(local, "bulk-00001");
      for (int made = 0; made < count; made += PART) {
        cases.add(Math.min(PART, count - made));
      }
      System.out.printf("%n%d finished cases%n%n| page | p50 | p95 | slowest | statements |%n|---|---|---|---|---|%n", count);
      HttpClient auditor = cases.as("aud.one");
      Random random = new Random(1);
      for (String page : pages(cases, 1).keySet()) {
        measure(cases, auditor, page, count, random);
      }
    }
    System.exit(0);
  }

  private static void measure(ManyCases cases, HttpClient auditor, String page, int count, Random random) throws Exception {
    List<Long> micros = new ArrayList<>();
    int statements = Integer.MAX_VALUE;
    for (int i = -WARM_UP; i < MEASURED; i++) {
      ManyCases.Cost cost = cases.look(auditor, pages(cases, 1 + random.nextInt(count)).get(page));
      statements = Math.min(statements, cost.statements());
      if (i >= 0) {
        micros.add(cost.micros());
      }
    }
    Collections.sort(micros);
    System.out.printf("| %s | %.0f ms | %.0f ms | %.0f ms | %d |%n", page, micros.get(MEASURED / 2) / 1e3, micros.get(MEASURED * 95 / 100) / 1e3, micros.get(MEASURED - 1) / 1e3, statements);
  }

  /** The pages that are measured, by what they are called, each with this case where it is about one. */
  static Map<String, String> pages(ManyCases cases, int number) {
    String today = LocalDate.now(ZoneOffset.UTC).toString();
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("board", "/cases");
    pages.put("board, closed cases", "/cases?state=CLOSED");
    pages.put("board, a later page", "/cases?after=" + cases.id(number));
    pages.put("case", "/cases/" + cases.id(number));
    pages.put("history search, nothing asked", "/history");
    pages.put("history search, machine", "/history?host=bulk-");
    pages.put("history search, person", "/history?person=oid-" + number % 400);
    pages.put("history search, outcome", "/history?outcome=HANDLED");
    pages.put("history search, time", "/history?from=2026-01-01&to=" + today);
    pages.put("history search, all fields", "/history?host=bulk-&person=oid-" + number % 400 + "&from=2020-01-01&to=" + today + "&outcome=HANDLED&state=CLOSED");
    pages.put("history search, nothing fits", "/history?host=bulk-&outcome=DISMISSED&state=CLOSED&from=2020-01-01&to=" + today);
    pages.put("history of a case", "/history/" + cases.id(number));
    return pages;
  }
}
