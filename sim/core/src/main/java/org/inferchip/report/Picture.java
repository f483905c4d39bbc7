package org.inferchip.report;

import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import org.apache.batik.dom.GenericDOMImplementation;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.w3c.dom.Document;

/**
 * Something that is painted, as the two kinds of file that papers and pages take.
 *
 * @param width on screen, in pixels
 * @param height on screen, in pixels
 * @param painter paints it on a canvas of that size
 */
public record Picture(int width, int height, Consumer<Graphics2D> painter) {
  /** Pixels of a PNG for one on screen, for print. */
  static final int PNG_SCALE = 2;

  /** 300 dots an inch. */
  private static final String DOTS_PER_METRE = "11811";

  /** Of a coordinate on screen: a hundredth of a pixel is seen on no print. */
  private static final int DECIMALS = 2;

  private static final String PNG_METADATA = "javax_imageio_png_1.0";

  /** SVG whose text stays text and whose bytes are the same on every JDK. */
  public String svg() {
    final Document document =
        GenericDOMImplementation.getDOMImplementation()
            .createDocument("http://www.w3.org/2000/svg", "svg", null);
    final SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
    context.setComment("");
    context.setPrecision(DECIMALS);
    final SVGGraphics2D graphics = new SVGGraphics2D(context, false);
    graphics.setSVGCanvasSize(new Dimension(width, height));
    painter.accept(graphics);
    final StringWriter text = new StringWriter();
    try {
      graphics.stream(text, true);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** PNG at twice the size on screen, which it states as 300 dots an inch. */
  public byte[] png() {
    final BufferedImage image =
        new BufferedImage(PNG_SCALE * width, PNG_SCALE * height, BufferedImage.TYPE_INT_ARGB);
    final Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.scale(PNG_SCALE, PNG_SCALE);
    painter.accept(graphics);
    graphics.dispose();
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      write(image, out);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static void write(final BufferedImage image, final ByteArrayOutputStream to)
      throws IOException {
    final ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    final IIOMetadata metadata =
        writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), null);
    final IIOMetadataNode size = new IIOMetadataNode("pHYs");
    size.setAttribute("pixelsPerUnitXAxis", DOTS_PER_METRE);
    size.setAttribute("pixelsPerUnitYAxis", DOTS_PER_METRE);
    size.setAttribute("unitSpecifier", "meter");
    final IIOMetadataNode root = new IIOMetadataNode(PNG_METADATA);
    root.appendChild(size);
    metadata.mergeTree(PNG_METADATA, root);
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(to)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, metadata), null);
    } finally {
      writer.dispose();
    }
  }
}
