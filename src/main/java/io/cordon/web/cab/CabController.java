package io.cordon.web.cab;

import io.cordon.web.api.ApiException;
import io.cordon.web.security.CurrentPerson;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The record of a change as a zip. GET gives what the log shows every role, and changes nothing. POST is the export for
 * the board: with the names of those who decided, and recorded.
 */
@RestController
class CabController {
  private final CabPacks packs;

  CabController(CabPacks packs) {
    this.packs = packs;
  }

  @GetMapping("/api/cases/{id}/cab-pack")
  void look(@PathVariable String id, HttpServletResponse response) throws IOException {
    begin(id, response);
    packs.write(id, response.getOutputStream());
  }

  @PostMapping({"/api/cases/{id}/cab-pack", "/history/{id}/cab-pack"})
  void export(@PathVariable String id, Authentication who, HttpServletResponse response) throws IOException {
    begin(id, response);
    packs.export(id, CurrentPerson.of(who), response.getOutputStream());
  }

  private void begin(String id, HttpServletResponse response) {
    if (!packs.has(id)) {
      throw ApiException.notFound();
    }
    response.setContentType("application/zip");
    response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"cab-" + id + ".zip\"");
    response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
  }
}
