package io.cordon.web.api;

import io.cordon.alerts.CaseBook;
import io.cordon.platform.sealed.ReadingReason;
import io.cordon.platform.sealed.SealedItem;
import io.cordon.platform.sealed.SealedStore;
import io.cordon.web.security.CurrentPerson;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What is sealed of a case. Opening it leaves an entry in the log, so it is a POST: a link alone opens nothing. */
@RestController
class SealedController {
  private final CaseBook cases;
  private final SealedStore sealed;

  SealedController(CaseBook cases, SealedStore sealed) {
    this.cases = cases;
    this.sealed = sealed;
  }

  record Reason(ReadingReason reasonCode) {}

  @GetMapping("/api/cases/{id}/sealed")
  Page<SealedItem> list(@PathVariable String id) {
    cases.find(id).orElseThrow(ApiException::notFound);
    return Page.whole(ofCaseAndMerged(id));
  }

  @PostMapping("/api/cases/{id}/sealed/{ref}/reading")
  ResponseEntity<byte[]> read(@PathVariable String id, @PathVariable UUID ref, @RequestBody Reason reason, Authentication who) {
    if (reason.reasonCode() == null) {
      throw ApiException.invalid();
    }
    SealedItem item = ofCaseAndMerged(id).stream().filter(one -> one.id().equals(ref)).findFirst().orElseThrow(ApiException::notFound);
    byte[] bytes = sealed.open(ref, CurrentPerson.of(who), reason.reasonCode());
    boolean json = "alert".equals(item.kind());
    return ResponseEntity.ok()
        .contentType(json ? MediaType.APPLICATION_JSON : MediaType.APPLICATION_OCTET_STREAM)
        .cacheControl(CacheControl.noStore())
        .header(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment().filename(ref + (json ? ".json" : ".txt")).build().toString())
        .body(bytes);
  }

  /** What was sealed of a case before it was merged stays under its own number. */
  private List<SealedItem> ofCaseAndMerged(String id) {
    return Stream.concat(Stream.of(id), cases.mergedInto(id).stream()).flatMap(one -> sealed.ofCase(one).stream()).toList();
  }
}
