package io.cordon.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordon.platform.azure.Hunting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Advanced hunting as a test plays it: remembers the queries, answers as it is told. */
public final class PlayedHunting implements Hunting {
  private static final ObjectMapper JSON = new ObjectMapper();

  public final List<String> queries = new ArrayList<>();
  /** A query to the one row of its answer as JSON; may throw. */
  public Function<String, String> row = query -> "{}";

  /** Forgets everything. */
  public void reset() {
    queries.clear();
    row = query -> "{}";
  }

  @Override
  public List<ObjectNode> run(String kql, Instant from, Instant to) {
    queries.add(kql);
    try {
      return List.of((ObjectNode) JSON.readTree(row.apply(kql)));
    } catch (java.io.IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
