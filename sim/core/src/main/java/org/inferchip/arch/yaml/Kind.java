package org.inferchip.arch.yaml;

import java.util.List;
import java.util.Optional;
import org.inferchip.arch.Chip;
import org.inferchip.arch.Overlay;
import org.inferchip.arch.Stack;
import org.inferchip.arch.SystemDescription;

/**
 * A kind of description: a record, the folder of its files, and the kinds that may stand in it by
 * name.
 *
 * @param name in messages and on the command line, such as {@code chip}
 * @param folder such as {@code arch-configs/chips}
 * @param type the record
 * @param nested kinds that it names
 * @param <T> the record
 */
public record Kind<T extends Record>(
    String name, String folder, Class<T> type, List<Kind<?>> nested) {
  /** Chips. */
  public static final Kind<Chip> CHIP =
      new Kind<>("chip", "arch-configs/chips", Chip.class, List.of());

  /** Software stacks. */
  public static final Kind<Stack> STACK =
      new Kind<>("stack", "arch-configs/stacks", Stack.class, List.of());

  /** Systems, which name a chip and a stack. */
  public static final Kind<SystemDescription> SYSTEM =
      new Kind<>("system", "arch-configs/systems", SystemDescription.class, List.of(CHIP, STACK));

  /** Values set over a system. */
  public static final Kind<Overlay> OVERLAY =
      new Kind<>("overlay", "arch-configs/overlays", Overlay.class, List.of());

  /** The kind that a record type is of: this one or a nested one. */
  Optional<Kind<?>> of(final Class<?> record) {
    if (record == type) {
      return Optional.of(this);
    }
    return nested.stream().filter(kind -> kind.type() == record).<Kind<?>>map(k -> k).findFirst();
  }
}
