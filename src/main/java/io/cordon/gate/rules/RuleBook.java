package io.cordon.gate.rules;

import io.cordon.platform.people.Person;
import io.cordon.platform.time.SqlTime;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rules as rows. All writes are in the caller's transaction. */
class RuleBook {
  private static final String SELECT =
      """
      select r.version, r.state, r.content, r.sha256, r.proposed_tid, r.proposed_oid, r.proposed_at,
             array(select a.oid from standing_rule_agreement a where a.rule_id = r.id and a.version = r.version) as agreed
        from standing_rule r\s""";

  private final JdbcClient jdbc;
  private final Clock clock;

  RuleBook(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Keeps everybody else from changing rules until the caller's transaction ends. */
  void lock() {
    jdbc.sql("lock table standing_rule in share row exclusive mode").update();
  }

  Optional<RuleVersion> find(String id, int version) {
    return jdbc.sql(SELECT + "where r.id = :id and r.version = :version").param("id", id).param("version", version).query(RuleBook::version).optional();
  }

  Optional<RuleVersion> live(String id) {
    return jdbc.sql(SELECT + "where r.id = :id and r.state = 'LIVE'").param("id", id).query(RuleBook::version).optional();
  }

  /** What is live and what waits, 200 at most. */
  List<RuleVersion> current() {
    return jdbc.sql(SELECT + "where r.state in ('LIVE', 'PROPOSED') order by r.id, r.version limit 200").query(RuleBook::version).list();
  }

  List<RuleVersion> liveFor(String action) {
    return jdbc.sql(SELECT + "where r.state = 'LIVE' and r.action = :action and r.expires_at > :now order by r.id limit 200")
        .param("action", action)
        .param("now", SqlTime.of(clock.instant()))
        .query(RuleBook::version)
        .list();
  }

  int nextVersion(String id) {
    return jdbc.sql("select coalesce(max(version), 0) + 1 from standing_rule where id = :id").param("id", id).query(Integer.class).single();
  }

  void propose(StandingRule rule, int version, String sha256, Person person) {
    jdbc.sql(
            """
            insert into standing_rule (id, version, state, content, sha256, action, clinical_services, hosts, expires_at,
                proposed_tid, proposed_oid, proposed_at)
            values (:id, :version, 'PROPOSED', :content, :sha, :action, :services, :hosts, :expires, :tid, :oid, :at)""")
        .param("id", rule.id())
        .param("version", version)
        .param("content", RuleFile.write(rule))
        .param("sha", sha256)
        .param("action", rule.action())
        .param("services", rule.clinicalServices().toArray(String[]::new))
        .param("hosts", rule.hosts().toArray(String[]::new))
        .param("expires", SqlTime.of(rule.expires()))
        .param("tid", person.tid())
        .param("oid", person.oid())
        .param("at", SqlTime.of(clock.instant()))
        .update();
  }

  void agree(RuleVersion version, Person person) {
    jdbc.sql(
            """
            insert into standing_rule_agreement (rule_id, version, tid, oid, at) values (:id, :version, :tid, :oid, :at)
            on conflict do nothing""")
        .param("id", version.rule().id())
        .param("version", version.version())
        .param("tid", person.tid())
        .param("oid", person.oid())
        .param("at", SqlTime.of(clock.instant()))
        .update();
  }

  void end(RuleVersion version, String state) {
    jdbc.sql("update standing_rule set state = :state, ended_at = :at where id = :id and version = :version")
        .param("state", state)
        .param("at", SqlTime.of(clock.instant()))
        .param("id", version.rule().id())
        .param("version", version.version())
        .update();
  }

  void bringToLife(RuleVersion version) {
    jdbc.sql("update standing_rule set state = 'REPLACED', ended_at = :at where id = :id and state = 'LIVE'")
        .param("at", SqlTime.of(clock.instant()))
        .param("id", version.rule().id())
        .update();
    jdbc.sql("update standing_rule set state = 'LIVE' where id = :id and version = :version")
        .param("id", version.rule().id())
        .param("version", version.version())
        .update();
  }

  private static RuleVersion version(ResultSet row, int number) throws SQLException {
    StandingRule rule = RuleFile.read(row.getString("content").getBytes(StandardCharsets.UTF_8));
    return new RuleVersion(
        rule, row.getInt("version"), row.getString("state"), row.getString("sha256"), row.getString("proposed_tid"), row.getString("proposed_oid"),
        SqlTime.read(row, "proposed_at"), Set.of((String[]) row.getArray("agreed").getArray()));
  }
}
