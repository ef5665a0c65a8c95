package io.cordon.sandbox;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The hospital's machines, the same at every start. */
final class Devices {
  /** One machine. Whether it can be reached changes; everything else stays. */
  static final class Device {
    final String name;
    final String mdeId;
    final String arcId;
    final String os;
    final Map<String, String> tags;
    private final TreeMap<Instant, Boolean> turns = new TreeMap<>(Map.of(Instant.MIN, true));

    Device(String name, String record, String os, Map<String, String> tags) {
      this.name = name;
      this.mdeId = id(record);
      this.arcId = "/subscriptions/44444444-4444-4444-8444-444444444444/resourceGroups/hospital/providers/Microsoft.HybridCompute/machines/" + record;
      this.os = os;
      this.tags = new TreeMap<>(tags);
      this.tags.put("MdeDeviceId", mdeId);
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

    private static String id(String record) {
      try {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(("device " + record).getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash).substring(0, 40);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private final List<Device> all = new ArrayList<>();

  Devices() {
    add("pacs-gw-01", "Ubuntu 22.04", Map.of("System", "PACS", "Env", "Prod", "ContainsPHI", "true", "Egress", "DIRECT"));
    add("fhir-prod-01", "RHEL 8.9", Map.of("System", "FHIR", "Env", "Prod", "ContainsPHI", "true", "Egress", "DIRECT"));
    add("ehr-db-01", "SLES 15", Map.of("System", "EHR", "Env", "Prod", "ContainsPHI", "true", "NeverIsolate", "true", "Egress", "DIRECT"));
    add("img-proxy-01", "Ubuntu 22.04", Map.of("System", "PACS", "Env", "Prod", "ContainsPHI", "true", "Egress", "PROXY"));
    add("dev-build-01", "Ubuntu 24.04", Map.of("System", "PACS", "Env", "Dev", "ContainsPHI", "false", "Egress", "DIRECT"));
    add("untagged-01", "Ubuntu 22.04", Map.of());
    all.add(new Device("twin-01", "twin-01", "RHEL 9.2", Map.of("System", "FHIR", "Env", "Prod")));
    all.add(new Device("twin-01", "twin-01-old", "RHEL 9.2", Map.of("System", "FHIR", "Env", "Prod")));
  }

  private void add(String name, String os, Map<String, String> tags) {
    all.add(new Device(name, name, os, tags));
  }

  List<Device> all() {
    return all;
  }

  Optional<Device> named(String name) {
    Optional<Device> known = all.stream().filter(device -> device.name.equals(name)).findFirst();
    return known.isPresent() || !name.matches("bulk-\\d{5}") ? known : Optional.of(bulk(name));
  }

  private synchronized Device bulk(String name) {
    return all.stream().filter(device -> device.name.equals(name)).findFirst().orElseGet(() -> {
      add(name, "Ubuntu 22.04", Map.of("System", "PACS", "Env", "Prod", "ContainsPHI", "true", "Egress", "DIRECT"));
      return all.get(all.size() - 1);
    });
  }

  Optional<Device> byMdeId(String id) {
    return all.stream().filter(device -> device.mdeId.equalsIgnoreCase(id)).findFirst();
  }
}
