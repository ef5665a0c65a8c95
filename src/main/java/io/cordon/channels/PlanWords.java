package io.cordon.channels;

import io.cordon.gate.Plan;
import io.cordon.gate.Plans;
import io.cordon.gate.StopOrder;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What a plan does, put into words for a card. */
@Component
class PlanWords {
  /** What stops while a machine of the service has no network. */
  private static final Map<String, String> STOPS =
      Map.of(
          "PACS", "Sending and reading of images from CT, MR, US, CR and other modalities",
          "EHR", "Records, orders and results",
          "FHIR", "Exchange of data between clinical systems");

  private final Plans plans;

  PlanWords(Plans plans) {
    this.plans = plans;
  }

  String title(Plan plan) {
    return switch (plan.action()) {
      case Plan.STOP_PROCESS -> stopping(plans.stopOrder(plan.id()));
      case Plan.COMPENSATE -> "People change the firewall, the network access or the sessions around the server";
      default -> "Isolate the server from the network" + until(plan);
    };
  }

  private static String until(Plan plan) {
    return plan.maxIsolationHours() == 0
        ? " until security releases it; it is paged from the first minute"
        : ", for at most " + plan.maxIsolationHours() + " h before security must decide again";
  }

  private static String stopping(StopOrder order) {
    String data = order.data() == StopOrder.DataStatement.NO_DATABASE ? "no database" : "a database that is safe to stop";
    return "Stop one process: " + order.words() + "; security says it is " + data;
  }

  /** What is asked for in words that fit a phone: nobody is to be woken for more, or for less, than the plan does. */
  static String deed(Plan plan) {
    String machines = plan.machines() + " (" + plan.clinicalService() + ")";
    return switch (plan.action()) {
      case Plan.STOP_PROCESS -> "stop one process of " + machines + ", no isolation";
      case Plan.COMPENSATE -> "put protection around " + machines + ", no isolation";
      default -> "isolate " + machines;
    };
  }

  static String stops(Plan plan) {
    return switch (plan.action()) {
      case Plan.STOP_PROCESS -> "Whatever this process does; the server goes on";
      case Plan.COMPENSATE -> "What the change around the server stops";
      default -> STOPS.getOrDefault(plan.clinicalService(), "Everything this server does for patients");
    };
  }

  static String wayBack(Plan plan) {
    return switch (plan.action()) {
      case Plan.STOP_PROCESS -> "Whoever runs the server starts it again; its service manager may do so at once";
      case Plan.COMPENSATE -> "Security sees to it that the change is taken back";
      default -> Plan.BY_PLAN.equals(plan.release())
          ? "Released by itself at the time above, or earlier by security; else at its console"
          : "Security releases it in Defender; if that fails, at its console";
    };
  }
}
