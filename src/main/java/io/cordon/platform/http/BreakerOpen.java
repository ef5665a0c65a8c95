package io.cordon.platform.http;

/** The call was not made, since the service failed again and again a moment ago. */
public final class BreakerOpen extends RuntimeException {
  BreakerOpen(String service) {
    super(service + " is left alone for a while after many failures", null, false, false);
  }
}
