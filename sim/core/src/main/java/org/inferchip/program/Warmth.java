package org.inferchip.program;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.inferchip.program.TensorRef.Home;
import org.inferchip.program.TensorRef.Role;

/**
 * What of an operator's tensors stands in the shared memory when its program starts, by role: the
 * protocol of a measurement, which repeats one operator over few copies of its operands. A tensor
 * of a role that is named is at home in external memory with that share warm, whatever the mapping
 * says of it (except on chips that keep everything on chip); other roles stay as they are.
 *
 * <p>Serving is {@link #COLD}: weights and keys come from memory, and activations are cached as the
 * mapping says.
 *
 * @param hits share of the bytes that hit, 0 to 1, by role; of a result: share that is not written
 *     back
 */
public record Warmth(Map<Role, Double> hits) {

  /** Nothing is said of any role. */
  public static final Warmth COLD = new Warmth(Map.of());

  /** Checks shares. */
  public Warmth {
    hits = hits.isEmpty() ? Map.of() : Map.copyOf(new EnumMap<>(hits));
    for (final Map.Entry<Role, Double> entry : hits.entrySet()) {
      if (!(entry.getValue() >= 0 && entry.getValue() <= 1)) {
        throw new IllegalArgumentException(entry.getKey() + " hits by " + entry.getValue());
      }
    }
  }

  /** A program whose tensors start so. */
  public TileProgram applied(final TileProgram program) {
    return hits.isEmpty() ? program : new WarmProgram(program, tensors(program.tensors()));
  }

  private List<TensorRef> tensors(final List<TensorRef> cold) {
    final List<TensorRef> tensors = new ArrayList<>(cold.size());
    for (final TensorRef t : cold) {
      final Double hit = hits.get(t.role());
      tensors.add(
          hit == null || t.home() == Home.ON_CHIP || t.home() == Home.CELLS
              ? t
              : new TensorRef(t.id(), t.role(), t.rows(), t.cols(), t.format(), Home.MEMORY, hit));
    }
    return List.copyOf(tensors);
  }
}
