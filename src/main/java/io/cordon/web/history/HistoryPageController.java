package io.cordon.web.history;

import io.cordon.alerts.CaseSearch;
import io.cordon.alerts.CaseView;
import io.cordon.evidence.CaseCheck;
import io.cordon.web.api.ApiException;
import io.cordon.web.security.CurrentPerson;
import jakarta.servlet.http.HttpServletResponse;
import java.time.ZoneId;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Process history on pages. What opens names or takes long is a button; nothing here changes a case. */
@Controller
class HistoryPageController {
  private static final int PAGE = 50;

  private final CaseSearch search;
  private final CaseStories stories;
  private final CaseCheck check;
  private final ZoneId zone;

  HistoryPageController(CaseSearch search, CaseStories stories, CaseCheck check, @Value("${cordon.zone:UTC}") ZoneId zone) {
    this.search = search;
    this.stories = stories;
    this.check = check;
    this.zone = zone;
  }

  @GetMapping("/history")
  String find(@ModelAttribute("asked") HistoryQuery asked, Model model) {
    List<CaseView> found = search.find(asked.wanted(zone), asked.after(), PAGE);
    model.addAttribute("found", found);
    model.addAttribute("next", found.size() < PAGE ? null : found.get(PAGE - 1).id());
    return "history";
  }

  @GetMapping("/history/{id}")
  String one(@PathVariable String id, @RequestParam(defaultValue = "0") long from, Model model) {
    return show(stories.of(id, from).orElseThrow(ApiException::notFound), model);
  }

  /** With the names people had when they decided; that they were opened is recorded, and no copy of the page is kept. */
  @PostMapping("/history/{id}/people")
  String people(@PathVariable String id, @RequestParam(defaultValue = "0") long from, Authentication who, Model model, HttpServletResponse response) {
    response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
    model.addAttribute("named", true);
    return show(stories.withPeople(id, from, CurrentPerson.of(who)).orElseThrow(ApiException::notFound), model);
  }

  /** Runs the verifier over the case's entries, and shows what it says above the case. */
  @PostMapping("/history/{id}/verification")
  String verify(@PathVariable String id, Model model) {
    CaseStory story = stories.of(id, 0).orElseThrow(ApiException::notFound);
    model.addAttribute("report", check.check(id));
    return show(story, model);
  }

  private static String show(CaseStory story, Model model) {
    model.addAttribute("story", story);
    model.addAttribute("case", story.about());
    return "case-history";
  }
}
