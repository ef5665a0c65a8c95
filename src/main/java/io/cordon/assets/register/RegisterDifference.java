package io.cordon.assets.register;

import io.cordon.assets.register.RegisterUnreadable.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What a file wants changed. An entry of the file is the whole entry; machines that are not in it stay as they are. */
final class RegisterDifference {
  private RegisterDifference() {}

  /**
   * The fields that differ.
   *
   * @param now the register by Arc id
   * @throws RegisterUnreadable when an entry was made from another revision than the current one, or takes a device id
   *     that another machine has
   */
  static List<FieldChange> of(Map<String, RegisterEntry> now, List<WantedEntry> wanted) {
    List<FieldChange> changes = new ArrayList<>();
    for (WantedEntry entry : wanted) {
      String arcId = entry.wanted().arcId();
      Optional<RegisterEntry> current = Optional.ofNullable(now.get(arcId));
      if (current.map(RegisterEntry::revision).orElse(0) != entry.wanted().revision()) {
        throw entry.refused(Problem.REVISION_STALE);
      }
      if (isTaken(now, arcId, entry.wanted().value(RegisterField.MDE_DEVICE_ID))) {
        throw entry.refused(Problem.ENTRY_TWICE);
      }
      for (RegisterField field : RegisterField.values()) {
        String from = current.map(one -> one.value(field)).orElse(null);
        String to = entry.wanted().value(field);
        if (!Objects.equals(from, to)) {
          changes.add(new FieldChange(arcId, field, entry.wanted().revision(), from, to));
        }
      }
    }
    return changes;
  }

  /** Whether a device id belongs to another machine. */
  static boolean isTaken(Map<String, RegisterEntry> now, String arcId, String device) {
    return device != null
        && now.values().stream().anyMatch(other -> !other.arcId().equals(arcId) && device.equals(other.value(RegisterField.MDE_DEVICE_ID)));
  }
}
