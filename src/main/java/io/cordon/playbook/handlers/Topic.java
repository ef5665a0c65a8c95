package io.cordon.playbook.handlers;

import io.cordon.playbook.worker.TopicHandler;
import io.cordon.playbook.worker.Work;
import java.util.Map;
import java.util.function.Function;

/** A topic and the function that serves it. */
record Topic(String topic, Function<Work, Map<String, Object>> deed) implements TopicHandler {
  @Override
  public Map<String, Object> handle(Work work) {
    return deed.apply(work);
  }
}
