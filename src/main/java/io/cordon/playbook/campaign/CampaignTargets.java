package io.cordon.playbook.campaign;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The machines that a case is to contain together, as they were proved when the SOC named them. */
@Repository
public class CampaignTargets {
  private final JdbcClient jdbc;

  CampaignTargets(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The machines of a case for one question: those of one clinical service, the services in the order they were named. */
  public List<CampaignTarget> ofService(String caseId, int service) {
    return List.copyOf(byService(caseId).values()).get(service);
  }

  /** Whether a case is to contain machines together. */
  public boolean areOf(String caseId) {
    return jdbc.sql("select exists (select 1 from campaign_target where case_id = :case)").param("case", caseId).query(Boolean.class).single();
  }

  /** How many clinical services are to be asked. */
  int services(String caseId) {
    return byService(caseId).size();
  }

  private Map<String, List<CampaignTarget>> byService(String caseId) {
    return jdbc.sql("select mde_device_id, arc_id, machine_name, clinical_service from campaign_target where case_id = :case order by ordinal")
        .param("case", caseId)
        .query(CampaignTarget.class)
        .list()
        .stream()
        .collect(Collectors.groupingBy(CampaignTarget::clinicalService, LinkedHashMap::new, Collectors.toList()));
  }

  /** Keeps them in the caller's transaction; those of an earlier attempt are replaced. */
  void keep(String caseId, List<CampaignTarget> targets) {
    jdbc.sql("delete from campaign_target where case_id = :case").param("case", caseId).update();
    for (int ordinal = 0; ordinal < targets.size(); ordinal++) {
      CampaignTarget target = targets.get(ordinal);
      jdbc.sql(
              """
              insert into campaign_target (case_id, ordinal, mde_device_id, arc_id, machine_name, clinical_service)
              values (:case, :ordinal, :mde, :arc, :name, :service)""")
          .param("case", caseId)
          .param("ordinal", ordinal)
          .param("mde", target.mdeDeviceId())
          .param("arc", target.arcId())
          .param("name", target.machineName())
          .param("service", target.clinicalService())
          .update();
    }
  }
}
