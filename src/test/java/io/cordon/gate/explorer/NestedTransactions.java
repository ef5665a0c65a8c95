package io.cordon.gate.explorer;

import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;

/** Transactions inside another one become savepoints, so that what the gate commits can be taken back by the explorer. */
final class NestedTransactions implements PlatformTransactionManager {
  private final PlatformTransactionManager real;

  NestedTransactions(PlatformTransactionManager real) {
    this.real = real;
  }

  @Override
  public TransactionStatus getTransaction(TransactionDefinition asked) {
    var nested = new DefaultTransactionDefinition(asked == null ? TransactionDefinition.withDefaults() : asked);
    nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    return real.getTransaction(nested);
  }

  @Override
  public void commit(TransactionStatus status) {
    real.commit(status);
  }

  @Override
  public void rollback(TransactionStatus status) {
    real.rollback(status);
  }
}
