package io.cordon.web.console;

import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.Plan;
import io.cordon.gate.Plans;
import io.cordon.gate.windows.MaintenanceWindows;
import io.cordon.playbook.TaskForm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneId;
import java.util.function.Predicate;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;

/** What the pages share. */
@Configuration
class ConsoleConfiguration {
  @Bean
  Times times(@Value("${cordon.zone:UTC}") ZoneId zone, Clock clock) {
    return new Times(zone, clock);
  }

  @Bean
  ApprovalForm approvalForm(Plans plans, MaintenanceWindows windows, Times times, Clock clock) throws IOException {
    String form = new ClassPathResource("forms/approve-maintenance-window.form").getContentAsString(StandardCharsets.UTF_8);
    Predicate<ApprovalRequest> atOnce = request -> plans.find(request.planId()).filter(Plan::isEmergency).isPresent();
    return new ApprovalForm(TaskForm.parse(form).fields(), atOnce, windows, times, clock);
  }
}
