package io.cordon.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordon.testing.TestDatabase;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class MigrateCommandTest {
  @Test
  void makesTheTablesAsTheirOwnerAndRecordsIt() {
    String url = TestDatabase.create("migrate");
    assertThatThrownBy(() -> Flyway.configure().dataSource(url, "cordon_app", "").load().validate()).hasMessageContaining("not applied");
    MigrateCommand.run("--spring.datasource.url=" + url, "--spring.datasource.username=cordon_migrator", "--spring.datasource.password=",
        "--spring.flyway.init-sqls=set role cordon_owner", "--spring.main.banner-mode=off");
    JdbcClient app = JdbcClient.create(new DriverManagerDataSource(url, "cordon_app", ""));
    assertThat(app.sql("select count(*) from pg_tables where schemaname = 'public' and tableowner <> 'cordon_owner'").query(Long.class).single()).isZero();
    assertThat(app.sql("select convert_from(body, 'UTF8') from evidence_stage order by staged_order").query(String.class).list())
        .first().asString().contains("\"what\":\"SCHEMA\"", "\"version\":\"20261124.1930\"");
    assertThatThrownBy(() -> app.sql("delete from flyway_schema_history").update()).hasStackTraceContaining("permission denied");
  }
}
