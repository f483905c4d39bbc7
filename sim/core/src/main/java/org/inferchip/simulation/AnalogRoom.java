package org.inferchip.simulation;

import java.util.Optional;
import org.inferchip.arch.Chip;
import org.inferchip.arch.CoreGroup;
import org.inferchip.arch.MatrixUnit;
import org.inferchip.model.Layer;
import org.inferchip.model.Model;
import org.inferchip.model.WeightMatrix;
import org.inferchip.numerics.Format;

/**
 * Weights that stand in analog arrays: each matrix of the layers in tiles of an array, edge tiles
 * in arrays of their own. The head stays in memory unless its format is emulated by the arrays or
 * no other unit could multiply it; the embedding unless there is no memory (a row of it is then
 * read as a product with a vector of one 1). Written once, when the model is loaded: all arrays at
 * a time, the cells of an array as its programming says.
 *
 * @param needed arrays on the fullest chip
 * @param there arrays of a chip
 * @param whole arrays for the whole model on one chip
 * @param heldElements weights that stand in arrays, of the whole model
 * @param programmingSeconds time to write them
 * @param programmingJoules energy to write them, all chips
 * @param endurance times that they can be written
 */
public record AnalogRoom(
    long needed,
    long there,
    long whole,
    long heldElements,
    double programmingSeconds,
    double programmingJoules,
    double endurance) {

  /** The first analog group of a chip. */
  static Optional<CoreGroup> group(final Chip chip) {
    return chip.cores().stream()
        .filter(cores -> cores.matrix() instanceof MatrixUnit.Analog)
        .findFirst();
  }

  /** The room of a model in a format on a chip; empty without analog arrays. */
  static Optional<AnalogRoom> of(
      final Chip chip,
      final Model model,
      final Format format,
      final int tensorParallel,
      final PipelineStages stages) {
    return group(chip).map(cores -> of(chip, cores, model, format, tensorParallel, stages));
  }

  private static AnalogRoom of(
      final Chip chip,
      final CoreGroup cores,
      final Model model,
      final Format format,
      final int parts,
      final PipelineStages stages) {
    final MatrixUnit.Analog unit = (MatrixUnit.Analog) cores.matrix();
    final boolean alone =
        chip.cores().stream().allMatch(group -> group.matrix() instanceof MatrixUnit.Analog);
    final boolean holdsHead = format != Format.ANALOG || alone;
    final boolean holdsEmbedding = chip.memory().isEmpty() && !model.tieWordEmbeddings();
    double layers = 0;
    double whole = 0;
    long elements = 0;
    for (final Layer layer : model.layers()) {
      for (final WeightMatrix matrix : layer.shape().matrices()) {
        layers += tiles(unit, matrix, parts);
        whole += tiles(unit, matrix, 1);
        elements += matrix.copies() * matrix.elementsPerCopy();
      }
    }
    double outside = 0;
    if (holdsHead && model.head().isPresent()) {
      outside = tiles(unit, model.head().get(), parts);
      whole += tiles(unit, model.head().get(), 1);
      elements += model.head().get().elementsPerCopy();
    }
    if (holdsEmbedding) {
      final double tiles =
          (double) up(model.vocabSize(), unit.rows()) * up(model.hiddenSize(), unit.columns());
      outside += tiles / parts;
      whole += tiles;
      elements += (long) model.vocabSize() * model.hiddenSize();
    }
    final double share = (double) stages.mostLayers() / model.numHiddenLayers();
    final int copies = unit.copies(format);
    final double cells = (double) elements * copies * unit.cellsPerWeight();
    final double fullArray = (double) unit.rows() * unit.columns() * unit.cellsPerWeight();
    return new AnalogRoom(
        (long) Math.ceil((layers * share + outside) * copies),
        (long) cores.count() * unit.arrays(),
        (long) whole * copies,
        elements,
        unit.programming().seconds(fullArray),
        unit.programming().joules(cells),
        unit.programming().endurance());
  }

  /** Arrays of a matrix on one of the chips that share it: inputs or outputs are split. */
  private static double tiles(
      final MatrixUnit.Analog unit, final WeightMatrix matrix, final int parts) {
    final boolean byInputs =
        matrix.name().endsWith("o_proj") || matrix.name().endsWith("down_proj");
    final int inputs = byInputs ? up(matrix.inputs(), parts) : matrix.inputs();
    final int outputs = byInputs ? matrix.outputs() : up(matrix.outputs(), parts);
    return (double) up(inputs, unit.rows()) * up(outputs, unit.columns()) * matrix.copies();
  }

  private static int up(final int whole, final int part) {
    return (whole - 1) / part + 1;
  }

  /** Whether the fullest chip has arrays enough. */
  boolean fits() {
    return needed <= there;
  }

  /** Chips for the whole model at least. */
  long chips() {
    return (whole - 1) / there + 1;
  }
}
