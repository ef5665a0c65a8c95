package io.cordon.gate.windows;

import io.cordon.platform.http.HttpClients;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** An iCalendar behind an https address or in a file, read anew each time. */
final class IcalendarClientHttp implements MaintenanceCalendar {
  /** Bytes of the largest calendar that is read. */
  static final int LARGEST = 4 << 20;

  private final OkHttpClient client;
  private final URI address;
  private final Icalendar calendar;

  IcalendarClientHttp(HttpClients clients, String address, Icalendar calendar) {
    this.client = clients.client();
    this.address = address.matches("[a-z]+://.*") ? URI.create(address) : Path.of(address).toUri();
    this.calendar = calendar;
    if (!List.of("https", "file").contains(this.address.getScheme()) && !isLoopback(this.address)) {
      throw new IllegalArgumentException("cordon.windows.icalendar must be an https address or a file");
    }
  }

  private static boolean isLoopback(URI address) {
    return List.of("localhost", "127.0.0.1").contains(address.getHost());
  }

  @Override
  public List<CalendarEntry> read(TimeSpan span) {
    return calendar.read("file".equals(address.getScheme()) ? file() : download(), span);
  }

  private byte[] file() {
    try {
      Path path = Path.of(address);
      if (Files.size(path) > LARGEST) {
        throw new CalendarUnreadable("TOO_LARGE");
      }
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new CalendarUnreadable("NOT_REACHED");
    }
  }

  private byte[] download() {
    Request request = new Request.Builder().url(address.toString()).header("Accept", "text/calendar").build();
    try (Response response = client.newCall(request).execute()) {
      if (response.code() != 200) {
        throw new CalendarUnreadable("STATUS_" + response.code(), retryAfter(response.header("Retry-After")));
      }
      return HttpClients.body(response, LARGEST);
    } catch (IOException e) {
      throw new CalendarUnreadable("NO_ANSWER");
    }
  }

  private static Duration retryAfter(String header) {
    return header != null && header.matches("[0-9]{1,6}") ? Duration.ofSeconds(Long.parseLong(header)) : null;
  }
}
