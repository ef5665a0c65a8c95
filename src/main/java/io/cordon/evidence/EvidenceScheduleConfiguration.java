package io.cordon.evidence;

import java.util.Map;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * The log's own rhythm: signed within 5 s, alive every 5 min. A failure reaches the scheduler, which logs it as an
 * error and tries again.
 */
@Configuration(proxyBeanMethods = false)
class EvidenceScheduleConfiguration {
  private final EvidenceLog log;
  private final EvidencePump pump;

  EvidenceScheduleConfiguration(EvidenceLog log, EvidencePump pump) {
    this.log = log;
    this.pump = pump;
  }

  @Scheduled(fixedDelay = 5_000)
  void flush() {
    pump.flush();
  }

  @Scheduled(fixedRate = 300_000)
  void heartbeat() {
    log.append(EvidenceEvent.ofSystem(EvidenceType.HEARTBEAT, Map.of()));
  }
}
