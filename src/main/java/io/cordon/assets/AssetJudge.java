package io.cordon.assets;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Says what a found machine is good for and what people should know about it. Pure: the same match, the same proof. */
public final class AssetJudge {
  private static final Pattern OS = Pattern.compile("[A-Za-z0-9 ().,/_+-]{1,80}");

  private final SupportList support;

  AssetJudge(SupportList support) {
    this.support = support;
  }

  /**
   * The proof to keep.
   *
   * @param also sources besides Arc and Defender
   * @param noted warnings that come from elsewhere, such as the register
   * @param registerRevision 0 without an entry
   */
  public AssetProof proof(AssetMatch match, Collection<IdentitySource> also, Collection<AssetWarning> noted, int registerRevision) {
    String os = os(match);
    MdeDevice device = match.device();
    TreeSet<IdentitySource> sources = new TreeSet<>(match.sources());
    sources.addAll(also);
    return new AssetProof(
        match.machine().arcId(),
        device.id(),
        List.copyOf(sources),
        device.onboarding(),
        device.health(),
        os,
        arcStatus(match),
        Capability.of(support.isUnix(os) || support.isUnix(device.os()), device.onboarding(), device.health(), match.stale()),
        warnings(match, os, noted),
        match.readAt(),
        match.stale(),
        registerRevision);
  }

  private List<AssetWarning> warnings(AssetMatch match, String os, Collection<AssetWarning> noted) {
    List<AssetWarning> warnings = new ArrayList<>();
    support.warning(os, match.device().architecture()).ifPresent(warnings::add);
    when(warnings, !"Onboarded".equals(match.device().onboarding()), AssetWarning.NOT_ONBOARDED);
    when(warnings, !"Active".equals(match.device().health()), AssetWarning.SENSOR_NOT_ACTIVE);
    when(warnings, !"Connected".equals(arcStatus(match)), AssetWarning.ARC_NOT_CONNECTED);
    // a sensor may be there without the extension; one that did not end well is worth a look
    when(warnings, !"Succeeded".equals(match.machine().extensions().getOrDefault("MDE.Linux", "Succeeded")), AssetWarning.EXTENSION_NOT_READY);
    when(warnings, match.sources().contains(IdentitySource.MDE_MERGED), AssetWarning.DEVICE_MERGED);
    when(warnings, match.stale(), AssetWarning.FACTS_STALE);
    warnings.addAll(noted);
    return warnings;
  }

  private static void when(List<AssetWarning> warnings, boolean holds, AssetWarning warning) {
    if (holds) {
      warnings.add(warning);
    }
  }

  private static String os(AssetMatch match) {
    String arc = match.machine().osSku();
    String os = arc.isBlank() ? match.device().os() : arc;
    return OS.matcher(os).matches() ? os : "";
  }

  private static String arcStatus(AssetMatch match) {
    String status = match.machine().status();
    return List.of("Connected", "Disconnected", "Error", "Expired").contains(status) ? status : MdeDevice.UNKNOWN;
  }
}
