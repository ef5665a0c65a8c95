package io.cordon.web.cab;

import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder.PdfAConformance;
import com.openhtmltopdf.render.DefaultObjectDrawerFactory;
import com.openhtmltopdf.util.XRLog;
import io.cordon.playbook.PathTaken;
import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/** Turns a template into a PDF/A-2a file with tags for screen readers, in a font it carries itself. */
final class SummaryPdf {
  /** Ships with PDFBox, under the SIL Open Font License. */
  private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

  static {
    // it would tell every step to the console
    XRLog.setLoggingEnabled(false);
  }

  private final ITemplateEngine templates;

  SummaryPdf(ITemplateEngine templates) {
    this.templates = templates;
  }

  byte[] render(String template, Map<String, Object> model, List<PathTaken> paths) throws IOException {
    String html = templates.process(template, new Context(Locale.ENGLISH, model));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DefaultObjectDrawerFactory drawers = new DefaultObjectDrawerFactory();
    drawers.registerDrawer("cordon/path", new PathDrawing(paths, font()));
    PdfRendererBuilder builder = new PdfRendererBuilder();
    builder.usePdfAConformance(PdfAConformance.PDFA_2_A);
    builder.usePdfUaAccessibility(true);
    builder.useColorProfile(ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData());
    builder.useFont(SummaryPdf::fontFile, "Liberation Sans");
    builder.useObjectDrawerFactory(drawers);
    builder.withProducer("Cordon");
    builder.withHtmlContent(html, null);
    builder.toStream(out);
    builder.run();
    return out.toByteArray();
  }

  private static InputStream fontFile() {
    return PDDocument.class.getResourceAsStream(FONT);
  }

  private static Font font() throws IOException {
    try (InputStream in = fontFile()) {
      return Font.createFont(Font.TRUETYPE_FONT, in);
    } catch (FontFormatException e) {
      throw new IllegalStateException("the font is damaged", e);
    }
  }
}
