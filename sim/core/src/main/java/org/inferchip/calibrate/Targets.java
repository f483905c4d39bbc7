package org.inferchip.calibrate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.Overlay;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Described;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.InputFile;
import org.inferchip.arch.yaml.Kind;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.engine.Detail;
import org.inferchip.model.MixtureOfExperts;
import org.inferchip.model.Model;
import org.inferchip.model.Models;
import org.inferchip.numerics.Format;
import org.inferchip.simulation.OperatorSimulator;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problems;

/** Finds descriptions for measured devices. */
final class Targets {
  private final Descriptions descriptions;
  private final Aliases aliases;
  private final Models models;
  private final ModelNames names;
  private final Map<String, String> namedByChip = new LinkedHashMap<>();
  private final Map<String, String> overlays = new HashMap<>();
  private final Overrides values;
  private final Targets kept;
  private final SharedTimings timings;
  private final boolean onlyNamed;
  private final Map<String, Target> targets = new HashMap<>();
  private final Map<List<Object>, SystemDescription> systems = new HashMap<>();
  private final Map<String, Optional<Model>> modelsByName = new HashMap<>();
  private final Variants variants;
  private final ExpertLoads expertLoads = new ExpertLoads();
  private final Map<String, InputFile> files = new LinkedHashMap<>();

  /**
   * A finder.
   *
   * @param named systems (or chips) to which rows are confined; empty: every device with an alias.
   *     A row goes to the one whose chip has the name that the row's device stands for
   */
  Targets(final Descriptions descriptions, final List<String> named) {
    this(descriptions, named, Overrides.none(), null, new SharedTimings());
  }

  /**
   * A finder of the same devices with other numbers.
   *
   * @param values set over every system
   * @param kept whose simulators have chosen the mappings; null: mappings are searched
   * @param timings of chips
   */
  Targets(
      final Descriptions descriptions,
      final List<String> named,
      final Overrides values,
      final Targets kept,
      final SharedTimings timings) {
    this.descriptions = descriptions;
    this.aliases = kept == null ? Aliases.read(descriptions) : kept.aliases;
    this.models = new Models(descriptions);
    this.names = kept == null ? new ModelNames(aliases.models(), models.names()) : kept.names;
    this.onlyNamed = !named.isEmpty();
    this.values = values;
    this.kept = kept;
    this.timings = timings;
    this.variants = new Variants(timings);
    for (final String system : named) {
      name(system);
    }
  }

  /** An overlay is laid over the rows of its own software; all others have its system as it is. */
  private void name(final String system) {
    final SystemDescription read =
        descriptions.system(system, Optional.empty(), Overrides.none()).value();
    final Optional<Overlay> overlay = descriptions.overlay(system);
    namedByChip.put(read.chip().name(), overlay.map(Overlay::system).orElse(system));
    namedByChip.putIfAbsent(read.name(), overlay.map(Overlay::system).orElse(system));
    overlay.ifPresent(one -> overlays.put(read.chip().name() + "/" + read.stack().name(), system));
  }

  Aliases aliases() {
    return aliases;
  }

  /** Files that were read. */
  List<InputFile> files() {
    return new ArrayList<>(files.values());
  }

  /** The target of a chip and a stack by their names, once a row was read for it. */
  Target named(final String chip, final String stack) {
    return targets.values().stream()
        .filter(one -> one.chip().name().equals(chip) && one.stack().name().equals(stack))
        .findFirst()
        .orElseThrow();
  }

  /** The system to describe a device with; empty, with the reason noted, where there is none. */
  Optional<String> system(final String device, final Skips skips) {
    final Optional<String> chip = aliases.chip(device).or(() -> byItsOwnName(device));
    if (chip.isEmpty()) {
      skips.add("device " + device + " has no description");
      return Optional.empty();
    }
    if (onlyNamed && !namedByChip.containsKey(chip.get())) {
      skips.add("device " + device + " is not among the systems asked for");
      return Optional.empty();
    }
    return Optional.of(namedByChip.getOrDefault(chip.get(), chip.get()));
  }

  /** A device that a table calls by the name of a chip or system here. */
  private Optional<String> byItsOwnName(final String device) {
    final boolean known =
        namedByChip.containsKey(device)
            || new Problems()
                .read(() -> descriptions.kindOf(device, List.of(Kind.CHIP, Kind.SYSTEM)))
                .isPresent();
    return known ? Optional.of(device) : Optional.empty();
  }

  /**
   * The format of a data type on a target; empty, with the reason noted, where it is not known or
   * the target's matrix unit lacks it.
   */
  Optional<Format> format(final String dataType, final Target target, final Skips skips) {
    final Optional<Format> format = aliases.format(dataType);
    if (format.isEmpty()) {
      skips.add("number format " + dataType + " is not known");
    } else if (!target.has(format.get())) {
      skips.add("the matrix unit of " + target.chip().name() + " lacks " + format.get().key());
    }
    return format.filter(target::has);
  }

  /** Whether a target's links join so many devices; where they do not, the reason is noted. */
  boolean joins(final Target target, final int devices, final Skips skips) {
    if (!target.joins(devices)) {
      skips.add(target.chip().name() + " has no links among " + devices + " chips");
      return false;
    }
    return true;
  }

  /**
   * The format in which a model is served where a table states some: that in which its experts are
   * published, where the target's matrix unit lacks the stated one (tables call gpt-oss on Hopper
   * nvfp4).
   */
  Optional<Format> format(
      final String dataType, final Model model, final Target target, final Skips skips) {
    final Optional<Format> published = model.moe().flatMap(MixtureOfExperts::storedFormat);
    return aliases.format(dataType).filter(target::has).isEmpty()
            && published.filter(target::has).isPresent()
        ? published
        : format(dataType, target, skips);
  }

  /**
   * A model by the table's name, that in small letters, or its shape ({@link ModelNames}); empty,
   * with the reason noted, where there is none.
   */
  Optional<Model> model(final String name, final Skips skips) {
    final Optional<Model> model = modelsByName.computeIfAbsent(name, this::model);
    if (model.isEmpty()) {
      skips.add("model " + name + " has no description");
    }
    return model;
  }

  private Optional<Model> model(final String name) {
    final String alias = aliases.model(name);
    for (final String one :
        List.of(alias, alias.toLowerCase(Locale.ROOT), names.find(name).orElse(alias))) {
      try {
        return Optional.of(models.read(one).model());
      } catch (final InvalidInputException e) {
        // The next spelling, or none.
      }
    }
    return Optional.empty();
  }

  /** A system of at least so many chips, with the software of a framework. */
  SystemDescription read(final String system, final Optional<String> stack, final int leastChips) {
    return read(system, stack, leastChips, Optional.empty());
  }

  /** The same, with another format of keys and values than the software's own. */
  SystemDescription read(
      final String system,
      final Optional<String> stack,
      final int leastChips,
      final Optional<Format> cache) {
    return systems.computeIfAbsent(
        List.of(system, stack, leastChips, cache),
        key -> {
          final Overrides set =
              cache.map(format -> values.with("cache", format.key())).orElse(values);
          return describe(system, stack, leastChips, set);
        });
  }

  private SystemDescription describe(
      final String system,
      final Optional<String> stack,
      final int leastChips,
      final Overrides numbers) {
    final SystemDescription plain = descriptions.system(system, stack, Overrides.none()).value();
    final String laid =
        overlays.getOrDefault(plain.chip().name() + "/" + plain.stack().name(), system);
    final Overrides set =
        plain.count() >= leastChips ? numbers : numbers.with("count", Integer.toString(leastChips));
    final Described<SystemDescription> one =
        descriptions.system(laid, laid.equals(system) ? stack : Optional.empty(), set);
    one.files().forEach(file -> files.put(file.file(), file));
    return one.value();
  }

  /** Chip, software and simulator for a framework on a system. */
  Target target(final String system, final String framework, final String device) {
    final Optional<String> stack = aliases.stack(framework, device);
    return targets.computeIfAbsent(
        system + "\n" + stack.orElse(""),
        key -> {
          final SystemDescription read = read(system, stack, 1);
          final Target before = kept == null ? null : kept.targets.get(key);
          final OperatorSimulator operators =
              before == null
                  ? new OperatorSimulator(read.chip(), read.stack(), Detail.FOLDED, Map.of())
                  : before.operators().keepingMappings(read.chip(), read.stack());
          return new Target(read.chip(), read.stack(), operators.sharing(timings.of(read.chip())));
        });
  }

  /** The same of several frameworks; of those but the first, where the alias list has them. */
  List<Target> targets(final String system, final List<String> frameworks, final String device) {
    return frameworks.stream()
        .filter(one -> one.equals(frameworks.get(0)) || aliases.stack(one, device).isPresent())
        .map(one -> target(system, one, device))
        .toList();
  }

  /** The same targets with some of their software's kernels in the place of others. */
  Variants variants() {
    return variants;
  }

  /** Loads of experts that rows have. */
  ExpertLoads expertLoads() {
    return expertLoads;
  }
}
