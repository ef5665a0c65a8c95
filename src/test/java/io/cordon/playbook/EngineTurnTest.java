package io.cordon.playbook;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.ConcurrencyFailureException;

class EngineTurnTest {
  @ParameterizedTest
  @ValueSource(strings = {"40P01", "40001"})
  void mayBeTakenAgainAfterADeadlock(String state) {
    assertThatThrownBy(() -> EngineTurn.take(() -> fail(new RuntimeException(new SQLException("x", state))))).isInstanceOf(ConcurrencyFailureException.class);
  }

  @Test
  void mayBeTakenAgainWhenAnotherStepCommittedFirst() {
    assertThatThrownBy(() -> EngineTurn.take(() -> {
      throw new OptimisticLockingException("x");
    })).isInstanceOf(ConcurrencyFailureException.class);
  }

  @Test
  void leavesOtherFailuresAsTheyAre() {
    assertThatThrownBy(() -> EngineTurn.take(() -> fail(new SQLException("x", "23505")))).isExactlyInstanceOf(ProcessEngineException.class);
  }

  private static void fail(Exception cause) {
    throw new ProcessEngineException("x", cause);
  }
}
