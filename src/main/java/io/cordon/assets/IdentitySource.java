package io.cordon.assets;

/** What an identity was proved by. */
public enum IdentitySource {
  /** The Arc resource id that the alert named exists. */
  ARC_ID,
  /** Exactly one Arc machine carries the device id in its tag. */
  ARC_TAG,
  /** Defender knows the device id. */
  MDE_ID,
  /** Defender says that one device record replaced the other. */
  MDE_MERGED,
  /** The register has the same pair of ids. */
  REGISTER,
  /** A person of the SOC named the device id. */
  SOC_CHOICE
}
