package io.cordon.gate.clearance;

/** Why a clearance is what it is. */
public enum ClearanceReason {
  NOBODY_COUNTED,
  SOMEBODY_COUNTED,
  /** The site has no clinical feed here. */
  NO_FEED,
  /** The register names no place for one of the machines. */
  NO_LOCATIONS,
  /** Nobody said which machines the feed runs on or behind. */
  FEED_PATH_UNKNOWN,
  /** The feed runs on the target or is reached through it: its silence would prove nothing. */
  FEED_ON_TARGET,
  /** The feed answers, but saw no encounter change lately. */
  FEED_SILENT,
  /** It was not reached, or did not answer in time. */
  FEED_AWAY,
  /** It asked to be left alone for a while. */
  FEED_THROTTLED,
  /** It refused the question. */
  FEED_REFUSED,
  /** It answered something else than was asked. */
  FEED_UNREADABLE
}
