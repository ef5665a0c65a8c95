package io.cordon.web.history;

import io.cordon.playbook.PathTaken;
import io.cordon.playbook.PathTaken.Kind;
import io.cordon.playbook.PathTaken.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A run of a playbook, ready to be drawn as SVG: all text in lines, all places in the model's own coordinates.
 *
 * @param viewBox x, y, width and height of the drawing
 * @param width in pixels
 * @param counted steps the case came to, with how often, in words for those who do not see the picture
 */
public record PathPicture(String name, int version, String viewBox, int width, List<Drawn> drawn, List<Line> lines, List<Shape> counted) {
  private static final double MARGIN = 24;
  /** Points that a letter takes on average, at the size the style sheet sets. */
  private static final double LETTER = 6.6;
  private static final double LINE = 15;
  /** As large as words can still be read: a playbook is wider than a screen. */
  private static final double SHOWN = 0.85;

  /** A line from step to step: its points as SVG wants them. */
  public record Line(String points, boolean between) {}

  /** A line of text and the middle of its base. */
  public record Words(double x, double y, String text) {}

  /** A shape with its words. */
  public record Drawn(Shape shape, String path, List<Words> words) {
    /** Whether the case came here. */
    public boolean isTaken() {
      return shape.taken() != null;
    }
  }

  static PathPicture of(PathTaken path) {
    double left = path.shapes().stream().mapToDouble(Shape::x).min().orElse(0) - MARGIN;
    double top = path.shapes().stream().mapToDouble(Shape::y).min().orElse(0) - MARGIN;
    double right = path.shapes().stream().mapToDouble(shape -> shape.x() + shape.width()).max().orElse(1) + MARGIN;
    double bottom = path.shapes().stream().mapToDouble(shape -> shape.y() + shape.height()).max().orElse(1) + MARGIN;
    List<Line> lines = path.flows().stream()
        .map(flow -> new Line(flow.points().stream().map(point -> text(point.x(), point.y())).collect(Collectors.joining(" ")), flow.between())).toList();
    List<Shape> counted = path.shapes().stream()
        .filter(shape -> shape.times() > 0 && shape.kind() == Kind.STEP).sorted(Comparator.comparing(Shape::taken)).toList();
    String box = text(left, top) + " " + text(right - left, bottom - top);
    return new PathPicture(path.name(), path.version(), box.replace(',', ' '), (int) ((right - left) * SHOWN), inOrder(path.shapes()), lines, counted);
  }

  /** What is around first, what sits on the edge of a step last. */
  private static List<Drawn> inOrder(List<Shape> shapes) {
    return shapes.stream().sorted(Comparator.comparing(shape -> shape.kind() == Kind.EVENT)).map(PathPicture::drawn).toList();
  }

  private static Drawn drawn(Shape shape) {
    return new Drawn(shape, shape.kind() == Kind.GATEWAY ? diamond(shape) : null, words(shape));
  }

  private static String diamond(Shape shape) {
    double middle = shape.x() + shape.width() / 2;
    double half = shape.y() + shape.height() / 2;
    return String.join(" ", text(middle, shape.y()), text(shape.x() + shape.width(), half), text(middle, shape.y() + shape.height()), text(shape.x(), half));
  }

  private static List<Words> words(Shape shape) {
    boolean around = shape.kind() == Kind.LANE || shape.kind() == Kind.PART;
    if (around) {
      return List.of(new Words(shape.x() + 8, shape.y() + LINE, shape.name()));
    }
    boolean inside = shape.kind() == Kind.STEP;
    List<String> lines = wrapped(shape.name(), inside ? shape.width() - 8 : 96);
    double y = inside ? shape.y() + shape.height() / 2 - LINE * (lines.size() - 1) / 2 + 4 : shape.y() + shape.height() + LINE;
    List<Words> words = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      words.add(new Words(shape.x() + shape.width() / 2, y + i * LINE, lines.get(i)));
    }
    return words;
  }

  private static List<String> wrapped(String name, double width) {
    List<String> lines = new ArrayList<>();
    String line = "";
    for (String word : name.split(" ")) {
      String longer = line.isEmpty() ? word : line + " " + word;
      if (!line.isEmpty() && longer.length() * LETTER > width) {
        lines.add(line);
        longer = word;
      }
      line = longer;
    }
    lines.add(line);
    return lines;
  }

  private static String text(double x, double y) {
    return String.format(Locale.ROOT, "%.0f,%.0f", x, y);
  }
}
