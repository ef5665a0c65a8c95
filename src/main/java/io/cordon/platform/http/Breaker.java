package io.cordon.platform.http;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Stops calling a service of whose last twenty calls half failed, tries a few again after ten seconds. Nothing waits in it. The
 * metric {@code cordon.breaker.open} is 1 while it does not call.
 */
public final class Breaker {
  private static final int LOOKED_AT = 20;
  /** No longer than the engine waits before its second try, so that a short outage costs a message one try and not two. */
  private static final Duration REST = Duration.ofSeconds(10);
  private static final int TRIED_AGAIN = 3;

  private final String service;
  private final CircuitBreaker breaker;

  /** @param failure which exceptions say that the service, and not the call, is bad */
  public Breaker(String service, Clock clock, MeterRegistry meters, Predicate<Throwable> failure) {
    this.service = service;
    this.breaker =
        CircuitBreaker.of(
            service,
            CircuitBreakerConfig.custom()
                .slidingWindow(LOOKED_AT, LOOKED_AT, CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(50)
                .waitDurationInOpenState(REST)
                .permittedNumberOfCallsInHalfOpenState(TRIED_AGAIN)
                .recordException(failure)
                .currentTimestampFunction(c -> clock.millis(), TimeUnit.MILLISECONDS)
                .clock(clock)
                .build());
    Gauge.builder("cordon.breaker.open", breaker, one -> one.getState() == CircuitBreaker.State.CLOSED ? 0 : 1).tag("service", service).register(meters);
  }

  /**
   * Makes the call.
   *
   * @throws BreakerOpen when it was not made
   */
  public <T> T call(Supplier<T> call) {
    try {
      return breaker.executeSupplier(call);
    } catch (CallNotPermittedException e) {
      throw new BreakerOpen(service);
    }
  }
}
