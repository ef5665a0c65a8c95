package io.cordon.playbook.handlers;

import io.cordon.assets.AssetJudge;
import io.cordon.assets.AssetLookup;
import io.cordon.assets.AssetMatch;
import io.cordon.assets.AssetProof;
import io.cordon.assets.AssetWarning;
import io.cordon.assets.IdentitySource;
import io.cordon.assets.Resolution;
import io.cordon.assets.register.AssetRegister;
import io.cordon.assets.register.EffectiveFacts;
import io.cordon.assets.register.RegisterEntry;
import io.cordon.assets.register.RegisterField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Brings Arc, Defender and the register together about one machine. */
@Component
public class AssetProver {
  private final AssetLookup lookup;
  private final AssetRegister register;
  private final AssetJudge judge;

  AssetProver(AssetLookup lookup, AssetRegister register, AssetJudge judge) {
    this.lookup = lookup;
    this.register = register;
    this.judge = judge;
  }

  /**
   * What the names lead to.
   *
   * @param asset null unless it is exactly one machine
   */
  public record Found(Resolution.Outcome outcome, ProvedAsset asset) {}

  /**
   * Looks for the machine that all these names mean.
   *
   * @param chosen whether a person of the SOC named it
   */
  public Found find(List<String> names, boolean chosen) {
    Resolution resolution = lookup.resolve(names);
    if (resolution.match() == null) {
      return new Found(resolution.outcome(), null);
    }
    AssetMatch match = resolution.match();
    Optional<RegisterEntry> entry = register.find(match.machine().arcId());
    Optional<String> registered = entry.map(one -> one.value(RegisterField.MDE_DEVICE_ID));
    // the register's pair of ids must be this one, or one that was merged into it
    if (registered.isPresent() && !match.deviceIds().contains(registered.get())) {
      return new Found(Resolution.Outcome.SEVERAL, null);
    }
    return new Found(Resolution.Outcome.ONE, proved(match, entry, registered.isPresent(), chosen));
  }

  private ProvedAsset proved(AssetMatch match, Optional<RegisterEntry> entry, boolean registered, boolean chosen) {
    EffectiveFacts facts = EffectiveFacts.of(entry, match.machine().tags());
    List<IdentitySource> also = new ArrayList<>();
    if (registered) {
      also.add(IdentitySource.REGISTER);
    }
    if (chosen) {
      also.add(IdentitySource.SOC_CHOICE);
    }
    List<AssetWarning> noted = new ArrayList<>();
    // an entry that says nothing for safety was made by one person and tells nobody anything
    if (entry.map(one -> one.values().keySet().stream().noneMatch(RegisterField::isSafety)).orElse(true)) {
      noted.add(AssetWarning.NOT_IN_REGISTER);
    }
    if (facts.contradicted()) {
      noted.add(AssetWarning.TAGS_CONTRADICT_REGISTER);
    }
    AssetProof proof = judge.proof(match, also, noted, entry.map(RegisterEntry::revision).orElse(0));
    return new ProvedAsset(match.machine().name(), proof, match.stale() ? EffectiveFacts.UNKNOWN : facts);
  }
}
