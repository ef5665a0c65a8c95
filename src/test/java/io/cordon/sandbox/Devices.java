package io.cordon.sandbox;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The hospital's machines, the same at every start. Those named bulk-00001 to bulk-99999 come into being when somebody asks
 * for one, by its name or by either id.
 */
final class Devices {
  static final String SUBSCRIPTION = "44444444-4444-4444-8444-444444444444";

  private static final String ARC = "/subscriptions/" + SUBSCRIPTION 
          + "/resourceGroups/hospital/providers/Microsoft.HybridCompute/machines/";
  private static final Pattern BULK = Pattern.compile("bulk-(?!00000)\\d{5}");

  /** One machine. Whether it can be reached, and is isolated, changes; everything else stays. */
  static final class Device {
    final String name;
    /** Its id in Defender; empty when it is not there. */
    final String mdeId;
    /** Its id in Arc; empty when it is not there. */
    final String arcId;
    final String os;
    final Map<String, String> tags;
    /** The record in Defender that replaced this one; empty when none did. */
    final String mergedInto;
    private volatile boolean isolated;
    private final TreeMap<Instant, Boolean> turns = new TreeMap<>(Map.of(Instant.MIN, true));

    private Device(String name, String mdeId, String arcId, String os, Map<String, String> tags, String mergedInto) {
      this.name = name;
      this.mdeId = mdeId;
      this.arcId = arcId;
      this.os = os;
      this.tags = new TreeMap<>(tags);
      this.mergedInto = mergedInto;
    }

    String dnsName() {
      return name + ".hosp.example";
    }

    /** Goes offline, or comes back. */
    synchronized void turn(boolean online, Instant at) {
      if (online != online()) {
        turns.put(at, online);
      }
    }

    synchronized boolean online() {
      return turns.lastEntry().getValue();
    }

    void isolate(boolean off) {
      isolated = off;
    }

    /** What Arc hears of it: an isolated machine talks to Defender only. */
    boolean connected() {
      return online() && !isolated;
    }

    /** Now, or the moment it went offline. */
    synchronized Instant lastSeen(Instant now) {
      return online() ? now : turns.lastKey();
    }

    /** The first moment, from this one on, at which it could be reached; empty when it did not come back yet. */
    synchronized Optional<Instant> reachableFrom(Instant from) {
      return turns.floorEntry(from).getValue()
          ? Optional.of(from)
          : turns.tailMap(from, false).entrySet().stream().filter(Map.Entry::getValue).map(Map.Entry::getKey).findFirst();
    }
  }

  private final List<Device> all = new ArrayList<>();
  private final Map<String, Device> byName = new LinkedHashMap<>();
  private final Map<String, Device> byMdeId = new LinkedHashMap<>();
  private final Map<String, Device> byArcId = new LinkedHashMap<>();

  Devices() {
    add("pacs-gw-01", "pacs-gw-01", "Ubuntu 22.04", Map.of("System", "PACS", "Env", "Prod", "ContainsPHI", "true", "Egress", "DIRECT"));
    add("fhir-prod-01", "fhir-prod-01", "RHEL 8.9", Map.of("System", "FHIR", "Env", "Prod", "ContainsPHI", "true", "Egress", "DIRECT"));
    add("ehr-db-01", "ehr-db-01", "SLES 15", Map.of("System", "EHR", "Env", "Prod", "ContainsPHI", "true", "NeverIsolate", "true", "Egress", "DIRECT"));
    add("img-proxy-01", "img-proxy-01", "Ubuntu 22.04", Map.of("System", "PACS", "Env", "Prod", "ContainsPHI", "true", "Egress", "PROXY"));
    add("dev-build-01", "dev-build-01", "Ubuntu 24.04", Map.of("System", "PACS", "Env", "Dev", "ContainsPHI", "false", "Egress", "DIRECT"));
    add("untagged-01", "untagged-01", "Ubuntu 22.04", Map.of());
    add("twin-01", "twin-01", "RHEL 9.2", Map.of("System", "FHIR", "Env", "Prod"));
    add("twin-01", "twin-01-old", "RHEL 9.2", Map.of("System", "FHIR", "Env", "Prod"));
    // neither Defender nor Arc run on AIX: it only sends syslog
    add(new Device("lis-aix-01", "", "", "AIX 7.2", Map.of(), ""));
    add("merged-01", "merged-01", "RHEL 9.2", Map.of("System", "FHIR", "Env", "Prod", "ContainsPHI", "true", "Egress", "DIRECT"));
    // the record it had in Defender before; alerts may still name it
    add(new Device("merged-01", mdeId("merged-01-old"), "", "RHEL 9.2", Map.of(), mdeId("merged-01")));
  }

  /** Every machine there is so far. */
  synchronized List<Device> all() {
    return List.copyOf(all);
  }

  synchronized Optional<Device> named(String name) {
    createIfBulk(name);
    return Optional.ofNullable(byName.get(name));
  }

  synchronized Optional<Device> byMdeId(String id) {
    // the id of a bulk machine ends with its number
    createIfBulk("bulk-" + id.substring(Math.max(0, id.length() - 5)), id);
    return Optional.ofNullable(byMdeId.get(lower(id)));
  }

  synchronized Optional<Device> byArcId(String id) {
    createIfBulk(id.substring(id.lastIndexOf('/') + 1));
    return Optional.ofNullable(byArcId.get(lower(id)));
  }

  private void createIfBulk(String name, String onlyIfMdeId) {
    if (BULK.matcher(name).matches() && mdeId(name).equalsIgnoreCase(onlyIfMdeId)) {
      createIfBulk(name);
    }
  }

  private void createIfBulk(String name) {
    if (!byName.containsKey(name) && BULK.matcher(name).matches()) {
      add(name, name, "Ubuntu 22.04", Map.of("System", "PACS", "Env", "Prod", "ContainsPHI", "true", "Egress", "DIRECT"));
    }
  }

  private void add(String name, String record, String os, Map<String, String> tags) {
    Map<String, String> withId = new TreeMap<>(tags);
    withId.put("MdeDeviceId", mdeId(record));
    add(new Device(name, mdeId(record), ARC + record, os, withId, ""));
  }

  private void add(Device device) {
    all.add(device);
    byName.putIfAbsent(device.name, device);
    if (!device.mdeId.isEmpty()) {
      byMdeId.put(device.mdeId, device);
    }
    if (!device.arcId.isEmpty()) {
      byArcId.put(lower(device.arcId), device);
    }
  }

  private static String lower(String id) {
    return id.toLowerCase(Locale.ROOT);
  }

  private static String mdeId(String record) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(("device " + record).getBytes(StandardCharsets.UTF_8));
      String number = BULK.matcher(record).matches() ? record.substring("bulk-".length()) : "";
      return HexFormat.of().formatHex(hash).substring(0, 40 - number.length()) + number;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
