package io.cordon.web;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The system's Chromium; every person gets a profile of their own, and what its console complains about is kept. */
final class Browser implements AutoCloseable {
  static final Path CHROMIUM = Path.of("/usr/bin/chromium");

  /** Complaints of all pages: errors, refused scripts or styles, uncaught exceptions. */
  final List<String> complaints = new ArrayList<>();

  private final Playwright playwright;
  private final com.microsoft.playwright.Browser chromium;

  Browser() {
    PlaywrightAssertions.setDefaultAssertionTimeout(30_000); // what comes by itself has to come, not to be fast
    playwright = Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    chromium =
        playwright.chromium().launch(
            new BrowserType.LaunchOptions()
                .setExecutablePath(CHROMIUM)
                .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-background-networking",
                    "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-quic")));
  }

  static boolean isThere() {
    return Files.isExecutable(CHROMIUM);
  }

  /** A phone in the hand of somebody on call. */
  Page phone() {
    return page(new NewContextOptions().setViewportSize(390, 844).setHasTouch(true));
  }

  Page phoneWithoutScripts() {
    return page(new NewContextOptions().setViewportSize(390, 844).setJavaScriptEnabled(false));
  }

  Page desk() {
    return page(new NewContextOptions().setViewportSize(1280, 900));
  }

  Page darkPhone() {
    return page(new NewContextOptions().setViewportSize(390, 844).setColorScheme(ColorScheme.DARK));
  }

  Page darkDesk() {
    return page(new NewContextOptions().setViewportSize(1280, 900).setColorScheme(ColorScheme.DARK));
  }

  private Page page(NewContextOptions options) {
    BrowserContext context = chromium.newContext(options);
    context.setDefaultTimeout(20_000);
    context.onConsoleMessage(message -> {
      boolean refused = message.text().matches(".*status of 4(09|22).*"); // an answer that was not taken, as meant
      if (!refused && (message.type().equals("error") || message.type().equals("warning"))) {
        complaints.add(message.text() + " on " + message.page().url());
      }
    });
    context.onWebError(error -> complaints.add(error.error()));
    return context.newPage();
  }

  @Override
  public void close() {
    chromium.close();
    playwright.close();
  }
}
