package io.cordon.assets;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The two exact names of a machine. Whatever does not have their shape is no id: it is kept out of queries, columns and
 * logs, since it may hold anything. Contracts: MDE section 7, Sentinel/Graph/Arc section 4.1.
 */
public final class MachineIds {
  private static final Pattern ARC =
      Pattern.compile(
          "/subscriptions/[0-9a-f-]{1,36}/resourcegroups/[a-z0-9._()-]{1,90}"
              + "/providers/microsoft\\.hybridcompute/machines/[a-z0-9._-]{1,64}");
  private static final Pattern MDE = Pattern.compile("[0-9a-f]{40}");

  private MachineIds() {}

  /** The Arc resource id in lower case, if this is one. */
  public static Optional<String> arc(String text) {
    return exact(ARC, text);
  }

  /** The Defender device id in lower case, if this is one. */
  public static Optional<String> mde(String text) {
    return exact(MDE, text);
  }

  private static Optional<String> exact(Pattern shape, String text) {
    return Optional.ofNullable(text).map(id -> id.toLowerCase(Locale.ROOT)).filter(id -> shape.matcher(id).matches());
  }
}
