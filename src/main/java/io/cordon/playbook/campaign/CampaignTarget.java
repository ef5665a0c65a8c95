package io.cordon.playbook.campaign;

/** A machine that a case is to contain together with others. */
public record CampaignTarget(String mdeDeviceId, String arcId, String machineName, String clinicalService) {}
