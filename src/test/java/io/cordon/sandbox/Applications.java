package io.cordon.sandbox;

import java.util.List;
import java.util.Map;

/** The applications that can sign in, what each may ask tokens for, and the roles it has there. */
final class Applications {
  /** One application: its client id, its secret, and its roles by resource. */
  record Application(String id, String secret, Map<String, List<String>> resources) {}

  static final String FORWARDER = "sentinel-forwarder";
  static final String FORWARDER_SECRET = "sandbox-only-forwarder-secret";

  private static final Application CORDON =
      new Application(
          People.CORDON, People.SECRET,
          Map.of(
              MdeAccess.AUDIENCE, List.of(MdeAccess.ISOLATE, MdeAccess.READ, MdeAccess.LIVE_RESPONSE, MdeAccess.LIBRARY),
              "https://management.azure.com", List.of(),
              "https://api.botframework.com", List.of(),
              SimulatedLogAnalytics.AUDIENCE, List.of(SimulatedLogAnalytics.READ),
              SimulatedGraph.AUDIENCE, List.of(
                  SimulatedDirectory.READ_ACCOUNTS, SimulatedDirectory.READ_GROUPS, SimulatedDirectory.READ_ROLES, SimulatedGraph.READ_ALERTS, SimulatedHunting.READ,
                  SimulatedCalendar.READ),
              SimulatedFhir.AUDIENCE, List.of(SimulatedFhir.READ)));

  private static final Map<String, Application> ALL =
      Map.of(People.CORDON, CORDON, FORWARDER, new Application(FORWARDER, FORWARDER_SECRET, Map.of(People.CORDON, List.of("Alerts.Send"))));

  private Applications() {}

  /** The application with this client id, or null. */
  static Application of(String id) {
    return id == null ? null : ALL.get(id);
  }
}
