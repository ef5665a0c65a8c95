package io.cordon.platform.http;

import okhttp3.Call;
import okhttp3.EventListener;

/** Remembers, per call, whether any byte of the request can have left: the line between not sent and ambiguous. */
final class SendMark extends EventListener {
  private volatile boolean started;

  static EventListener forCall(Call call) {
    SendMark mark = call.request().tag(SendMark.class);
    return mark == null ? EventListener.NONE : mark;
  }

  boolean started() {
    return started;
  }

  @Override
  public void requestHeadersStart(Call call) {
    started = true;
  }
}
