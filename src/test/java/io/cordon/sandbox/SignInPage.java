package io.cordon.sandbox;

import java.util.stream.Collectors;

/** The page on which one chooses who one is. */
final class SignInPage {
  private static final String PAGE =
      """
      <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Sign in (sandbox)</title><link rel="icon" href="data:,">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <style>body{font:18px system-ui;margin:2rem auto;max-width:30rem;padding:0 1rem}
      a{display:block;padding:.9rem 1rem;margin:.5rem 0;border:1px solid #888;border-radius:.5rem;color:#124;text-decoration:none}
      a:hover{background:#eef}small{color:#555}</style></head>
      <body><h1>Who are you?</h1><p>This is the sandbox: choose a person, no password needed.</p>%s</body></html>""";

  private SignInPage() {}

  static Answer of(String query) {
    String safe = query.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;");
    String people =
        People.all().values().stream()
            .map(p -> "<a href=\"?%s&amp;sandbox_person=%s\"><b>%s</b><br><small>%s</small></a>".formatted(safe, p.name(), p.name(), p.title()))
            .collect(Collectors.joining());
    return Answer.html(PAGE.formatted(people));
  }
}
