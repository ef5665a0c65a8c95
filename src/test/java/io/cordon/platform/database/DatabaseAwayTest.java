package io.cordon.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.TransactionSystemException;

class DatabaseAwayTest {
  @ParameterizedTest
  @ValueSource(strings = {"08001", "08006", "28P01", "3D000", "57P01", "57P03", "53300"})
  void recognisesAnAbsentDatabaseBehindAnyWrapping(String state) {
    assertThat(DatabaseAway.caused(new IllegalStateException(new RuntimeException(new SQLException("x", state))))).isTrue();
  }

  @Test
  void recognisesAnEmptyPool() {
    assertThat(DatabaseAway.caused(new SQLTransientConnectionException("request timed out"))).isTrue();
  }

  @Test
  void looksBehindARollbackThatFailedToo() {
    var hiding = new TransactionSystemException("could not roll back", new SQLException("Connection is closed"));
    hiding.initApplicationException(new IllegalStateException(new SQLException("x", "57P01")));
    assertThat(DatabaseAway.caused(hiding)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"23505", "40001", "42P01", "57014"})
  void leavesFailuresOfStatementsAlone(String state) {
    assertThat(DatabaseAway.caused(new RuntimeException(new SQLException("x", state)))).isFalse();
  }

  @Test
  void leavesOtherFailuresAlone() {
    assertThat(DatabaseAway.caused(new IllegalStateException("x"))).isFalse();
    assertThat(DatabaseAway.caused(new RuntimeException(new SQLException("x", (String) null)))).isFalse();
  }
}
