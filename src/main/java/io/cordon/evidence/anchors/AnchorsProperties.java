package io.cordon.evidence.anchors;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where checkpoints are kept outside the database.
 *
 * @param directory an existing folder, or null for none
 * @param container address of a container of Azure Blob Storage with a locked retention policy, or null for none
 * @param every how often at most while nothing urgent happens
 * @param lateAfter from when on a checkpoint that is kept nowhere outside is a fault
 */
@ConfigurationProperties("cordon.evidence.anchors")
record AnchorsProperties(Path directory, String container, @DefaultValue("PT15M") Duration every, @DefaultValue("PT30M") Duration lateAfter) {}
