package io.cordon.web.console;

import io.cordon.web.security.FreshSignIn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Lets somebody sign in anew before they answer, and brings them back to the request. */
@Controller
class StepUpController {
  private final FreshSignIn fresh;
  private final HttpSessionRequestCache cache = new HttpSessionRequestCache();

  StepUpController(FreshSignIn fresh) {
    this.fresh = fresh;
  }

  @GetMapping("/approvals/{id}/sign-in")
  String signIn(@PathVariable String id, Authentication who, HttpServletRequest request, HttpServletResponse response) {
    // whoever comes back and is still not fresh must not be sent round in circles
    if (fresh.is(who) || request.getParameter("continue") != null) {
      return "redirect:/approvals/{id}";
    }
    cache.saveRequest(request, response);
    return "redirect:/oauth2/authorization/entra?fresh";
  }
}
