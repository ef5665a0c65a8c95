package io.cordon.web.api;

import io.cordon.alerts.UnreadableAlertException;
import io.cordon.platform.database.DatabaseAway;
import io.cordon.platform.sealed.SealedRefusedException;
import io.cordon.playbook.TaskRefusedException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSource;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * The one edge where a failure becomes an answer: problem+json for the API, a page for the console. Texts come from
 * messages.properties by code, so nothing of the request or of an exception's message gets out or into the log.
 */
@ControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class ProblemAdvice {
  private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

  private final MessageSource messages;

  ProblemAdvice(MessageSource messages) {
    this.messages = messages;
  }

  @ExceptionHandler(Exception.class)
  Object answer(Exception failure, HttpServletRequest request, HttpServletResponse response) throws Exception {
    if (failure instanceof AccessDeniedException || failure instanceof AuthenticationException) {
      throw failure; // the security filter answers these
    }
    if (DisconnectedClientHelper.isClientDisconnectedException(failure)) {
      log.debug("Whoever asked hung up before the answer was written");
      return new ModelAndView(); // nobody is there to answer
    }
    if (failure instanceof ApiException known) {
      return answer(known.status(), known.code(), request);
    }
    if (failure instanceof UnreadableAlertException unreadable) {
      return answer(statusOf(unreadable.code()), unreadable.code(), request);
    }
    if (failure instanceof TaskRefusedException refused) {
      return answer("UNKNOWN_PLAYBOOK".equals(refused.code()) ? HttpStatus.NOT_FOUND : HttpStatus.CONFLICT, refused.code(), request, refused.place());
    }
    if (failure instanceof SealedRefusedException refused) {
      return answer("SEALED_NOT_ALLOWED".equals(refused.code()) ? HttpStatus.FORBIDDEN : HttpStatus.CONFLICT, refused.code(), request);
    }
    if (failure instanceof ErrorResponse standard && standard.getStatusCode().is4xxClientError()) {
      return answer(standard.getStatusCode(), "HTTP_" + standard.getStatusCode().value(), request);
    }
    if (failure instanceof org.springframework.http.converter.HttpMessageNotReadableException
        || failure instanceof org.springframework.beans.TypeMismatchException) {
      return answer(HttpStatus.BAD_REQUEST, "HTTP_400", request);
    }
    if (DatabaseAway.caused(failure)) {
      log.warn("A call was answered with 503: the database is away");
      return answer(HttpStatus.SERVICE_UNAVAILABLE, "DATABASE_AWAY", request);
    }
    Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
    StackTraceElement[] stack = cause.getStackTrace();
    log.error("A call failed and was answered with 500: {} at {}", cause.getClass().getName(), stack.length == 0 ? "?" : stack[0]);
    if (response.isCommitted()) {
      throw failure; // so that the connection breaks, and half a file does not look like a whole one
    }
    return answer(HttpStatus.INTERNAL_SERVER_ERROR, failure instanceof AlertsFailedException ? "ALERTS_FAILED" : "FAILED", request);
  }

  private static HttpStatus statusOf(String code) {
    return switch (code == null ? "" : code) {
      case "MALFORMED_JSON" -> HttpStatus.BAD_REQUEST;
      case "TOO_LARGE" -> HttpStatus.PAYLOAD_TOO_LARGE;
      default -> HttpStatus.UNPROCESSABLE_ENTITY;
    };
  }

  private Object answer(HttpStatusCode status, String code, HttpServletRequest request, Object... facts) {
    String title = text(code, "title");
    String detail = text(code, "detail", facts);
    if (!request.getRequestURI().startsWith("/api/")) {
      var page = new ModelAndView("error", status);
      page.addObject("heading", title);
      page.addObject("detail", detail);
      return page;
    }
    return problem(status, code, title, detail);
  }

  private String text(String code, String part, Object... facts) {
    String other = messages.getMessage("problem.HTTP_400." + part, null, Locale.ENGLISH);
    return messages.getMessage("problem." + code + "." + part, facts, other, Locale.ENGLISH);
  }

  static ResponseEntity<ProblemDetail> problem(HttpStatusCode status, String code, String title, String detail) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
    problem.setTitle(title);
    problem.setInstance(java.net.URI.create(""));
    problem.setProperty("code", code);
    return ResponseEntity.status(status).contentType(MediaType.APPLICATION_PROBLEM_JSON).body(problem);
  }
}
