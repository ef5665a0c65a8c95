package io.cordon.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class AgainTest {
  private final PlatformTransactionManager transactions = mock();
  private final TransactionTemplate template = new TransactionTemplate(transactions);

  @Test
  void rollsBackAndDoesItAgainWhenAnotherCameFirst() {
    Deque<RuntimeException> failures = new ArrayDeque<>(List.of(tooLate(), tooLate()));
    assertThat(Again.transaction(template, () -> failOrAnswer(failures))).isEqualTo("taken");
    verify(transactions, times(2)).rollback(any());
    verify(transactions, times(1)).commit(any());
  }

  @Test
  void givesUpAfterFiveTries() {
    Deque<RuntimeException> failures = new ArrayDeque<>(java.util.Collections.nCopies(9, tooLate()));
    assertThatThrownBy(() -> Again.transaction(template, () -> failOrAnswer(failures))).isInstanceOf(OptimisticLockingFailureException.class);
    assertThat(failures).hasSize(4);
  }

  @Test
  void doesNothingElseAgain() {
    Deque<RuntimeException> failures = new ArrayDeque<>(List.of(new IllegalStateException(), tooLate()));
    assertThatThrownBy(() -> Again.transaction(template, () -> failOrAnswer(failures))).isInstanceOf(IllegalStateException.class);
    assertThat(failures).hasSize(1);
  }

  private static String failOrAnswer(Deque<RuntimeException> failures) {
    if (!failures.isEmpty()) {
      throw failures.pop();
    }
    return "taken";
  }

  private static RuntimeException tooLate() {
    return new OptimisticLockingFailureException("x");
  }
}
