package io.cordon.alerts.sources;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A source that serves what it was given, oldest first, and remembers how it was asked. */
final class ScriptedSource implements AlertSource {
  final List<Position> asked = new ArrayList<>();
  final List<SourcePage.Item> items = new ArrayList<>();
  /** What happens before an answer, such as a failure. */
  Consumer<Position> before = position -> {};

  int largestPage = Integer.MAX_VALUE;

  private final String name;

  ScriptedSource(String name) {
    this.name = name;
  }

  void has(String json, Instant at) {
    items.add(new SourcePage.Item(json.getBytes(StandardCharsets.UTF_8), at));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public SourcePage read(Position position) {
    synchronized (this) {
      asked.add(position);
    }
    before.accept(position);
    int from = position.cursor() == null ? 0 : Integer.parseInt(position.cursor());
    List<SourcePage.Item> wanted =
        items.stream().filter(item -> !item.at().isBefore(position.since())).sorted(Comparator.comparing(SourcePage.Item::at)).toList();
    int to = Math.min(from + Math.min(position.most(), largestPage), wanted.size());
    return new SourcePage(wanted.subList(from, to), to < wanted.size() ? Optional.of(String.valueOf(to)) : Optional.empty());
  }
}
