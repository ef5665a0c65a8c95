package io.cordon.testing;

import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/** The engine's clock is one for the whole JVM: set to that of the test's own world before each test, given back afterwards. */
public final class EngineClock implements BeforeEachCallback, AfterAllCallback {
  @Override
  public void beforeEach(ExtensionContext test) {
    SpringExtension.getApplicationContext(test).getBean(SettableClock.class).takeOver();
  }

  @Override
  public void afterAll(ExtensionContext tests) {
    ClockUtil.reset();
  }
}
