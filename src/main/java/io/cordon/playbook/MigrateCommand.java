package io.cordon.playbook;

import io.cordon.evidence.SchemaChanges;
import java.time.Clock;
import java.util.Arrays;
import java.util.stream.Stream;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * {@code migrate}: brings the tables up to date and ends. It takes the settings of {@code spring.datasource} and
 * {@code spring.flyway}, and runs as a database role that Cordon itself does not have (deploy/postgres/roles.sql).
 */
@ImportAutoConfiguration({DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class})
@Import({V1__camunda_engine.class, SchemaChanges.class})
public class MigrateCommand {
  private MigrateCommand() {}

  public static void run(String... args) {
    // an index over the log of years takes longer than any answer that the application waits for
    String[] patient = Stream.concat(Arrays.stream(args), Stream.of("--spring.datasource.hikari.data-source-properties.socketTimeout=0")).toArray(String[]::new);
    new SpringApplicationBuilder(MigrateCommand.class).web(WebApplicationType.NONE).properties("cordon.database.migrate=true").run(patient).close();
  }

  @Bean
  static Clock clock() {
    return Clock.systemUTC();
  }
}
