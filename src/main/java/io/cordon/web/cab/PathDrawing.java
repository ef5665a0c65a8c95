package io.cordon.web.cab;

import com.openhtmltopdf.extend.FSObjectDrawer;
import com.openhtmltopdf.extend.OutputDevice;
import com.openhtmltopdf.render.RenderingContext;
import io.cordon.playbook.PathTaken;
import io.cordon.playbook.PathTaken.Kind;
import io.cordon.playbook.PathTaken.Shape;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.w3c.dom.Element;

/** Draws a playbook as it is in the model; steps the case went through are filled and have a heavier line. */
final class PathDrawing implements FSObjectDrawer {
  private static final Color TAKEN = new Color(0xD8, 0xE9, 0xF7);
  private static final Color TAKEN_LINE = new Color(0x0B, 0x4F, 0x8A);
  private static final Color LINE = new Color(0x8A, 0x93, 0x9C);
  private static final Color LANE = new Color(0xD5, 0xDA, 0xDF);
  private static final Color TEXT = new Color(0x1B, 0x24, 0x2D);
  private static final float TEXT_SIZE = 13;
  private static final double MARGIN = 20;

  private final List<PathTaken> paths;
  private final Font font;

  PathDrawing(List<PathTaken> paths, Font font) {
    this.paths = paths;
    this.font = font.deriveFont(TEXT_SIZE);
  }

  @Override
  public Map<java.awt.Shape, String> drawObject(
      Element element, double x, double y, double width, double height, OutputDevice device, RenderingContext context, int dotsPerPixel) {
    PathTaken path = paths.get(Integer.parseInt(element.getAttribute("data")));
    float w = (float) width / dotsPerPixel;
    float h = (float) height / dotsPerPixel;
    device.drawWithGraphics((float) x, (float) y, w, h, graphics -> draw(path, graphics, w, h));
    return null;
  }

  private void draw(PathTaken path, Graphics2D graphics, double width, double height) {
    Rectangle2D all = extent(path);
    double scale = Math.min(width / all.getWidth(), height / all.getHeight());
    graphics.scale(scale, scale);
    graphics.translate(-all.getX(), -all.getY());
    graphics.setFont(font);
    path.shapes().stream().filter(PathDrawing::isAround).forEach(around -> around(graphics, around));
    path.flows().forEach(flow -> flow(graphics, flow));
    path.shapes().stream().filter(shape -> !isAround(shape)).forEach(shape -> shape(graphics, shape));
  }

  private static Rectangle2D extent(PathTaken path) {
    Rectangle2D all = null;
    for (Shape shape : path.shapes()) {
      Rectangle2D bounds = new Rectangle2D.Double(shape.x(), shape.y(), shape.width(), shape.height());
      all = all == null ? bounds : all.createUnion(bounds);
    }
    Rectangle2D found = all == null ? new Rectangle2D.Double(0, 0, 1, 1) : all;
    return new Rectangle2D.Double(found.getX() - MARGIN, found.getY() - MARGIN, found.getWidth() + 2 * MARGIN, found.getHeight() + 2 * MARGIN);
  }

  private static boolean isAround(Shape shape) {
    return shape.kind() == Kind.LANE || shape.kind() == Kind.PART;
  }

  private static void around(Graphics2D graphics, Shape around) {
    graphics.setColor(around.taken() == null ? LANE : TAKEN_LINE);
    graphics.setStroke(new BasicStroke(1));
    graphics.draw(outline(around));
    graphics.setColor(LINE);
    graphics.drawString(around.name(), (float) around.x() + 6, (float) around.y() + 14);
  }

  private static void flow(Graphics2D graphics, PathTaken.Flow flow) {
    Path2D line = new Path2D.Double();
    line.moveTo(flow.points().get(0).x(), flow.points().get(0).y());
    flow.points().stream().skip(1).forEach(point -> line.lineTo(point.x(), point.y()));
    graphics.setColor(flow.between() ? TAKEN_LINE : LINE);
    graphics.setStroke(new BasicStroke(flow.between() ? 2 : 1));
    graphics.draw(line);
  }

  private static void shape(Graphics2D graphics, Shape shape) {
    java.awt.Shape outline = outline(shape);
    boolean taken = shape.taken() != null;
    graphics.setColor(taken ? TAKEN : Color.WHITE);
    graphics.fill(outline);
    graphics.setColor(taken ? TAKEN_LINE : LINE);
    graphics.setStroke(new BasicStroke(taken ? 2 : 1));
    graphics.draw(outline);
    graphics.setColor(TEXT);
    boolean inside = shape.kind() == Kind.STEP;
    double top = inside ? shape.y() : shape.y() + shape.height();
    text(graphics, shape, inside ? shape.width() - 8 : 96, top, inside ? shape.height() : 0);
  }

  private static java.awt.Shape outline(Shape shape) {
    return switch (shape.kind()) {
      case GATEWAY -> diamond(shape);
      case EVENT -> new Ellipse2D.Double(shape.x(), shape.y(), shape.width(), shape.height());
      case LANE -> new Rectangle2D.Double(shape.x(), shape.y(), shape.width(), shape.height());
      default -> new RoundRectangle2D.Double(shape.x(), shape.y(), shape.width(), shape.height(), 12, 12);
    };
  }

  private static Path2D diamond(Shape shape) {
    Path2D diamond = new Path2D.Double();
    diamond.moveTo(shape.x() + shape.width() / 2, shape.y());
    diamond.lineTo(shape.x() + shape.width(), shape.y() + shape.height() / 2);
    diamond.lineTo(shape.x() + shape.width() / 2, shape.y() + shape.height());
    diamond.lineTo(shape.x(), shape.y() + shape.height() / 2);
    diamond.closePath();
    return diamond;
  }

  /** Words in lines of at most this width, centred on the shape; in the middle of the height, or from the top without one. */
  private static void text(Graphics2D graphics, Shape shape, double width, double top, double height) {
    FontMetrics metrics = graphics.getFontMetrics();
    List<String> lines = lines(shape.name(), metrics, width);
    double y = height > 0 ? top + (height - lines.size() * metrics.getHeight()) / 2 + metrics.getAscent() : top + metrics.getHeight();
    for (String line : lines) {
      graphics.drawString(line, (float) (shape.x() + (shape.width() - metrics.stringWidth(line)) / 2), (float) y);
      y += metrics.getHeight();
    }
  }

  private static List<String> lines(String text, FontMetrics metrics, double width) {
    List<String> lines = new ArrayList<>();
    String line = "";
    for (String word : text.split(" ")) {
      String longer = line.isEmpty() ? word : line + " " + word;
      if (!line.isEmpty() && metrics.stringWidth(longer) > width) {
        lines.add(line);
        longer = word;
      }
      line = longer;
    }
    lines.add(line);
    return lines;
  }
}
