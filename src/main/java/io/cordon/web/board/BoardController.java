package io.cordon.web.board;

import io.cordon.alerts.Quarantine;
import io.cordon.channels.ChannelStates;
import io.cordon.platform.people.Person;
import io.cordon.platform.people.Role;
import io.cordon.web.security.CurrentPerson;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The board, and the stream that tells a page to look again. */
@Controller
class BoardController {
  private static final Set<Role> SEE_QUARANTINE = Set.of(Role.SOC_ANALYST, Role.SECURITY_LEAD, Role.AUDITOR);
  private static final Set<Role> SEE_STATUS = Set.of(Role.SOC_ANALYST, Role.SECURITY_LEAD, Role.AUDITOR, Role.PLATFORM_ADMIN);

  private final Board board;
  private final BoardChanges changes;
  private final Quarantine quarantine;
  private final ChannelStates channels;

  BoardController(Board board, BoardChanges changes, Quarantine quarantine, ChannelStates channels) {
    this.channels = channels;
    this.board = board;
    this.changes = changes;
    this.quarantine = quarantine;
  }

  @GetMapping("/cases")
  String board(BoardFilter filter, Authentication who, HttpServletRequest asked, Model model) {
    Person person = CurrentPerson.of(who);
    Board.Page page = board.read(filter, person);
    model.addAttribute("filter", filter);
    model.addAttribute("board", page);
    model.addAttribute("phases", Arrays.stream(Phase.values()).filter(phase -> phase != Phase.OVER).toList());
    model.addAttribute("services", services(filter, page));
    model.addAttribute("here", asked.getRequestURI() + (asked.getQueryString() == null ? "" : "?" + asked.getQueryString()));
    model.addAttribute("setAside", SEE_QUARANTINE.stream().anyMatch(person::has) ? quarantine.count() : null);
    boolean watches = SEE_STATUS.stream().anyMatch(person::has);
    model.addAttribute("silent", watches ? channels.now().stream().filter(channel -> channel.failed() > 0 || channel.resting()).count() : null);
    return "cases";
  }

  /** Server-sent events: "changed" whenever a case may look different from what it was at this mark. */
  @GetMapping(path = "/cases/changes", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  ResponseEntity<SseEmitter> changes(@RequestParam long since) {
    // without content a browser stays away, and the page looks by itself
    return changes.follow(since).map(ResponseEntity::ok).orElse(ResponseEntity.noContent().build());
  }

  /** The services of the cases on the page, and the one that is asked for. */
  private static Set<String> services(BoardFilter filter, Board.Page page) {
    Stream<String> shown = page.rows().values().stream().flatMap(rows -> rows.stream().map(row -> row.about().clinicalService()));
    Set<String> services = new TreeSet<>();
    Stream.concat(shown, Stream.ofNullable(filter.service())).filter(service -> service != null && !service.isBlank()).forEach(services::add);
    return services;
  }
}
