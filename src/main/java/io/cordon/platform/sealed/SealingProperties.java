package io.cordon.platform.sealed;

import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the sealing key lies.
 *
 * @param keyFile file of 32 random bytes in Base64, readable by its owner only
 * @param earlierKeyFiles keys that sealed before this one, the newest first; what they sealed stays readable
 * @param createKeyIfMissing make the file at first start; only for one-machine installations
 */
@ConfigurationProperties("cordon.sealed")
record SealingProperties(Path keyFile, List<Path> earlierKeyFiles, boolean createKeyIfMissing) {
  SealingProperties {
    earlierKeyFiles = earlierKeyFiles == null ? List.of() : List.copyOf(earlierKeyFiles);
  }
}
