package org.inferchip.simulation;

import java.util.List;
import java.util.Optional;
import org.inferchip.arch.RowKernel;
import org.inferchip.arch.RowPart;
import org.inferchip.arch.RowReduction;

/** Element-wise kernels for tests: what is not said is absent. */
final class RowKernels {
  private final double launch;
  private final double passes;
  private Optional<RowKernel.Blocks> blocks = Optional.empty();
  private Optional<RowKernel.Spill> spill = Optional.empty();
  private Optional<RowKernel.Few> few = Optional.empty();
  private Optional<Double> flow = Optional.empty();
  private Optional<RowReduction> reduction = Optional.empty();
  private Optional<List<RowPart>> parts = Optional.empty();

  private RowKernels(final double launch, final double passes) {
    this.launch = launch;
    this.passes = passes;
  }

  static RowKernels of(final double launch, final double passes) {
    return new RowKernels(launch, passes);
  }

  RowKernels blocks(final RowKernel.Blocks value) {
    blocks = Optional.of(value);
    return this;
  }

  RowKernels spill(final RowKernel.Spill value) {
    spill = Optional.of(value);
    return this;
  }

  RowKernels few(final RowKernel.Few value) {
    few = Optional.of(value);
    return this;
  }

  RowKernels flow(final double value) {
    flow = Optional.of(value);
    return this;
  }

  RowKernels reduction(final RowReduction value) {
    reduction = Optional.of(value);
    return this;
  }

  RowKernels parts(final List<RowPart> value) {
    parts = Optional.of(value);
    return this;
  }

  RowKernel kernel() {
    return new RowKernel(
        launch,
        passes,
        Optional.empty(),
        blocks,
        spill,
        few,
        flow,
        reduction,
        parts,
        Optional.empty(),
        Optional.empty());
  }
}
