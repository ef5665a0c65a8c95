package io.cordon.assets.register;

import io.cordon.platform.ids.Ids;
import io.cordon.platform.people.Person;
import io.cordon.platform.time.SqlTime;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of changes that wait for a second person, or did. All writes are in the caller's transaction. */
final class ProposedChanges {
  private static final String SELECT = "select id, state, proposed_tid, proposed_oid, proposed_at, decided_oid, decided_at from register_change ";

  private record Row(
      String id, String state, String proposedTid, String proposedOid, Instant proposedAt, String decidedOid, Instant decidedAt) {}

  private final JdbcClient jdbc;
  private final Clock clock;
  private final Ids ids;

  ProposedChanges(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.ids = new Ids(clock);
  }

  Optional<RegisterChange> find(String id) {
    return jdbc.sql(SELECT + "where id = :id").param("id", id).query(Row.class).optional().map(this::change);
  }

  List<RegisterChange> waiting() {
    return jdbc.sql(SELECT + "where state = 'PROPOSED' order by id limit 200").query(Row.class).list().stream().map(this::change).toList();
  }

  String add(Person proposer, List<FieldChange> lines) {
    String id = ids.next("g");
    jdbc.sql(
            """
            insert into register_change (id, state, proposed_tid, proposed_oid, proposed_at)
            values (:id, 'PROPOSED', :tid, :oid, :at)""")
        .param("id", id)
        .param("tid", proposer.tid())
        .param("oid", proposer.oid())
        .param("at", SqlTime.of(clock.instant()))
        .update();
    lines.forEach(line -> add(id, line));
    return id;
  }

  private void add(String id, FieldChange line) {
    jdbc.sql(
            """
            insert into register_change_line (change_id, arc_id, field, base_revision, old_value, new_value)
            values (:id, :arc, :field, :revision, :old, :new)""")
        .param("id", id)
        .param("arc", line.arcId())
        .param("field", line.field().name())
        .param("revision", line.baseRevision())
        .param("old", line.from())
        .param("new", line.to())
        .update();
  }

  void decide(String id, String state, Person person) {
    jdbc.sql("update register_change set state = :state, decided_tid = :tid, decided_oid = :oid, decided_at = :at where id = :id")
        .param("state", state)
        .param("tid", person.tid())
        .param("oid", person.oid())
        .param("at", SqlTime.of(clock.instant()))
        .param("id", id)
        .update();
  }

  private RegisterChange change(Row row) {
    List<FieldChange> lines =
        jdbc.sql("select * from register_change_line where change_id = :id order by arc_id, field")
            .param("id", row.id())
            .query((line, number) ->
                new FieldChange(
                    line.getString("arc_id"),
                    RegisterField.valueOf(line.getString("field")),
                    line.getInt("base_revision"),
                    line.getString("old_value"),
                    line.getString("new_value")))
            .list();
    return new RegisterChange(
        row.id(), row.state(), row.proposedTid(), row.proposedOid(), row.proposedAt(), row.decidedOid(), row.decidedAt(), lines);
  }
}
