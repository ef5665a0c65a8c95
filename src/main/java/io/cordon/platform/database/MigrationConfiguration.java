package io.cordon.platform.database;

import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Whether Cordon changes the tables at its start, or runs with a role that may not and starts only if they fit. */
@Configuration(proxyBeanMethods = false)
class MigrationConfiguration {

  @Bean
  FlywayMigrationStrategy migrationStrategy(@Value("${cordon.database.migrate:true}") boolean migrate) {
    return migrate ? Flyway::migrate : Flyway::validate;
  }
}
