package io.cordon.gate;

import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceType;
import io.cordon.platform.mode.ModeRefusedException;
import io.cordon.platform.mode.OperatingMode;
import io.cordon.platform.time.SqlTime;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lets an installation begin in another mode only while no action is open: what was approved as an exercise must not be done in
 * earnest, and what was isolated in earnest must not be released in shadow, where nothing is sent.
 */
class ModeChange implements InitializingBean {
  private static final String OPEN =
      """
      select (select count(*) from execution_permit where settled_at is null)
           + (select count(*) from late_look where (next_look is not null or look_beside is not null) and until > :now)
           + (select count(*) from approval_request a join incident_case c on c.id = a.case_id
               where a.state in ('PENDING', 'HELD', 'GRANTED') and c.state = 'OPEN')""";

  private final OperatingMode mode;
  private final JdbcClient jdbc;
  private final EvidenceLog evidence;
  private final Clock clock;
  private final TransactionTemplate transaction;

  ModeChange(OperatingMode mode, JdbcClient jdbc, EvidenceLog evidence, Clock clock, TransactionTemplate transaction) {
    this.mode = mode;
    this.jdbc = jdbc;
    this.evidence = evidence;
    this.clock = clock;
    this.transaction = transaction;
  }

  /** @throws ModeRefusedException when the mode is another than before and an action is open */
  @Override
  public void afterPropertiesSet() {
    transaction.executeWithoutResult(status -> begin());
  }

  private void begin() {
    jdbc.sql("insert into operating_mode (mode, since) values ('LIVE', :now) on conflict do nothing").param("now", SqlTime.of(clock.instant())).update();
    OperatingMode before = OperatingMode.valueOf(jdbc.sql("select mode from operating_mode for update").query(String.class).single());
    if (before == mode) {
      return;
    }
    long open = jdbc.sql(OPEN).param("now", SqlTime.of(clock.instant())).query(Long.class).single();
    if (open > 0) {
      throw new ModeRefusedException(
          "its mode is to change from " + before + " to " + mode + ", but " + open + " requests or actions are open.",
          "Start it with cordon.mode=" + before.name().toLowerCase(Locale.ROOT)
              + ", withdraw or finish them on the page /cases, release what is isolated, then change the mode. What Defender may still have of"
              + " an action without a known end counts too, for four days.");
    }
    jdbc.sql("update operating_mode set mode = :mode, since = :now").param("mode", mode.name()).param("now", SqlTime.of(clock.instant())).update();
    evidence.append(
        EvidenceEvent.ofSystem(EvidenceType.CONFIG_CHANGED, Map.of("what", "MODE", "from", before.name(), "to", mode.name())));
  }
}
