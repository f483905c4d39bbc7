package org.inferchip.cli;

import org.inferchip.arch.Chip;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Kind;
import org.inferchip.units.InvalidInputException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The chip that a command tries, with {@code --set}. */
final class ChipArgument {
  @Parameters(paramLabel = "CHIP", description = "Name or path of a chip.")
  private String name;

  @Mixin private OverrideOptions set;

  /** As it was named. */
  String name() {
    return name;
  }

  /** The chip, with what is set. */
  Chip chip() {
    return Descriptions.here().read(Kind.CHIP, name, set.overrides()).value();
  }

  /** That the chip lacks what the command would try. */
  InvalidInputException without(final String what, final String expected) {
    return new InvalidInputException(
        Checks.at("CHIP", "there is nothing to try", name + " without " + what, expected));
  }
}
