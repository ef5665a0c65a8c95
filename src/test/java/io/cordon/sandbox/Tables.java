package io.cordon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What all tables hold, to be compared before and after. */
final class Tables {
  private final JdbcClient jdbc;

  Tables(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A fingerprint of every table, the engine's among them, but for those whose names begin like this. */
  Map<String, String> contents(String... without) {
    Map<String, String> contents = new TreeMap<>();
    List<String> names =
        jdbc.sql("select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'").query(String.class).list();
    names.stream().filter(name -> List.of(without).stream().noneMatch(name::startsWith)).forEach(name ->
        contents.put(name, jdbc.sql("select count(*) || ' ' || md5(coalesce(string_agg(t::text, '|' order by t::text), '')) from \"" + name + "\" t").query(String.class).single()));
    return contents;
  }

  /** Waits until the engine has nothing left to do within the next minute: cards, pages and what follows them are written. */
  void settle() {
    CrashWorld.patiently("nothing goes on any more").untilAsserted(() ->
        assertThat(
                jdbc.sql(
                        """
                        select concat_ws(' ', handler_type_, handler_cfg_, duedate_) from act_ru_job where retries_ > 0 and (duedate_ is null or duedate_ < :soon)
                        union all
                        select concat_ws(' ', topic_name_, error_msg_, lock_exp_time_) from act_ru_ext_task where retries_ is null or retries_ > 0""")
                    .param("soon", Timestamp.from(Instant.now().plusSeconds(60)))
                    .query(String.class)
                    .list())
            .isEmpty());
  }

  /** How many refused answers to this request the log has, sequenced or not. */
  long refusals(String approvalId) {
    return jdbc.sql(
            """
            select (select count(*) from evidence_entry where type = 'DECISION_REFUSED' and convert_from(leaf, 'UTF8') like :id)
                 + (select count(*) from evidence_stage where type = 'DECISION_REFUSED' and state = 'STAGED' and convert_from(body, 'UTF8') like :id)""")
        .param("id", "%" + approvalId + "%")
        .query(Long.class)
        .single();
  }
}
