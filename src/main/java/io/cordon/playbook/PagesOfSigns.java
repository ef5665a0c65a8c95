package io.cordon.playbook;

import io.cordon.channels.TaskPages;
import io.cordon.containment.signs.SignsPager;
import org.springframework.stereotype.Component;

/** Pages security when a machine is not as it should be after it was isolated or released. */
@Component
class PagesOfSigns implements SignsPager {
  private final TaskPages pages;

  PagesOfSigns(TaskPages pages) {
    this.pages = pages;
  }

  @Override
  public void raise(String caseId, String permitId, boolean released, String verdict) {
    pages.signs(caseId, permitId, verdict, (released ? "After the release: " : "After the isolation: ") + words(released, verdict));
  }

  private static String words(boolean released, String verdict) {
    return switch (verdict) {
      case "CONTRADICTED" -> "the machine still seems to be on the network";
      case "UNHEALTHY" -> released ? "the machine or its service is not back" : "the sensor does not report any more";
      default -> "nobody can see how the machine is";
    };
  }

  @Override
  public void takeBack(String caseId) {
    pages.settleSigns(caseId);
  }
}
