package io.cordon.playbook.worker;

import java.util.Map;

/**
 * One task to do: the case it belongs to, the process that waits, and the variables it can see.
 *
 * @param lastTry whether a failure now makes an incident instead of another try
 */
public record Work(String caseId, String processInstance, Map<String, Object> variables, boolean lastTry) {
  /** A text variable that must be there. */
  public String text(String name) {
    Object value = variables.get(name);
    if (value == null) {
      throw new IllegalStateException("the process has no variable " + name);
    }
    return value.toString();
  }
}
