package io.cordon.web.api;

import io.cordon.evidence.EvidenceBundle;
import io.cordon.evidence.EvidenceEntry;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceProofs;
import io.cordon.evidence.PublishedKeys;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The evidence log for whoever wants to check it. */
@RestController
class EvidenceController {
  private static final int MOST = 500;
  private static final long FARTHEST = Long.MAX_VALUE - MOST;

  private final EvidenceLog log;
  private final EvidenceBundle bundle;
  private final EvidenceProofs proofs;
  private final PublishedKeys keys;

  EvidenceController(EvidenceLog log, EvidenceBundle bundle, EvidenceProofs proofs, PublishedKeys keys) {
    this.log = log;
    this.proofs = proofs;
    this.keys = keys;
    this.bundle = bundle;
  }

  @GetMapping(path = "/api/evidence/checkpoint", produces = MediaType.TEXT_PLAIN_VALUE)
  String checkpoint() {
    return log.latestCheckpoint().orElseThrow(ApiException::notFound);
  }

  /** Entries from a sequence number up to, not including, another. */
  @GetMapping("/api/evidence/entries")
  Page<EntryView> entries(@RequestParam(defaultValue = "0") long from, @RequestParam(required = false) Long to) {
    if (from < 0 || from > FARTHEST || (to != null && to < from)) {
      throw ApiException.invalid();
    }
    long end = to == null ? from + MOST : Math.min(to, from + MOST);
    List<EvidenceEntry> found = log.entries(from, end);
    boolean more = !found.isEmpty() && (to == null ? found.size() >= MOST : end < to);
    return new Page<>(found.stream().map(EntryView::of).toList(), more ? Long.toString(end) : null);
  }

  /** The public keys of the log, oldest first. */
  @GetMapping("/api/evidence/keys")
  Page<PublishedKeys.Published> keys() {
    return Page.whole(keys.all());
  }

  /** Proof that the log of one number of entries is the beginning of the log of another: hashes in Base64, one a line. */
  @GetMapping(path = "/api/evidence/consistency", produces = MediaType.TEXT_PLAIN_VALUE)
  String consistency(@RequestParam long from, @RequestParam long to) {
    if (from < 1 || to < from || to > log.size()) {
      throw ApiException.invalid();
    }
    return String.join("\n", proofs.consistency(from, to)) + "\n";
  }

  @GetMapping({"/api/evidence/bundle", "/history/evidence-bundle"})
  void bundle(HttpServletResponse response) throws IOException {
    log.latestCheckpoint().orElseThrow(ApiException::notFound);
    response.setContentType("application/zip");
    response.setHeader("Content-Disposition", "attachment; filename=\"cordon-evidence.zip\"");
    bundle.write(response.getOutputStream());
  }
}
