package io.cordon.web.api;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/**
 * Takes no large body where a call says a few fields, whether or not it comes with its length. Addresses that take files
 * read them themselves, each up to a limit of its own.
 */
@ControllerAdvice
class BodyLimit extends RequestBodyAdviceAdapter {
  static final int LARGEST = 256 << 10;

  @Override
  public boolean supports(MethodParameter parameter, Type type, Class<? extends HttpMessageConverter<?>> converter) {
    return true;
  }

  @Override
  public HttpInputMessage beforeBodyRead(
      HttpInputMessage sent, MethodParameter parameter, Type type, Class<? extends HttpMessageConverter<?>> converter) throws IOException {
    byte[] body = sent.getBody().readNBytes(LARGEST + 1);
    if (body.length > LARGEST) {
      throw new ApiException(HttpStatus.PAYLOAD_TOO_LARGE, "MESSAGE_TOO_LARGE");
    }
    return new Read(new ByteArrayInputStream(body), sent.getHeaders());
  }

  private record Read(InputStream body, HttpHeaders headers) implements HttpInputMessage {
    @Override
    public InputStream getBody() {
      return body;
    }

    @Override
    public HttpHeaders getHeaders() {
      return headers;
    }
  }
}
