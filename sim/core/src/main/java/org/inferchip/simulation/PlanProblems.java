package org.inferchip.simulation;

import java.util.Locale;
import java.util.Optional;
import org.inferchip.arch.Chip;
import org.inferchip.arch.FarMemory;
import org.inferchip.arch.Offload;
import org.inferchip.arch.SystemDescription;
import org.inferchip.model.Model;
import org.inferchip.numerics.Format;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problem;

/** What is said of models that cannot be laid over a system. */
final class PlanProblems {
  private PlanProblems() {}

  /** A problem of a system's placement. */
  static Problem of(final SystemDescription system, final String message) {
    return new Problem("system " + system.name(), 0, 0, "placement", message, "", "", "");
  }

  /** Refuses to keep anything behind device memory where there is nothing, or no way to it. */
  static void checkOffload(final SystemDescription system, final Offload offload) {
    if (offload.none()) {
      return;
    }
    final Chip chip = system.chip();
    if (AnalogRoom.group(chip).isPresent()) {
      throw refused(system, chip.name(), "a chip whose weights do not stand in analog arrays");
    }
    if (FarMemory.of(system).isEmpty()) {
      throw refused(
          system,
          chip.host().isEmpty() ? chip.name() + " without a host link" : "hosts without memory",
          "a memory.tier of the chip, or a host link (of SRAM-only chips, scale-up links) and"
              + " enclosure.memory");
    }
  }

  private static InvalidInputException refused(
      final SystemDescription system, final String found, final String expected) {
    return new InvalidInputException(
        of(system, "nothing can be kept behind device memory").but(found, expected));
  }

  private static InvalidInputException fullFar(
      final SystemDescription system, final Plan last, final double bytes) {
    final FarMemory far = FarMemory.of(system).orElseThrow();
    return new InvalidInputException(
        of(system, "what is to be kept behind device memory does not fit there")
            .but(
                gigabytes(bytes) + " GB a chip on " + last.chips() + " chips",
                "at most " + gigabytes(far.capacity()) + " GB a chip (" + far.name() + ")"));
  }

  private static String gigabytes(final double bytes) {
    return String.format(Locale.ROOT, "%.1f", bytes / 1e9);
  }

  /** That the model does not fit, with the chips that it needs. */
  static InvalidInputException tooSmall(
      final SystemDescription system, final Model model, final Format weights, final Plan last) {
    final Optional<AnalogRoom> arrays =
        AnalogRoom.of(system.chip(), model, weights, 1, PipelineStages.of(model, 1));
    if (arrays.isPresent() && arrays.get().chips() > (last == null ? 0 : 1)) {
      return fullArrays(system, model, weights, arrays.get());
    }
    if (last != null && last.farBytes() > PlanRoom.farCapacity(system)) {
      throw fullFar(system, last, last.farBytes());
    }
    final long bytes = weights.bytes(model.parameters());
    final int tried = last == null ? 0 : last.chips();
    final long needed = Math.max(tried + 1L, (long) Math.ceil(bytes / PlanRoom.bytes(system)));
    return new InvalidInputException(
        of(system, "the model does not fit")
            .but(
                system.count() + " x " + system.chip().name() + ", " + tried + " of them tried",
                "at least "
                    + needed
                    + " chips for "
                    + model.name()
                    + " in "
                    + weights.key()
                    + " ("
                    + (bytes < 1e9 ? bytes / 1_000_000 + " MB" : bytes / 1_000_000_000 + " GB")
                    + " of weights, then its cache)"));
  }

  private static InvalidInputException fullArrays(
      final SystemDescription system,
      final Model model,
      final Format weights,
      final AnalogRoom arrays) {
    return new InvalidInputException(
        of(system, "the weights do not fit into the analog arrays, which hold them for good")
            .but(
                system.count()
                    + " x "
                    + system.chip().name()
                    + " with "
                    + arrays.there()
                    + " arrays each",
                "at least "
                    + arrays.chips()
                    + " chips for the "
                    + arrays.whole()
                    + " arrays of "
                    + model.name()
                    + " in "
                    + weights.key()
                    + " ("
                    + arrays.heldElements()
                    + " weights)"));
  }
}
