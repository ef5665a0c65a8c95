package io.cordon.playbook;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.stream.Stream;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.ConcurrencyFailureException;

class EngineTurnTest {
  /** How the engine failed when another step of the playbook had come first. */
  static Stream<RuntimeException> waysToLose() {
    return Stream.of(
        new OptimisticLockingException("x"),
        new NullPointerException(),
        new ProcessEngineException("ENGINE-03077 Cannot resolve parent"),
        new ProcessEngineException("x", new SQLException("x", "23503")),
        new ProcessEngineException("x", new SQLException("x", "40P01")));
  }

  @ParameterizedTest
  @MethodSource("waysToLose")
  void mayBeTakenAgainWhenAnotherStepCameFirst(RuntimeException way) {
    assertThatThrownBy(() -> EngineTurn.take(() -> {
      throw way;
    })).isInstanceOf(ConcurrencyFailureException.class).hasRootCause(way.getCause() == null ? way : way.getCause());
  }

  @Test
  void saysAtOnceThatTheDatabaseIsAway() {
    var away = new ProcessEngineException("x", new SQLException("x", "08006"));
    assertThatThrownBy(() -> EngineTurn.take(() -> {
      throw away;
    })).isSameAs(away);
  }
}
