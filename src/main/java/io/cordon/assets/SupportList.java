package io.cordon.assets;

import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The systems Defender supports, as data. A system that is not on it makes a warning, nothing else. Contract MDE, section 9. */
final class SupportList {
  private static final Pattern VERSION = Pattern.compile("(\\d+)(?:\\.(\\d+))?");
  private static final Pattern RANGE = Pattern.compile("(\\d+)-(\\d+)");

  /** One distribution under all its names. */
  private record Distribution(List<String> names, Map<String, List<String>> versions) {}

  private final List<String> unix;
  private final List<Distribution> linux;

  private SupportList(List<String> unix, List<Distribution> linux) {
    this.unix = unix;
    this.linux = linux;
  }

  /** The list that comes with Cordon. */
  @SuppressWarnings("unchecked")
  static SupportList shipped() {
    try (InputStream in = SupportList.class.getResourceAsStream("support-list.yaml")) {
      Map<String, Object> read = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
      return new SupportList((List<String>) read.get("unix"), ((List<Map<String, Object>>) read.get("linux")).stream().map(SupportList::distribution).toList());
    } catch (IOException e) {
      throw new IllegalStateException("the support list cannot be read", e);
    }
  }

  @SuppressWarnings("unchecked")
  private static Distribution distribution(Map<String, Object> read) {
    return new Distribution(
        (List<String>) read.get("names"),
        Map.of(
            "x64", (List<String>) read.getOrDefault("x64", List.of()),
            "arm64", (List<String>) read.getOrDefault("arm64", List.of())));
  }

  /** Whether a system is one of the Unixes that get no sensor. */
  boolean isUnix(String os) {
    String name = os.toLowerCase(Locale.ROOT);
    return unix.stream().anyMatch(one -> name.equals(one) || name.startsWith(one + " "));
  }

  /** What there is to say about a system, such as {@code Ubuntu 22.04}. Only arm64 has the shorter list. */
  Optional<AssetWarning> warning(String os, String architecture) {
    if (isUnix(os)) {
      return Optional.of(AssetWarning.UNIX);
    }
    Matcher version = VERSION.matcher(servicePackAsMinor(os));
    if (os.isBlank() || !version.find()) {
      return Optional.of(AssetWarning.OS_UNKNOWN);
    }
    String name = os.toLowerCase(Locale.ROOT);
    boolean listed =
        distributionOf(name).stream()
            .flatMap(one -> one.versions().get("arm64".equals(architecture) ? "arm64" : "x64").stream())
            .anyMatch(pattern -> covers(pattern, version));
    return listed ? Optional.empty() : Optional.of(AssetWarning.OS_NOT_LISTED);
  }

  // the longest name wins: CentOS Stream is not CentOS
  private Optional<Distribution> distributionOf(String name) {
    return linux.stream()
        .flatMap(one -> one.names().stream().filter(alias -> name.startsWith(alias + " ")).map(alias -> Map.entry(alias.length(), one)))
        .max(Comparator.comparing(Map.Entry::getKey))
        .map(Map.Entry::getValue);
  }

  private static String servicePackAsMinor(String os) {
    return os.replaceAll("(?i)(\\d+) sp ?(\\d+)", "$1.$2");
  }

  private static boolean covers(String pattern, Matcher version) {
    int major = Integer.parseInt(version.group(1));
    int minor = Optional.ofNullable(version.group(2)).map(Integer::parseInt).orElse(-1);
    Matcher range = RANGE.matcher(pattern);
    if (range.matches()) {
      return major >= Integer.parseInt(range.group(1)) && major <= Integer.parseInt(range.group(2));
    }
    String[] parts = pattern.replace("+", "").split("\\.");
    if (major != Integer.parseInt(parts[0])) {
      return false;
    }
    return parts.length == 1 || (pattern.endsWith("+") ? minor >= Integer.parseInt(parts[1]) : minor == Integer.parseInt(parts[1]));
  }
}
