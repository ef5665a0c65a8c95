package io.cordon.gate;

import io.cordon.platform.mode.OperatingMode;
import io.cordon.platform.time.SqlTime;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;

/** In which mode this node runs and in which the installation does, which should be the same. */
public class ModeState {
  private final OperatingMode mode;
  private final JdbcClient jdbc;

  ModeState(OperatingMode mode, JdbcClient jdbc) {
    this.mode = mode;
    this.jdbc = jdbc;
  }

  /**
   * The two.
   *
   * @param here of this node
   * @param agreed of the installation; a node of another mode sends nothing and leaves all steps at Defender to the others
   * @param since from when on it is the agreed one, UTC; null when nobody ever chose one
   */
  public record State(OperatingMode here, OperatingMode agreed, Instant since) {
    public boolean isRight() {
      return here == agreed;
    }
  }

  public State now() {
    return jdbc.sql("select mode, since from operating_mode")
        .query((row, number) -> new State(mode, OperatingMode.valueOf(row.getString("mode")), SqlTime.read(row, "since")))
        .optional().orElse(new State(mode, OperatingMode.LIVE, null));
  }
}
