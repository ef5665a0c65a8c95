package io.cordon.playbook.worker;

import java.util.Map;

/**
 * Does the work of one topic outside any engine transaction. May be called again for the same task after a crash, so it
 * looks before it acts. An exception means: try again later; after the last try it becomes an incident.
 */
public interface TopicHandler {
  /** The topic in the models that this handler serves. */
  String topic();

  /** Does the work and returns the variables to set; ids and enums only. */
  Map<String, Object> handle(Work work);
}
