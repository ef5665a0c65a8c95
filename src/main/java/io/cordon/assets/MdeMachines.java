package io.cordon.assets;

import java.util.Optional;

/** Looks a device up in Defender by its exact id; reads only. Contract MDE, section 7. */
public interface MdeMachines {

  /**
   * The device with this id, empty when Defender does not know it.
   *
   * @throws IllegalArgumentException when this is not an MDE device id (40 hex digits)
   * @throws MdeLookupUnavailable when Defender gave no answer that can be read
   */
  Optional<MdeDevice> device(String mdeDeviceId);
}
