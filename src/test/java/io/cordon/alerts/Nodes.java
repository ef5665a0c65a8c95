package io.cordon.alerts;

import io.cordon.evidence.EvidenceLog;
import io.cordon.platform.sealed.SealedStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Starts further nodes on the database, each with an intake of its own. */
record Nodes(
    JdbcClient jdbc, Clock clock, CaseBook cases, Quarantine quarantine, SealedStore sealed, EvidenceLog evidence, PlaybookStarter playbooks,
    PlatformTransactionManager transactions) {
  Node start() {
    return new Node(this);
  }

  AlertIntake intake(AlertBook alerts, Node.Commits commits, SimpleMeterRegistry meters) {
    IntakeRecord record = new IntakeRecord(alerts, new NamedProcesses(jdbc), sealed, evidence);
    IntakeTurn turn = new IntakeTurn(new NameLocks(jdbc), alerts, cases, record, playbooks, commits);
    return new AlertIntake(turn, quarantine, sealed, commits, new IntakeMeters(meters));
  }
}
