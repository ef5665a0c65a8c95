package io.cordon.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;

/** {@code make run}: starts everything on one machine, opens one sample case, and says where to look. */
public final class SandboxMain {
  private static final String WHERE =
      """

      Cordon runs, and one sample case waits for an answer.

        1. Read the card that Clinical Ops got:   %2$s/teams
        2. Open the approval page from the card and choose clin.pacs (a clinical approver for PACS).
        3. Approve with a window that starts now; the machine pacs-gw-01 is isolated seconds later.
        4. Follow the case as soc.one:            %1$s/cases
        5. Release the machine as sec.lead:       %1$s/tasks   (sign out first, or use another browser)

      What Defender was asked:                    %2$s/_sandbox/requests?service=mde
      Stop with Ctrl+C; data, keys and the log (cordon.log) stay in .data
      """;

  private static final String GOES_ON =
      """

      Cordon runs, and the case of the last run goes on:  %1$s/cases/%3$s
      The simulated cloud began anew, so its card and its page are gone. To begin anew too: stop, delete .data, make run.

        Answer as clin.pacs:                      %1$s/approvals
        Follow as soc.one:                        %1$s/cases
        Release as sec.lead:                      %1$s/tasks

      What Defender was asked:                    %2$s/_sandbox/requests?service=mde
      Stop with Ctrl+C; data, keys and the log (cordon.log) stay in .data
      """;

  private SandboxMain() {}

  public static void main(String[] arguments) {
    System.out.println("Starting the database, the simulated cloud and Cordon ...");
    try {
      LocalCordon local = LocalCordon.start(Path.of(".data"), LocalCordon.PORT);
      JsonNode sample = new Scripts(local).alert("pacs-gw-01");
      boolean isNew = sample.path("disposition").asText().equals("OPENED");
      System.out.printf(isNew ? WHERE : GOES_ON, local.url(), local.sandbox.controlUrl(), sample.path("caseId").asText());
    } catch (IOException | RuntimeException e) {
      System.err.println("Cordon did not start: " + e.getMessage());
      System.exit(1);
    }
  }
}
