package io.cordon;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordon.testing.TestSettings;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest
class ApplicationStartsTest {
  @Autowired JdbcClient jdbc;

  @DynamicPropertySource
  static void database(DynamicPropertyRegistry registry) {
    TestSettings.register(registry, "application_starts");
  }

  @Test
  void createsTheEnginesTablesAndOursInOneMigration() {
    assertThat(jdbc.sql("select version_ from act_ge_schema_log order by timestamp_ desc limit 1").query(String.class).single())
        .startsWith("7.24");
    assertThat(jdbc.sql("select count(*) from execution_permit").query(Long.class).single()).isZero();
  }
}
