package io.cordon.web.api;

import org.springframework.http.HttpStatus;

/** A call that cannot be done; the code names a text in messages.properties and carries nothing of the request. */
public class ApiException extends RuntimeException {
  private final HttpStatus status;
  private final String code;

  public ApiException(HttpStatus status, String code) {
    super(code);
    this.status = status;
    this.code = code;
  }

  public static ApiException notFound() {
    return new ApiException(HttpStatus.NOT_FOUND, "NOT_FOUND");
  }

  public static ApiException invalid() {
    return new ApiException(HttpStatus.BAD_REQUEST, "INVALID_FIELDS");
  }

  HttpStatus status() {
    return status;
  }

  String code() {
    return code;
  }
}
