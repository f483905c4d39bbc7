package org.inferchip.verification;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.inferchip.model.Activation;
import org.inferchip.model.Architecture;
import org.inferchip.model.Model;
import org.inferchip.model.Norm;
import org.inferchip.model.Position;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problem;

/**
 * Weights of a Llama-like decoder in the legacy float32 format of llama2.c.
 *
 * <p>Layout, little-endian: seven int32 (width, feed-forward width, layers, heads, key-value heads,
 * vocabulary, positions; a negative vocabulary means a classifier of its own), then float32
 * tensors, each for all layers before the next: token embedding, first norm, wq, wk, wv, wo, second
 * norm, w1, w2, w3; then the final norm, two tables of rotary angles (not used), the classifier.
 * Matrices are stored with one row an output. Rotary base 10000, norm epsilon 1e-5.
 */
public final class Checkpoint {
  private static final int HEADER = 7;
  private static final long MOST_BYTES = 1L << 31;

  final int dim;
  final int hidden;
  final int layers;
  final int heads;
  final int kvHeads;
  final int vocabulary;
  final int positions;
  final boolean tied;
  private final String file;
  private final ByteBuffer bytes;

  private Checkpoint(final String file, final ByteBuffer bytes) {
    this.file = file;
    this.bytes = bytes;
    dim = header(0, "width");
    hidden = header(1, "feed-forward width");
    layers = header(2, "layers");
    heads = header(3, "heads");
    kvHeads = header(4, "key-value heads");
    final int signed = bytes.getInt(5 * Float.BYTES);
    tied = signed > 0;
    vocabulary = Math.abs(signed);
    positions = header(6, "positions");
    if (vocabulary < 1 || dim % heads != 0 || heads % kvHeads != 0 || headDim() % 2 != 0) {
      throw bad(
          file,
          "is no checkpoint",
          "width " + dim + ", heads " + heads + " and " + kvHeads + ", vocabulary " + signed,
          "heads that divide the width into even parts, key-value heads that divide the heads");
    }
    final long expected = 4L * (HEADER + floats());
    if (bytes.capacity() != expected) {
      throw bad(
          file,
          "has another length than its header says",
          bytes.capacity() + " bytes",
          expected + " bytes");
    }
    for (int i = HEADER; i < bytes.capacity() / Float.BYTES; i++) {
      if (!Float.isFinite(bytes.getFloat(i * Float.BYTES))) {
        throw bad(
            file,
            "has a weight that is no number",
            bytes.getFloat(i * Float.BYTES) + " at byte " + (long) i * Float.BYTES,
            "finite weights");
      }
    }
  }

  /**
   * Reads a file.
   *
   * @throws InvalidInputException if it is no such checkpoint
   */
  public static Checkpoint read(final Path path) {
    final String file = path.toString();
    if (Files.isDirectory(path)) {
      throw bad(file, "cannot be read", "a folder", "a llama2.c checkpoint");
    }
    try {
      if (Files.size(path) >= MOST_BYTES) {
        throw bad(file, "is too large", Files.size(path) + " bytes", "less than 2 GiB");
      }
      if (Files.size(path) < HEADER * Float.BYTES) {
        throw bad(
            file,
            "is too short for a header",
            Files.size(path) + " bytes",
            "a llama2.c checkpoint");
      }
      return new Checkpoint(
          file, ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN));
    } catch (final IOException e) {
      throw bad(
          file,
          "cannot be read",
          Files.exists(path) ? String.valueOf(e.getMessage()) : "no such file",
          "a llama2.c checkpoint");
    }
  }

  private static InvalidInputException bad(
      final String file, final String message, final String found, final String expected) {
    return new InvalidInputException(Problem.ofFile(file, message).but(found, expected));
  }

  private int header(final int index, final String name) {
    final int value = bytes.getInt(index * Float.BYTES);
    if (value < 1 || value > 1 << 20) {
      throw bad(file, "is no checkpoint: " + name, Integer.toString(value), "1 to " + (1 << 20));
    }
    return value;
  }

  /** Tokens that it knows. */
  public int vocabulary() {
    return vocabulary;
  }

  int headDim() {
    return dim / heads;
  }

  int kvDim() {
    return headDim() * kvHeads;
  }

  private long layerFloats() {
    return 2L * dim + 2L * dim * dim + 2L * dim * kvDim() + 3L * dim * hidden;
  }

  private long floats() {
    final long angles = (long) positions * headDim();
    final long classifier = tied ? 0 : (long) vocabulary * dim;
    return (long) vocabulary * dim + layers * layerFloats() + dim + angles + classifier;
  }

  float[] embedding() {
    return floats(0, (long) vocabulary * dim);
  }

  /** One row an output. */
  float[] classifier() {
    return tied ? embedding() : floats(floats() - (long) vocabulary * dim, (long) vocabulary * dim);
  }

  float[] finalNorm() {
    return floats((long) vocabulary * dim + layers * layerFloats(), dim);
  }

  /** A tensor of a layer. */
  float[] tensor(final Part part, final int layer) {
    long at = (long) vocabulary * dim;
    for (final Part before : Part.values()) {
      if (before == part) {
        return floats(at + layer * size(part), size(part));
      }
      at += layers * size(before);
    }
    throw new IllegalStateException(part.name());
  }

  private long size(final Part part) {
    return switch (part) {
      case FIRST_NORM, SECOND_NORM -> dim;
      case WQ, WO -> (long) dim * dim;
      case WK, WV -> (long) dim * kvDim();
      case W1, W2, W3 -> (long) dim * hidden;
    };
  }

  private float[] floats(final long from, final long count) {
    final float[] out = new float[Math.toIntExact(count)];
    for (int i = 0; i < out.length; i++) {
      out[i] = bytes.getFloat(Math.toIntExact((HEADER + from + i) * Float.BYTES));
    }
    return out;
  }

  /** The transformer that the weights are of. */
  public Model model() {
    return new Model(
        "checkpoint",
        file,
        Optional.empty(),
        Architecture.DECODER,
        layers,
        dim,
        heads,
        kvHeads,
        headDim(),
        hidden,
        Activation.SILU,
        true,
        Norm.RMS,
        2,
        vocabulary,
        tied,
        Position.ROPE,
        positions,
        Optional.empty(),
        Optional.empty(),
        false,
        false,
        false,
        false,
        false,
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        false,
        Map.of());
  }

  /** Tensors of a layer, in the order of the file. */
  enum Part {
    /** Weights of the norm before attention. */
    FIRST_NORM,
    /** Query projection. */
    WQ,
    /** Key projection. */
    WK,
    /** Value projection. */
    WV,
    /** Output projection of attention. */
    WO,
    /** Weights of the norm before the feed-forward part. */
    SECOND_NORM,
    /** Gate projection. */
    W1,
    /** Down projection. */
    W2,
    /** Up projection. */
    W3
  }
}
