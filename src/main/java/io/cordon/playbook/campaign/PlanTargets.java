package io.cordon.playbook.campaign;

import io.cordon.gate.PlanTarget;
import java.util.List;
import java.util.stream.IntStream;

/** Machines as a plan numbers them. */
public final class PlanTargets {
  private PlanTargets() {}

  /** In this order, from 0. */
  public static List<PlanTarget> of(List<CampaignTarget> machines) {
    return IntStream.range(0, machines.size()).mapToObj(place -> numbered(place, machines.get(place))).toList();
  }

  private static PlanTarget numbered(int place, CampaignTarget machine) {
    return new PlanTarget(place, machine.mdeDeviceId(), machine.arcId(), machine.machineName());
  }
}
