package io.cordon.containment.signs;

import io.cordon.assets.ArcInventory;
import io.cordon.assets.ArcMachine;
import io.cordon.assets.register.AssetRegister;
import io.cordon.assets.register.RegisterField;
import io.cordon.containment.mde.MdeClient;
import io.cordon.containment.mde.MdeException;
import io.cordon.containment.mde.MdeMachine;
import io.cordon.containment.signs.Signs.Arc;
import io.cordon.containment.signs.Signs.Probe;
import io.cordon.containment.signs.Signs.Sensor;
import java.util.List;
import java.util.Optional;

/** Looks at one machine from all sides. Whatever cannot be read is UNKNOWN, never assumed. */
final class MachineLook {
  private final MdeClient mde;
  private final ArcInventory arc;
  private final AssetRegister register;
  private final ServiceProbe probe;

  MachineLook(MdeClient mde, ArcInventory arc, AssetRegister register, ServiceProbe probe) {
    this.mde = mde;
    this.arc = arc;
    this.register = register;
    this.probe = probe;
  }

  Signs at(FollowUp about) {
    Optional<MdeMachine> device = device(about.mdeDeviceId());
    Optional<ArcMachine> server = server(about);
    // an isolated machine answers nobody
    Probe answered = about.isRelease() ? server.map(this::probe).orElse(Probe.PROBE_UNKNOWN) : Probe.PROBE_NONE;
    return new Signs(
        device.map(MachineLook::sensor).orElse(Sensor.SENSOR_UNKNOWN), device.map(MdeMachine::lastSeen).orElse(null),
        server.map(MachineLook::connection).orElse(Arc.ARC_UNKNOWN), answered);
  }

  private Optional<MdeMachine> device(String mdeDeviceId) {
    try {
      return mde.machine(mdeDeviceId);
    } catch (MdeException e) {
      return Optional.empty();
    }
  }

  private static Sensor sensor(MdeMachine device) {
    if (device.mergedIntoMachineId() != null || "Unknown".equalsIgnoreCase(device.healthStatus())) {
      return Sensor.SENSOR_UNKNOWN;
    }
    boolean reports = "Active".equalsIgnoreCase(device.healthStatus()) && "Onboarded".equalsIgnoreCase(device.onboardingStatus());
    return reports ? Sensor.SENSOR_REPORTING : Sensor.SENSOR_SILENT;
  }

  private Optional<ArcMachine> server(FollowUp about) {
    try {
      return server(about.mdeDeviceId(), about.arcId());
    } catch (RuntimeException e) {
      // whatever kept Arc from being read
      return Optional.empty();
    }
  }

  /** The server in Arc, empty when there is none or more than one; {@code arcId} may be null. */
  Optional<ArcMachine> server(String mdeDeviceId, String arcId) {
    List<ArcMachine> found = arcId == null ? arc.byMdeDeviceId(mdeDeviceId) : arc.byArcId(arcId);
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  static Arc connection(ArcMachine server) {
    return switch (server.status()) {
      case "Connected" -> Arc.ARC_CONNECTED;
      case "Disconnected", "Expired" -> Arc.ARC_DISCONNECTED;
      default -> Arc.ARC_UNKNOWN;
    };
  }

  Probe probe(ArcMachine server) {
    return probe.look(register.find(server.arcId()).map(entry -> entry.value(RegisterField.SERVICE_PROBE)).orElse(null));
  }
}
