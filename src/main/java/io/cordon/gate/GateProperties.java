package io.cordon.gate;

import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Who answers for what.
 *
 * @param tenantId the hospital's Entra tenant; answers from another are refused
 * @param clinicalServices clinical service (PACS, EHR, FHIR) to the object id of the Entra group of its approvers
 * @param holdMinutes how long a HOLD lasts before the next people are asked
 * @param emergencyWindow how long an emergency may take to reach the machine: an offline one is isolated when it comes back
 *     within this time, and not any more after it
 * @param lastAnswerMinutes how long approvers have when they are asked once more right before acting
 * @param tokenAge how long a token vouches for a person while Entra cannot be asked; 15 minutes unless told
 * @param mostAtOnce how many machines of one clinical service may be without network at once before a yes must confirm the number
 */
@ConfigurationProperties("cordon.gate")
public record GateProperties(
    String tenantId,
    Map<String, String> clinicalServices,
    int holdMinutes,
    Duration emergencyWindow,
    int lastAnswerMinutes,
    Duration tokenAge,
    int mostAtOnce) {
  public GateProperties {
    emergencyWindow = emergencyWindow == null ? Duration.ofHours(4) : emergencyWindow;
    clinicalServices = clinicalServices == null ? Map.of() : Map.copyOf(clinicalServices);
    holdMinutes = holdMinutes == 0 ? 15 : holdMinutes;
    mostAtOnce = mostAtOnce == 0 ? 2 : mostAtOnce;
    lastAnswerMinutes = lastAnswerMinutes == 0 ? 10 : lastAnswerMinutes;
    tokenAge = tokenAge == null ? Duration.ofMinutes(15) : tokenAge;
  }
}
