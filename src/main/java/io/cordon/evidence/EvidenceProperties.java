package io.cordon.evidence;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of the evidence log.
 *
 * @param origin name of the log and of its key, such as {@code hospital.example/cordon/evidence}; never change it
 * @param keyFile PKCS#8 PEM Ed25519 key readable by its owner only
 * @param memoryFile what the signer remembers, beside the key as {@code <keyFile>.last} unless set; its folder must
 *     survive restarts and must not be part of a database backup
 * @param createKeyIfMissing for trials only
 * @param outgoingKeyFile the key that signed until now, while {@code keyFile} is a new one that takes over from it; null
 *     otherwise
 */
@ConfigurationProperties("cordon.evidence")
public record EvidenceProperties(String origin, Path keyFile, Path memoryFile, boolean createKeyIfMissing, Path outgoingKeyFile) {
  public EvidenceProperties {
    memoryFile = memoryFile == null ? Path.of(keyFile + ".last") : memoryFile;
  }
}
