package io.cordon.playbook;

import java.time.Instant;
import java.util.List;

/**
 * The picture of one run of a playbook: what is drawn in the model, and which steps the case went through. Coordinates are
 * the model's own.
 *
 * @param name of the playbook
 * @param version of its model, as it was deployed when the case ran it
 * @param shapes lanes and parts first, steps after them
 * @param flows lines through their points
 */
public record PathTaken(String name, int version, List<Shape> shapes, List<Flow> flows) {

  /** What a shape is drawn as. */
  public enum Kind {
    LANE,
    /** A part of the playbook with steps of its own inside. */
    PART,
    STEP,
    GATEWAY,
    EVENT
  }

  /**
   * A shape.
   *
   * @param taken when the case came there first, UTC; null if it never did
   * @param times how often it came there
   */
  public record Shape(Kind kind, String name, double x, double y, double width, double height, Instant taken, int times) {}

  /** A point of a line. */
  public record Point(double x, double y) {}

  /**
   * A line from step to step.
   *
   * @param between whether the case went through both its ends
   */
  public record Flow(List<Point> points, boolean between) {}
}
