package io.cordon.platform.sealed;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the sealing key lies.
 *
 * @param keyFile file of 32 random bytes in Base64, readable by its owner only
 * @param createKeyIfMissing make the file at first start; only for one-machine installations
 */
@ConfigurationProperties("cordon.sealed")
record SealingProperties(Path keyFile, boolean createKeyIfMissing) {}
