package io.cordon.sandbox;

import io.cordon.Cordon;
import io.cordon.testing.CrashPoint;
import io.cordon.testing.CrashPoints;
import java.io.IOException;
import java.util.Scanner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Bean;

/** Cordon as the child of a test; ends when the test's JVM does, however that ends. Each line it is sent names a point to die at. */
public final class ChildMain {
  private static final CrashPoints POINTS = new CrashPoints();

  private ChildMain() {}

  /** Watches what could be died at. Not a stereotype: only a child may pick it up. */
  static class Watched {
    @Bean
    static CrashPoints crashPoints() {
      return POINTS;
    }
  }

  public static void main(String[] arguments) {
    endWithTheParent();
    Thread commands = new Thread(ChildMain::takeCommands, "commands");
    commands.setDaemon(true);
    commands.start();
    SpringApplication.from(Cordon::main).with(Watched.class).run(arguments);
  }

  static void endWithTheParent() {
    ProcessHandle.current().parent().orElseThrow().onExit().thenRun(() -> Runtime.getRuntime().halt(1));
  }

  private static void takeCommands() {
    Scanner lines = new Scanner(System.in, java.nio.charset.StandardCharsets.UTF_8);
    while (lines.hasNextLine()) {
      POINTS.arm(CrashPoint.valueOf(lines.nextLine()), ChildMain::kill);
    }
  }

  /** SIGKILL to itself; whoever came here goes no further until it arrives. */
  private static void kill() {
    try {
      new ProcessBuilder("kill", "-9", Long.toString(ProcessHandle.current().pid())).start();
      Thread.sleep(60_000);
    } catch (IOException | InterruptedException e) {
      throw new CrashPoints.Crash();
    }
  }
}
