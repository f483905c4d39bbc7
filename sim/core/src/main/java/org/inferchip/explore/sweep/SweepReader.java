package org.inferchip.explore.sweep;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Described;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.InputFile;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.cost.Variants;
import org.inferchip.explore.pareto.Goal;
import org.inferchip.model.LoadedModel;
import org.inferchip.model.Models;
import org.inferchip.trace.ReadOptions;
import org.inferchip.trace.Trace;
import org.inferchip.trace.Traces;
import org.inferchip.trace.Transforms;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Literal;
import org.inferchip.units.Nearest;

/** Reads a sweep and everything that it names; finds every problem before any work. */
public final class SweepReader {
  private final Described<Sweep> file;
  private final Sweep sweep;
  private final Faults faults;
  private final long seed;
  private final List<InputFile> files = new ArrayList<>();

  private SweepReader(final Described<Sweep> file, final Optional<Long> seed) {
    this.file = file;
    this.sweep = file.value();
    this.faults = new Faults(file);
    this.seed = seed.or(sweep::seed).orElse(1L);
    files.addAll(file.files());
  }

  /**
   * Reads a sweep.
   *
   * @param nameOrPath of the file
   * @param seed over that of the file
   * @param salt of the store's hash, besides the inputs: build and options
   * @throws InvalidInputException with every problem
   */
  public static SweepPlan read(
      final String nameOrPath, final Optional<Long> seed, final String salt) {
    final Described<Sweep> file =
        Descriptions.here().read(Sweep.KIND, nameOrPath, Overrides.none());
    return new SweepReader(file, seed).plan(salt);
  }

  private SweepPlan plan(final String salt) {
    final List<Described<SystemDescription>> systems = systems();
    final List<LoadedModel> models = models();
    final Optional<Trace> trace = trace();
    count("vary", sweep.vary().size(), 1, 12);
    count("objectives", sweep.objectives().size(), 1, 4);
    faults.throwIfAny();
    final Entries reader = new Entries(sweep, seed, faults);
    final List<List<List<List<Setting>>>> entries = new ArrayList<>();
    for (final Described<SystemDescription> system : systems) {
      entries.add(reader.of(system));
      faults.throwIfAny(); // what is wrong with the entries is mostly the same for every system
    }
    reader.count(systems.size() * (long) models.size(), entries.get(0));
    for (int i = 0; i < systems.size(); i++) {
      reader.trials(systems.get(i), entries.get(i), this::note);
    }
    final List<Column> all = new ArrayList<>(List.of(Column.text("system"), Column.text("model")));
    all.addAll(Entries.columns(entries));
    all.addAll(Figures.columns(sweep.work()));
    final Columns columns = new Columns(all);
    final List<Condition> constraints = constraints(columns);
    final Map<String, Goal> objectives = objectives(columns);
    faults.throwIfAny();
    return new SweepPlan(
        sweep,
        new SweepPlan.Inputs(
            systems,
            models,
            trace,
            systems.stream().map(system -> Variants.of(system.value().chip())).toList(),
            entries),
        columns,
        constraints,
        objectives,
        hash(salt));
  }

  private List<Described<SystemDescription>> systems() {
    final List<Described<SystemDescription>> systems = new ArrayList<>();
    final Set<String> names = new HashSet<>();
    count("systems", sweep.systems().size(), 1, 100);
    for (int i = 0; i < sweep.systems().size(); i++) {
      final String name = sweep.systems().get(i);
      attempt("systems[" + i + "]", () -> system(name))
          .ifPresent(
              system -> {
                systems.add(system);
                files.addAll(system.files());
                if (!names.add(system.value().name())) {
                  faults.add("systems", "names a system twice", name, "different systems");
                }
              });
    }
    return systems;
  }

  private Described<SystemDescription> system(final String name) {
    Overrides overrides = Overrides.none();
    for (final Map.Entry<String, Literal> one : sweep.set().orElse(Map.of()).entrySet()) {
      final String origin = file.place("set").file();
      overrides = overrides.with(one.getKey(), one.getValue().text(), origin);
    }
    return Descriptions.here().system(name, sweep.stack(), overrides);
  }

  private List<LoadedModel> models() {
    final List<LoadedModel> models = new ArrayList<>();
    count("models", sweep.models().size(), 1, 100);
    for (int i = 0; i < sweep.models().size(); i++) {
      final String name = sweep.models().get(i);
      if (sweep.models().indexOf(name) < i) {
        faults.add("models[" + i + "]", "names a model twice", name, "different models");
      }
      attempt("models[" + i + "]", () -> Models.here().read(name))
          .ifPresent(
              model -> {
                models.add(model);
                files.addAll(model.files());
              });
    }
    return models;
  }

  private Optional<Trace> trace() {
    if (!(sweep.work() instanceof final Work.Replay replay)) {
      return Optional.empty();
    }
    final Optional<Trace> trace =
        attempt(
            "work.trace",
            () -> {
              final Trace whole = Traces.here().read(replay.trace(), ReadOptions.defaults());
              return replay
                  .maxRequests()
                  .map(most -> Transforms.first(most).apply(whole, seed))
                  .orElse(whole);
            });
    trace.ifPresent(read -> files.add(new InputFile(read.name(), read.sha256())));
    return trace;
  }

  private List<Condition> constraints(final Columns columns) {
    final List<Condition> all = new ArrayList<>();
    final List<String> texts = sweep.constraints().orElse(List.of());
    for (int i = 0; i < texts.size(); i++) {
      final String text = texts.get(i);
      attempt("constraints[" + i + "]", () -> Condition.parse(text, "", columns.all()))
          .ifPresent(all::add);
    }
    return all;
  }

  private Map<String, Goal> objectives(final Columns columns) {
    final Map<String, Goal> all = new LinkedHashMap<>();
    sweep
        .objectives()
        .forEach(
            (typed, goal) -> {
              final String name = Figures.meant(typed, sweep.work());
              all.put(name, goal);
              final List<String> figures =
                  Figures.columns(sweep.work()).stream().map(Column::name).toList();
              if (!figures.contains(name)) {
                faults.add(
                    "objectives." + typed,
                    "there is no such figure",
                    typed,
                    String.join(", ", figures),
                    Nearest.of(name, figures));
              }
            });
    return all;
  }

  private void note(final InputFile read) {
    if (!files.contains(read)) {
      files.add(read);
    }
  }

  private void count(final String path, final int found, final int least, final int most) {
    if (found < least || found > most) {
      faults.add(path, "is of a wrong length", found + " items", least + " to " + most);
    }
  }

  private <T> Optional<T> attempt(final String path, final Supplier<T> read) {
    try {
      return Optional.of(read.get());
    } catch (final InvalidInputException e) {
      faults.add(path, e);
      return Optional.empty();
    }
  }

  private String hash(final String salt) {
    final StringBuilder all = new StringBuilder(salt).append('\n').append(seed).append('\n');
    files.forEach(one -> all.append(one.sha256()).append('\n'));
    return InputFile.of("", all.toString().getBytes(StandardCharsets.UTF_8)).sha256();
  }
}
