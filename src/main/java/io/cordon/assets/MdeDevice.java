package io.cordon.assets;

import java.util.Objects;

/**
 * A device as Defender knows it, as far as its identity and health go. Contract MDE, section 7.
 *
 * @param os platform and version as reported; empty when absent or of a strange shape
 * @param architecture {@code x64}, {@code arm64} or {@code Unknown}
 * @param health one of the documented words; {@code Unknown} for anything else
 * @param onboarding one of the documented words; {@code Unknown} for anything else
 * @param mergedInto id of the record that replaced this one, or null
 */
public record MdeDevice(String id, String os, String architecture, String health, String onboarding, String mergedInto) {
  static final String UNKNOWN = "Unknown";

  public MdeDevice {
    Objects.requireNonNull(id, "id");
  }
}
