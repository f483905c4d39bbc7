package org.inferchip.report.diagram;

import java.awt.Color;

/** What a block is for, by its fill; light enough for black text, and graded when printed grey. */
enum Fill {
  NONE(0xFFFFFF),
  PACKAGE(0xF7F7F7),
  DIE(0xECECEC),
  CORE(0xFFFFFF),
  MATRIX(0xBBD7EE),
  VECTOR(0xFBD9B5),
  ATTENTION(0xDCC8E8),
  LOCAL(0xC9E7CF),
  SHARED(0xA5D6B0),
  MEMORY(0xF5E9A8),
  LINK(0xDADADA);

  private final Color color;

  Fill(final int rgb) {
    color = new Color(rgb);
  }

  Color color() {
    return color;
  }
}
