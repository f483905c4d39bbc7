package org.inferchip.explore.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.Chip;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Described;
import org.inferchip.cost.Variants;
import org.inferchip.explore.pareto.Goal;
import org.inferchip.explore.sweep.Sweep.Silicon;
import org.inferchip.model.LoadedModel;
import org.inferchip.numerics.Format;
import org.inferchip.simulation.Plan;
import org.inferchip.trace.Trace;

/** A sweep with everything that it names read and checked, and its points by number. */
public final class SweepPlan {
  private final Sweep sweep;
  private final Inputs inputs;
  private final Columns columns;
  private final List<Condition> constraints;
  private final Map<String, Goal> objectives;
  private final String hash;

  /**
   * What a sweep names.
   *
   * @param systems with what the file sets over all
   * @param models that they run
   * @param trace that they serve, if any
   * @param variants how large and dear a system's chip is with other values
   * @param entries alternatives by system and by entry of {@code vary}
   */
  record Inputs(
      List<Described<SystemDescription>> systems,
      List<LoadedModel> models,
      Optional<Trace> trace,
      List<Variants> variants,
      List<List<List<List<Setting>>>> entries) {}

  SweepPlan(
      final Sweep sweep,
      final Inputs inputs,
      final Columns columns,
      final List<Condition> constraints,
      final Map<String, Goal> objectives,
      final String hash) {
    this.sweep = sweep;
    this.inputs = inputs;
    this.columns = columns;
    this.constraints = List.copyOf(constraints);
    this.objectives = new LinkedHashMap<>(objectives);
    this.hash = hash;
  }

  /** The file. */
  public Sweep sweep() {
    return sweep;
  }

  /** The columns of its table. */
  public Columns columns() {
    return columns;
  }

  /** Figures by column, and what of them is good. */
  public Map<String, Goal> objectives() {
    return objectives;
  }

  List<Condition> constraints() {
    return constraints;
  }

  Optional<Trace> trace() {
    return inputs.trace();
  }

  /** Of the file, everything that it names, the program's build and whether points are pruned. */
  public String hash() {
    return hash;
  }

  /** How many points there are. */
  public int size() {
    int size = inputs.systems().size() * inputs.models().size();
    for (final List<List<Setting>> entry : inputs.entries().get(0)) {
      size *= entry.size();
    }
    return size;
  }

  /** The point of a number: the last entry varies fastest, systems slowest. */
  Point point(final int index) {
    final List<Setting> settings = new ArrayList<>();
    int rest = index;
    final int entries = inputs.entries().get(0).size();
    final int[] chosen = new int[entries];
    for (int k = entries - 1; k >= 0; k--) {
      final int size = inputs.entries().get(0).get(k).size();
      chosen[k] = rest % size;
      rest /= size;
    }
    final int model = rest % inputs.models().size();
    final int system = rest / inputs.models().size();
    for (int k = 0; k < entries; k++) {
      settings.addAll(inputs.entries().get(system).get(k).get(chosen[k]));
    }
    return new Point(index, system, model, List.copyOf(settings));
  }

  /**
   * The system of a point.
   *
   * @throws org.inferchip.units.InvalidInputException if there cannot be such a system
   */
  Described<SystemDescription> system(final Point point) {
    final Described<SystemDescription> base = inputs.systems().get(point.system());
    final Described<SystemDescription> read = Entries.over(base, point.settings(), sweep.name());
    if (sweep.silicon().orElse(Silicon.FOLLOWS) == Silicon.STATED
        || read.value().chip().equals(base.value().chip())
        || !read.value().chip().power().mode().equals(base.value().chip().power().mode())) {
      return read;
    }
    final Chip fitted = inputs.variants().get(point.system()).fit(read.value().chip());
    return read.with(read.value().with(fitted));
  }

  /** A point on its system. */
  Design design(final Point point, final Described<SystemDescription> system) {
    final Optional<Format> format =
        point.setting(PlanPaths.FORMAT).map(one -> Entries.format(one.text()).orElseThrow());
    return new Design(
        system,
        inputs.models().get(point.model()),
        new Plan.Wishes(
            whole(point, PlanPaths.TENSOR).or(sweep::tensorParallel),
            whole(point, PlanPaths.PIPELINE).or(sweep::pipelineParallel),
            format.or(sweep::format)),
        work(point));
  }

  private Work work(final Point point) {
    if (!(sweep.work() instanceof final Work.Steps steps)) {
      return sweep.work();
    }
    return new Work.Steps(
        whole(point, PlanPaths.BATCH).orElse(steps.batch()),
        whole(point, PlanPaths.CONTEXT).orElse(steps.context()),
        whole(point, PlanPaths.PREFILL).or(steps::prefill),
        whole(point, PlanPaths.OUTPUT).orElse(steps.output()));
  }

  private static Optional<Integer> whole(final Point point, final String path) {
    return point.setting(path).map(one -> (int) one.amount().orElseThrow().value());
  }

  /** The values of a point's columns, figures left open. */
  List<Object> values(final Point point) {
    final List<Object> values = new ArrayList<>();
    values.add(inputs.systems().get(point.system()).value().name());
    values.add(inputs.models().get(point.model()).model().name());
    for (final Setting one : point.settings()) {
      values.add(value(one, columns.all().get(values.size())));
    }
    while (values.size() < columns.all().size()) {
      values.add(null);
    }
    return values;
  }

  private static Object value(final Setting of, final Column column) {
    return switch (column.type()) {
      case TEXT -> of.text();
      case INTEGER -> (long) of.amount().orElseThrow().value();
      case REAL -> of.amount().orElseThrow().value() * column.perBase();
    };
  }

  /** The row of a point with its figures. */
  Row row(
      final Point point,
      final Row.Status status,
      final String reason,
      final boolean feasible,
      final Map<String, Double> figures) {
    final List<Object> values = values(point);
    for (int i = 0; i < values.size(); i++) {
      final Column column = columns.all().get(i);
      final Double figure = figures.get(column.name());
      if (figure != null && Double.isFinite(figure)) {
        values.set(i, column.type() == Column.Type.INTEGER ? (Object) figure.longValue() : figure);
      }
    }
    return new Row(point.index(), status, reason, feasible, values);
  }

  /** The costs of a row by objective, less being better; NaN where it lacks a figure. */
  public double[] costs(final Row row) {
    return objectives.entrySet().stream()
        .mapToDouble(one -> one.getValue().cost(columns.number(row, one.getKey())))
        .toArray();
  }

  /** The axes whose values are numbers, one path each, by column. */
  public List<String> numericAxes() {
    final List<String> names = new ArrayList<>();
    for (final List<List<Setting>> entry : inputs.entries().get(0)) {
      final boolean single = entry.get(0).size() == 1;
      final Column column = columns.all().get(2 + offset(entry));
      if (single && column.type() != Column.Type.TEXT) {
        names.add(column.name());
      }
    }
    return names;
  }

  private int offset(final List<List<Setting>> entry) {
    int offset = 0;
    for (final List<List<Setting>> one : inputs.entries().get(0)) {
      if (one == entry) {
        return offset;
      }
      offset += one.get(0).size();
    }
    throw new IllegalArgumentException("no entry of this sweep");
  }

  /** The columns of all that varies. */
  public List<String> axes() {
    int settings = 0;
    for (final List<List<Setting>> entry : inputs.entries().get(0)) {
      settings += entry.get(0).size();
    }
    return columns.names().subList(2, 2 + settings);
  }
}
