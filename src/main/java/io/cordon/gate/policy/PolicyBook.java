package io.cordon.gate.policy;

import io.cordon.platform.ids.Ids;
import io.cordon.platform.people.Person;
import io.cordon.platform.time.SqlTime;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The policy tables as rows. All writes are in the caller's transaction. */
class PolicyBook {
  private static final String SELECT =
      """
      select id, state, origin, version, base_version, sha256, proposed_tid, proposed_oid as proposed_by, proposed_at,
             decided_tid, decided_oid as decided_by, decided_at
        from policy_table\s""";

  private final JdbcClient jdbc;
  private final Clock clock;
  private final Ids ids;

  PolicyBook(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.ids = new Ids(clock);
  }

  /** Keeps everybody else from changing the tables until the caller's transaction ends. */
  void lock() {
    jdbc.sql("lock table policy_table in share row exclusive mode").update();
  }

  Optional<PolicyInForce> inForce() {
    return jdbc.sql("select version, sha256, decision_id from policy_table where state = 'IN_FORCE'").query(PolicyInForce.class).optional();
  }

  Optional<PolicyChange> find(String id) {
    return jdbc.sql(SELECT + "where id = :id").param("id", id).query(PolicyChange.class).optional();
  }

  Optional<byte[]> content(String id) {
    return jdbc.sql("select content from policy_table where id = :id").param("id", id).query(byte[].class).optional();
  }

  Optional<byte[]> contentInForce() {
    return jdbc.sql("select content from policy_table where state = 'IN_FORCE'").query(byte[].class).optional();
  }

  /** The oldest first; the limit is far above what people can review. */
  List<PolicyChange> waiting() {
    return jdbc.sql(SELECT + "where state = 'PROPOSED' order by id limit 20").query(PolicyChange.class).list();
  }

  /** The newest versions first. */
  List<PolicyChange> versions() {
    return jdbc.sql(SELECT + "where version is not null order by version desc limit 50").query(PolicyChange.class).list();
  }

  boolean isKnown(String sha256) {
    return jdbc.sql("select exists (select 1 from policy_table where sha256 = :sha)").param("sha", sha256).query(Boolean.class).single();
  }

  /** @param person null when it came with the software */
  String propose(byte[] file, String sha256, int baseVersion, Person person) {
    String id = ids.next("t");
    jdbc.sql(
            """
            insert into policy_table (id, state, origin, base_version, sha256, content, proposed_tid, proposed_oid, proposed_at)
            values (:id, 'PROPOSED', :origin, :base, :sha, :content, :tid, :oid, :at)""")
        .param("id", id)
        .param("origin", person == null ? "SHIPPED" : "SITE")
        .param("base", baseVersion)
        .param("sha", sha256)
        .param("content", file)
        .param("tid", person == null ? null : person.tid())
        .param("oid", person == null ? null : person.oid())
        .param("at", SqlTime.of(clock.instant()))
        .update();
    return id;
  }

  void adopt(String id, int baseVersion, Person person) {
    jdbc.sql("update policy_table set proposed_tid = :tid, proposed_oid = :oid, proposed_at = :at, base_version = :base where id = :id")
        .param("tid", person.tid())
        .param("oid", person.oid())
        .param("at", SqlTime.of(clock.instant()))
        .param("base", baseVersion)
        .param("id", id)
        .update();
  }

  void decide(String id, String state, Person person) {
    jdbc.sql("update policy_table set state = :state, decided_tid = :tid, decided_oid = :oid, decided_at = :at where id = :id")
        .param("state", state)
        .param("tid", person.tid())
        .param("oid", person.oid())
        .param("at", SqlTime.of(clock.instant()))
        .param("id", id)
        .update();
  }

  /** @param person null when the first table comes with the software */
  void bringIntoForce(String id, int version, Person person) {
    jdbc.sql("update policy_table set state = 'REPLACED' where state = 'IN_FORCE'").update();
    jdbc.sql(
            """
            update policy_table set state = 'IN_FORCE', version = :version, decided_tid = :tid, decided_oid = :oid, decided_at = :at
             where id = :id""")
        .param("version", version)
        .param("tid", person == null ? null : person.tid())
        .param("oid", person == null ? null : person.oid())
        .param("at", SqlTime.of(clock.instant()))
        .param("id", id)
        .update();
  }

  void deployed(String decisionId) {
    jdbc.sql("update policy_table set decision_id = :decision where state = 'IN_FORCE'").param("decision", decisionId).update();
  }
}
