package io.cordon.alerts;

import io.cordon.testing.TestSettings;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What tests of the intake share: it and its database are real, there is no engine. */
@SpringBootTest(classes = IntakeOnly.class, webEnvironment = SpringBootTest.WebEnvironment.NONE)
abstract class RealIntake {
  @Autowired AlertIntake intake;
  @Autowired Nodes nodes;
  @Autowired JdbcClient jdbc;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    TestSettings.register(registry, "intake_only");
  }

  static String id() {
    return UUID.randomUUID().toString();
  }

  static String machine() {
    return (id() + id()).replace("-", "").substring(0, 40);
  }

  static String row(String alertId, String machine) {
    return """
        {"SystemAlertId":"%s","AlertSeverity":"High","Tactics":"Execution","ProviderName":"MDATP","Entities":[{"MdatpDeviceId":"%s","Type":"host"}]}"""
        .formatted(alertId, machine);
  }

  static byte[] body(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Which of these alerts are in a case. */
  List<String> inACase(Collection<String> alertIds) {
    return jdbc.sql("select system_alert_id from alert where case_id is not null and system_alert_id in (:ids)").param("ids", alertIds).query(String.class).list();
  }
}
