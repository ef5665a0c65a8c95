package io.cordon.platform.phi;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Stands before every outgoing JSON body: each name and value in it is either a known shape of ours or goes through the net. */
public final class OutgoingNet {
  /** Counts what was held back, by channel and rule. */
  public static final String COUNTER = "cordon.phi.held";

  private final PatientDataNet net;
  private final OwnValues own;
  private final MeterRegistry meters;

  OutgoingNet(PatientDataNet net, OwnValues own, MeterRegistry meters) {
    this.net = net;
    this.own = own;
    this.meters = meters;
  }

  /** Built-in rules and the address of the console. */
  public static OutgoingNet of(Map<String, String> sitePatterns, String consoleUrl, MeterRegistry meters) {
    return new OutgoingNet(new PatientDataNet(sitePatterns), new OwnValues(consoleUrl), meters);
  }

  /**
   * Lets a body pass.
   *
   * @throws PatientDataFound when it must not be sent
   */
  public void pass(String service, String operation, JsonNode body) {
    Optional<Hit> hit = texts(body).filter(text -> !own.isOne(text)).map(OwnValues::withoutIds).flatMap(text -> net.check(text).stream()).findFirst();
    if (hit.isPresent()) {
      meters.counter(COUNTER, "channel", service, "rule", hit.get().rule()).increment();
      throw new PatientDataFound(service, operation, hit.get().rule());
    }
  }

  private static Stream<String> texts(JsonNode node) {
    if (node.isObject()) {
      return node.properties().stream().flatMap(field -> Stream.concat(Stream.of(field.getKey()), texts(field.getValue())));
    }
    return node.isArray() ? StreamSupport.stream(node.spliterator(), false).flatMap(OutgoingNet::texts) : Stream.of(node.asText());
  }
}
