package io.cordon.web.history;

import io.cordon.alerts.CaseSearch;
import io.cordon.alerts.CaseView;
import io.cordon.evidence.CaseCheck;
import io.cordon.web.api.ApiException;
import io.cordon.web.api.Page;
import io.cordon.web.security.CurrentPerson;
import java.time.ZoneId;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Process history by API. What opens names or takes long is a POST; nothing here changes a case. */
@RestController
class HistoryApiController {
  private static final int PAGE = 100;

  private final CaseSearch search;
  private final CaseStories stories;
  private final CaseCheck check;
  private final ZoneId zone;

  HistoryApiController(CaseSearch search, CaseStories stories, CaseCheck check, @Value("${cordon.zone:UTC}") ZoneId zone) {
    this.search = search;
    this.stories = stories;
    this.check = check;
    this.zone = zone;
  }

  /** Cases, running and over, newest first; days such as {@code 2026-01-31}, the last included. */
  @GetMapping("/api/history")
  Page<CaseView> find(@ModelAttribute HistoryQuery asked) {
    List<CaseView> found = search.find(asked.wanted(zone), asked.after(), PAGE);
    return new Page<>(found, found.size() < PAGE ? null : found.get(PAGE - 1).id());
  }

  @GetMapping("/api/history/{id}")
  CaseStory one(@PathVariable String id, @RequestParam(defaultValue = "0") long from) {
    return stories.of(id, from).orElseThrow(ApiException::notFound);
  }

  /** With the names people had; recorded. */
  @PostMapping("/api/history/{id}/people")
  CaseStory people(@PathVariable String id, @RequestParam(defaultValue = "0") long from, Authentication who) {
    return stories.withPeople(id, from, CurrentPerson.of(who)).orElseThrow(ApiException::notFound);
  }

  @PostMapping("/api/history/{id}/verification")
  CaseCheck.Report verify(@PathVariable String id) {
    stories.of(id, 0).orElseThrow(ApiException::notFound);
    return check.check(id);
  }
}
