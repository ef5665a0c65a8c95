package io.cordon;

import io.cordon.evidence.VerifyCommand;
import io.cordon.playbook.MigrateCommand;
import java.util.Arrays;
import java.util.TimeZone;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Starts Cordon: the playbook runtime, its console and its API, on one PostgreSQL database. With {@code verify FILE} it
 * only checks an evidence bundle and ends with the exit code of {@link VerifyCommand}; with {@code migrate} it only brings
 * the tables up to date.
 */
@SpringBootApplication
public class Cordon {
  public static void main(String[] args) {
    // the engine keeps the times of its timers without a zone, and two nodes must mean the same by them
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    if (args.length > 0 && args[0].equals("verify")) {
      System.exit(VerifyCommand.run(Arrays.copyOfRange(args, 1, args.length), System.out));
    }
    if (args.length > 0 && args[0].equals("migrate")) {
      MigrateCommand.run(Arrays.copyOfRange(args, 1, args.length));
      return;
    }
    SpringApplication.run(Cordon.class, args);
  }
}
