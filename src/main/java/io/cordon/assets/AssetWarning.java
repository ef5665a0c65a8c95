package io.cordon.assets;

/** What the people who decide about a machine should know; nothing here decides by itself. */
public enum AssetWarning {
  OS_NOT_LISTED,
  OS_UNKNOWN,
  UNIX,
  NOT_ONBOARDED,
  SENSOR_NOT_ACTIVE,
  ARC_NOT_CONNECTED,
  EXTENSION_NOT_READY,
  DEVICE_MERGED,
  FACTS_STALE,
  NOT_IN_REGISTER,
  TAGS_CONTRADICT_REGISTER
}
