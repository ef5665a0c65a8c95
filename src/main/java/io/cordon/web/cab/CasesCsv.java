package io.cordon.web.cab;

import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The changes of a period as a table for a spreadsheet (RFC 4180): codes, and times in UTC. */
final class CasesCsv {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintWriter out = new PrintWriter(bytes, false, StandardCharsets.UTF_8);

  CasesCsv() {
    line("case", "machine", "clinical service", "type", "state", "outcome", "opened", "closed");
  }

  void add(PeriodPacks.Change change) {
    var about = change.about();
    line(about.id(), about.machineName(), about.clinicalService(), change.type().name(), about.state(), about.outcome(), time(about.openedAt()), time(about.closedAt()));
  }

  byte[] toBytes() {
    out.flush();
    return bytes.toByteArray();
  }

  private void line(String... fields) {
    out.print(Arrays.stream(fields).map(CasesCsv::field).collect(Collectors.joining(",", "", "\r\n")));
  }

  /** Quoted; what a spreadsheet would run as a formula gets an apostrophe, since machines are named by others. */
  static String field(String text) {
    String plain = text == null ? "" : text;
    String safe = plain.matches("(?s)[=+\\-@\\t\\r].*") ? "'" + plain : plain;
    return '"' + safe.replace("\"", "\"\"") + '"';
  }

  private static String time(Instant at) {
    return at == null ? "" : at.toString();
  }
}
