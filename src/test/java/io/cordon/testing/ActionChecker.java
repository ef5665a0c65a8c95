package io.cordon.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What must hold of actions whatever died: read from the tables and from what Defender took, with nothing of Cordon's own code. */
public final class ActionChecker {
  private static final String LOGGED =
      """
      with logged as (select seq, type, convert_from(leaf, 'UTF8')::jsonb -> 'data' ->> 'permit' as permit from evidence_entry),
      facts as (
        select p.id, p.state, p.sent_at, p.action, p.case_id,
               array(select seq from logged where permit = p.id
                      and type = case p.action when 'ISOLATE' then 'ACTION_INTENT' else 'RELEASE_INTENT' end) as intents,
               array(select seq from logged where permit = p.id
                      and type in ('ACTION_RESULT', 'ACTION_CANCELLED', 'ACTION_UNRESOLVED', 'ACTION_DEVIATION', 'RELEASE_RESULT')) as results
          from execution_permit p)
      select id || ' ' || action || ' ' || state || ' intents ' || intents::text || ' results ' || results::text from facts where\s""";

  private final JdbcClient jdbc;

  public ActionChecker(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * At most one accepted action a permit, and none without.
   *
   * @param taken the comments of all isolations and releases that Defender ever took
   */
  public void oneActionAPermit(List<String> taken) {
    List<String> tokens = jdbc.sql("select token from execution_permit").query(String.class).list();
    assertThat(taken).as("actions without a permit").allMatch(comment -> tokens.stream().anyMatch(comment::startsWith));
    assertThat(tokens).as("permits with more than one action")
        .allMatch(token -> taken.stream().filter(comment -> comment.startsWith(token)).count() <= 1);
  }

  /** One intent before and one result or an explicit UNRESOLVED after it; an isolation's intent signed before it was sent. */
  public void oneIntentBeforeAndOneResultAfter(Collection<String> cases) {
    assertThat(inCases("(cardinality(intents) <> 1 or cardinality(results) <> 1 or intents[1] >= results[1])", cases))
        .as("permits without one intent and one result after it").isEmpty();
    assertThat(inCases("action = 'ISOLATE' and sent_at < (select min(at) from evidence_checkpoint where size > intents[1])", cases))
        .as("sent before the intent was signed").isEmpty();
  }

  private List<String> inCases(String wrong, Collection<String> cases) {
    return jdbc.sql(LOGGED + wrong + " and case_id in (:cases)").param("cases", cases).query(String.class).list();
  }
}
