package io.cordon.testing;

/**
 * Where Cordon may die on the way from the intent to isolate a machine to its release: before or after the commit of a
 * transaction that writes this, or the answer to a call to Defender.
 */
public enum CrashPoint {
  INTENT_NOT_COMMITTED("insert into execution_permit", null, false),
  INTENT_COMMITTED("insert into execution_permit", null, true),
  CHECKPOINT_NOT_COMMITTED("insert into evidence_checkpoint", null, false),
  CHECKPOINT_COMMITTED("insert into evidence_checkpoint", null, true),
  LOOKED_FOR_OPEN_ACTIONS(null, "actionsOf", true),
  SENDING_NOT_COMMITTED("set state = 'SENDING'", null, false),
  SENDING_COMMITTED("set state = 'SENDING'", null, true),
  ISOLATION_TAKEN(null, "isolate", true),
  ACCEPTANCE_NOT_COMMITTED("set state = 'SENT'", null, false),
  ACCEPTANCE_COMMITTED("set state = 'SENT'", null, true),
  POLLED(null, "action", true),
  RESULT_NOT_COMMITTED("settled_at = ?", null, false),
  RESULT_COMMITTED("settled_at = ?", null, true),
  CANCEL_NOT_SENT(null, "cancel", false),
  CANCEL_TAKEN(null, "cancel", true),
  RELEASE_INTENT_NOT_COMMITTED("insert into execution_permit", null, false),
  RELEASE_INTENT_COMMITTED("insert into execution_permit", null, true),
  RELEASE_SENDING_COMMITTED("set state = 'SENDING'", null, true),
  RELEASE_TAKEN(null, "unisolate", true),
  RELEASE_ACCEPTANCE_NOT_COMMITTED("set state = 'SENT'", null, false),
  RELEASE_POLLED(null, "action", true),
  RELEASE_RESULT_NOT_COMMITTED("settled_at = ?", null, false);

  private final String sql;
  private final String call;
  private final boolean after;

  CrashPoint(String sql, String call, boolean after) {
    this.sql = sql;
    this.call = call;
    this.after = after;
  }

  boolean isAfter() {
    return after;
  }

  boolean isStatement(String statement) {
    return sql != null && statement.contains(sql);
  }

  boolean isCall(String name) {
    return name.equals(call);
  }
}
