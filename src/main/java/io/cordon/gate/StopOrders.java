package io.cordon.gate;

import java.time.Instant;
import java.util.Map;

/** A {@link StopOrder} as the parameters of a plan, and back. */
final class StopOrders {
  private StopOrders() {}

  static Map<String, Object> write(StopOrder order) {
    return Map.of(
        "pid", order.pid(), "started", order.started().toString(), "sha256", order.sha256(), "data", order.data().name(), "script", order.script(),
        "scriptSha256", order.scriptSha256());
  }

  static StopOrder read(Map<?, ?> params) {
    return new StopOrder(
        ((Number) params.get("pid")).longValue(), Instant.parse((String) params.get("started")), (String) params.get("sha256"),
        StopOrder.DataStatement.valueOf((String) params.get("data")), (String) params.get("script"), (String) params.get("scriptSha256"));
  }
}
