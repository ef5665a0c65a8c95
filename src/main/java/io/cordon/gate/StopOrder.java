package io.cordon.gate;

import java.time.Instant;

/**
 * What a plan to stop a process says: which one, by which script, and what is known about its data.
 *
 * @param started when the process started, UTC; seconds are what the machine is asked for
 * @param sha256 of what it runs, lower-case hex
 * @param data what stopping it does to data
 * @param scriptSha256 of the library script that was agreed to
 */
public record StopOrder(long pid, Instant started, String sha256, DataStatement data, String script, String scriptSha256) {

  /** What somebody vouches for before a process is stopped that may hold data. */
  public enum DataStatement {
    /** It is no database and writes no clinical data. */
    NO_DATABASE,
    /** It is a database; whoever answers for it says that stopping it corrupts no data. */
    DATABASE_SAFE_TO_STOP
  }

  /** The process as people are told of it. */
  public String words() {
    return "process " + pid + ", started " + started + ", executable sha256 " + sha256.substring(0, 12);
  }
}
