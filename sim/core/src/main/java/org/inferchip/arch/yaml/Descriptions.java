package org.inferchip.arch.yaml;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.Chip;
import org.inferchip.arch.Defaults;
import org.inferchip.arch.Overlay;
import org.inferchip.arch.Stack;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.YamlNode.Entry;
import org.inferchip.arch.yaml.YamlNode.Mapping;
import org.inferchip.arch.yaml.YamlNode.Scalar;
import org.inferchip.arch.yaml.YamlNode.Sequence;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problem;
import org.inferchip.units.Problems;

/** Reads descriptions by name or path. The way in for every other package. */
public final class Descriptions {
  private static final String COMMAND_LINE = "command line";

  private final Catalog catalog;
  private final ParsedFiles parsed = new ParsedFiles();

  /**
   * A reader.
   *
   * @param catalog where names are looked up
   */
  public Descriptions(final Catalog catalog) {
    this.catalog = catalog;
  }

  /** A reader of the process's working directory and the packed files. */
  public static Descriptions here() {
    return new Descriptions(Catalog.here());
  }

  /** Where names are looked up. */
  public Catalog catalog() {
    return catalog;
  }

  /** A chip by name or path. */
  public Described<Chip> chip(final String nameOrPath) {
    return read(Kind.CHIP, nameOrPath, Overrides.none());
  }

  /** A stack by name or path. */
  public Described<Stack> stack(final String nameOrPath) {
    return read(Kind.STACK, nameOrPath, Overrides.none());
  }

  /**
   * Reads a description.
   *
   * @param kind what it is
   * @param nameOrPath as typed
   * @param overrides set over it
   * @throws InvalidInputException with every problem of the file and of the parts it uses
   */
  public <T extends Record> Described<T> read(
      final Kind<T> kind, final String nameOrPath, final Overrides overrides) {
    final Resource resource = catalog.find(nameOrPath, kind.name(), kind.folder(), Catalog.YAML);
    final Problems problems = new Problems();
    final Composer composer = new Composer(catalog, kind, problems, parsed);
    return bind(kind, composer, composer.file(resource, kind, ""), overrides, problems);
  }

  /**
   * Reads a description out of text that stands in no file.
   *
   * @param kind what it is
   * @param display stands for the file in messages
   * @param text YAML
   * @throws InvalidInputException with every problem
   */
  public <T extends Record> Described<T> readText(
      final Kind<T> kind, final String display, final String text) {
    final Problems problems = new Problems();
    final Optional<YamlNode> node =
        YamlReader.read(text.getBytes(StandardCharsets.UTF_8), display, problems);
    problems.throwIfAny();
    if (!(node.orElseThrow() instanceof Mapping map)) {
      throw new InvalidInputException(node.get().place().problem("", "is not a map"));
    }
    final Composer composer = new Composer(catalog, kind, problems, parsed);
    final Mapping tree = composer.content(map, Resource.inProgram(display), kind);
    return bind(kind, composer, tree, Overrides.none(), problems);
  }

  /**
   * Which kind of description a name or path is.
   *
   * @param nameOrPath as typed
   * @param kinds that it may be, in the order in which a name is looked up
   * @throws InvalidInputException if nothing has that name
   */
  public Kind<?> kindOf(final String nameOrPath, final List<Kind<?>> kinds) {
    return KindGuess.of(catalog, nameOrPath, kinds);
  }

  /**
   * Reads a system. An overlay's name (or path) means its system with its values set, below the
   * overrides. A chip's name (or the path of a chip file) means one of it with its default host and
   * software stack. Key paths of overrides are the system's; one whose first key is a chip's or
   * else a stack's key means that ({@code memory.bandwidth} is {@code chip.memory.bandwidth}).
   *
   * @param nameOrPath as typed
   * @param stack another software stack, by name or path
   * @param overrides set over it
   * @throws InvalidInputException with every problem
   */
  public Described<SystemDescription> system(
      final String nameOrPath, final Optional<String> stack, final Overrides overrides) {
    Overrides all = Overrides.none();
    if (stack.isPresent()) {
      all = all.with("stack", stack.get());
    }
    for (final Overrides.One one : overrides.prefixed(Descriptions::ownerOf).all()) {
      all = all.with(one.path(), one.value());
    }
    final Kind<?> kind = kindOf(nameOrPath, List.of(Kind.SYSTEM, Kind.CHIP, Kind.OVERLAY));
    if (kind == Kind.OVERLAY) {
      return overlaid(nameOrPath, stack, overrides);
    }
    if (kind == Kind.SYSTEM) {
      return read(Kind.SYSTEM, nameOrPath, all);
    }
    final Chip chip = chip(nameOrPath).value();
    final Problems problems = new Problems();
    final Composer composer = new Composer(catalog, Kind.SYSTEM, problems, parsed);
    final Resource user = Resource.inProgram("one " + chip.name());
    final Mapping tree = composer.content(oneOf(nameOrPath, chip), user, Kind.SYSTEM);
    return bind(Kind.SYSTEM, composer, tree, all, problems);
  }

  /** The overlay that a system's name or path is of; empty where it is of a system or a chip. */
  public Optional<Overlay> overlay(final String nameOrPath) {
    return kindOf(nameOrPath, List.of(Kind.SYSTEM, Kind.CHIP, Kind.OVERLAY)) == Kind.OVERLAY
        ? Optional.of(read(Kind.OVERLAY, nameOrPath, Overrides.none()).value())
        : Optional.empty();
  }

  /**
   * A system with more values set over it, without reading its files again.
   *
   * @param system that was read
   * @param overrides with key paths as {@link #system} takes them
   * @throws InvalidInputException with every problem
   */
  public Described<SystemDescription> over(
      final Described<SystemDescription> system, final Overrides overrides) {
    final Problems problems = new Problems();
    final Composer composer = new Composer(catalog, Kind.SYSTEM, problems, parsed);
    final Overrides own = overrides.prefixed(Descriptions::ownerOf);
    final Described<SystemDescription> bound =
        bind(Kind.SYSTEM, composer, system.stated(), own, problems);
    final List<InputFile> files = new ArrayList<>(system.files());
    files.addAll(bound.files());
    return new Described<>(bound.value(), bound.sources(), files, bound.tree(), bound.stated());
  }

  /**
   * The single value at a key path of a system, as its file spells it; empty where there is none.
   *
   * @param path as {@link #system} takes it
   */
  public static Optional<String> valueAt(
      final Described<SystemDescription> system, final String path) {
    final Overrides.One one =
        Overrides.none().with(path, "").prefixed(Descriptions::ownerOf).all().get(0);
    return Graft.find(system.tree(), one.steps()) instanceof final Scalar scalar
            && scalar.type() != Scalar.Type.NULL
        ? Optional.of(scalar.text())
        : Optional.empty();
  }

  private Described<SystemDescription> overlaid(
      final String nameOrPath, final Optional<String> stack, final Overrides overrides) {
    final Described<Overlay> overlay = read(Kind.OVERLAY, nameOrPath, Overrides.none());
    final Overlay values = overlay.value();
    if (stack.isPresent() && values.stack().isPresent() && !stack.equals(values.stack())) {
      throw new InvalidInputException(
          Problem.ofFile(overlay.files().get(0).file(), "is of other software")
              .but(stack.get(), values.stack().get() + ", or " + values.system() + " itself"));
    }
    Overrides all = Overrides.none();
    for (final Map.Entry<String, String> one : values.set().entrySet()) {
      all = all.with(one.getKey(), one.getValue());
    }
    for (final Overrides.One one : overrides.all()) {
      all = all.with(one.path(), one.value());
    }
    final Described<SystemDescription> system =
        system(values.system(), stack.or(values::stack), all);
    final List<InputFile> files = new ArrayList<>(overlay.files());
    files.addAll(system.files());
    return new Described<>(system.value(), system.sources(), files, system.tree(), system.stated());
  }

  private <T extends Record> Described<T> bind(
      final Kind<T> kind,
      final Composer composer,
      final Mapping composed,
      final Overrides overrides,
      final Problems problems) {
    final Mapping stated = override(composer, composed, kind, overrides, problems);
    final Mapping tree = ChipTree.completed(kind, stated, problems);
    final Binder binder = new Binder(problems);
    final Optional<T> value = binder.bind(tree, kind.type());
    problems.throwIfAny();
    final SourceIndex sources = SourceIndex.of(tree, binder.numbers(), problems);
    problems.throwIfAny();
    return new Described<>(value.orElseThrow(), sources, composer.files(), tree, stated);
  }

  private static Mapping override(
      final Composer composer,
      final Mapping composed,
      final Kind<?> kind,
      final Overrides overrides,
      final Problems problems) {
    Mapping tree = composed;
    for (final Overrides.One one : overrides.all()) {
      final Place place = new Place(one.origin(), 0, 0);
      final Optional<YamlNode> value =
          YamlReader.read(
              one.value().getBytes(StandardCharsets.UTF_8),
              one.origin() + " (" + one.path() + ")",
              problems);
      if (value.isPresent()) {
        final Type type = Graft.typeAt(kind.type(), one.steps());
        final Resource user = Resource.inProgram(COMMAND_LINE);
        final YamlNode node = composer.value(value.get().at(place), user, type, one.path());
        tree = Graft.set(tree, one, node, place, problems);
      }
    }
    return tree;
  }

  private static String ownerOf(final String key) {
    if (Types.components(SystemDescription.class).containsKey(key)) {
      return "";
    }
    if (Types.components(Chip.class).containsKey(key)) {
      return "chip";
    }
    return Types.components(Stack.class).containsKey(key) ? "stack" : "";
  }

  private static Mapping oneOf(final String nameOrPath, final Chip chip) {
    final Defaults defaults = chip.defaults();
    final Place place = new Place("packed:one " + chip.name(), 0, 0);
    final Map<String, Entry> system = new LinkedHashMap<>();
    put(system, "name", text(chip.name(), place));
    put(system, "description", text("One " + chip.description(), place));
    put(system, "chip", text(nameOrPath, place));
    put(system, "count", new Scalar("1", Scalar.Type.NUMBER, place));
    put(system, "stack", text(defaults.stack(), place));
    final Map<String, Entry> enclosure = new LinkedHashMap<>();
    put(enclosure, "use", text(defaults.host(), place));
    put(system, "enclosure", new Mapping(enclosure, place));
    put(system, "placement", new Mapping(Map.of(), place));
    put(system, Merge.SOURCES, new Mapping(Map.of("one", new Entry(place, one(place))), place));
    return new Mapping(system, place);
  }

  private static Mapping one(final Place place) {
    final Map<String, Entry> source = new LinkedHashMap<>();
    put(source, "what", text("one chip was named", place));
    put(source, "mark", text("calculated", place));
    put(source, "covers", new Sequence(List.of(text("count", place)), place));
    return new Mapping(source, place);
  }

  private static Scalar text(final String text, final Place place) {
    return new Scalar(text, Scalar.Type.TEXT, place);
  }

  private static void put(final Map<String, Entry> map, final String key, final YamlNode value) {
    map.put(key, new Entry(value.place(), value));
  }
}
