package org.inferchip.calibrate;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Kind;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.numerics.Format;

/**
 * What measured tables call things, and what they are called here.
 *
 * @param name of the list
 * @param description one line for a reader
 * @param devices chip or system by the table's device, found by {@link Spellings}
 * @param formats format by the table's data type, where it is not the format's own name
 * @param models model by the table's name, where it is neither the model's name nor its identifier
 * @param stacks software stack by {@code framework/device}, {@code framework/chip} or framework
 *     (the first that is listed counts), where it is not the chip's own; a framework may be of one
 *     release, {@code framework@version/chip}
 * @param rotations how matrix products were repeated, by the same keys as stacks; where none is
 *     listed, they ran among other operators; {@code framework@dtype} is one data type of it
 * @param attention how attention was called, by the same keys, where that is unusual
 * @param lengths tokens of a prompt or an output that a table does not give as a number, by column
 *     and what it says ({@code unstated}, or a word); what is not listed is not predicted
 * @param hostPaces least time of a product whose kernel was launched call by call, by {@code
 *     framework@version/kernel/device} or without the device; of all kernels of a data type by its
 *     name in the place of the kernel's
 * @param productKernels names of stacks' kernels for products of a data type in tables, by {@code
 *     framework@version/dtype} or {@code framework/dtype}; where none is listed, the data type is
 *     the name
 * @param expertKernels names of stacks' kernels for experts by a part of the table's word for them;
 *     of several parts the longest counts
 * @param expertGates gates that choose experts by groups, by such a name or by {@code
 *     framework@version/site}
 * @param expertRoutes who got the routes that rounding leaves when tables of a release ({@code
 *     framework@version}) were made; where none is listed, as collectors spread them now
 * @param expertsUngated releases of frameworks ({@code framework@version}) and sites whose experts
 *     have two matrices without the table saying so
 * @param loadTests how engines were set up for load tests, by the same keys, where that is not as
 *     the stack has it
 */
public record Aliases(
    String name,
    String description,
    Map<String, String> devices,
    Map<String, String> formats,
    Map<String, String> models,
    Map<String, String> stacks,
    Map<String, Rotation> rotations,
    Map<String, AttentionProtocol> attention,
    Map<String, Map<String, Integer>> lengths,
    Map<String, HostPace> hostPaces,
    Map<String, String> productKernels,
    Map<String, String> expertKernels,
    Map<String, ExpertGate> expertGates,
    Map<String, RoutesRest> expertRoutes,
    Map<String, List<String>> expertsUngated,
    Map<String, Deployment> loadTests) {

  /** Alias files. */
  public static final Kind<Aliases> KIND =
      new Kind<>("alias list", "arch-configs/aliases", Aliases.class, List.of());

  /** Finds devices by other spellings too. */
  public Aliases {
    devices = Spellings.widened(devices);
  }

  static Aliases read(final Descriptions descriptions) {
    return descriptions.read(KIND, "measured", Overrides.none()).value();
  }

  Optional<String> chip(final String device) {
    return Spellings.find(devices, device);
  }

  String model(final String name) {
    return models.getOrDefault(name, name);
  }

  /** A framework with its version where there is a stack of that release, else without. */
  String release(final String framework, final String version, final String device) {
    final String release = framework + "@" + version;
    final boolean listed =
        stacks.containsKey(release + "/" + device)
            || chip(device).filter(chip -> stacks.containsKey(release + "/" + chip)).isPresent();
    return listed ? release : framework;
  }

  Optional<String> stack(final String framework, final String device) {
    return first(stacks, framework, device);
  }

  Rotation rotation(final String framework, final String device) {
    return first(rotations, framework, device).orElse(Rotation.NONE);
  }

  /** The same of a product, where its data type has a line of its own. */
  Rotation rotation(final String framework, final String dataType, final String device) {
    return first(rotations, framework + "@" + dataType, device)
        .orElseGet(() -> rotation(framework, device));
  }

  AttentionProtocol attention(final String framework, final String device) {
    return first(attention, framework, device).orElse(AttentionProtocol.USUAL);
  }

  Optional<Integer> length(final String column, final String text) {
    final String word = text.isEmpty() ? "unstated" : text;
    return Optional.ofNullable(lengths.getOrDefault(column, Map.of()).get(word));
  }

  /** How an engine was tested, by a campaign where that is known. */
  Deployment loadTest(final String framework, final String campaign, final String device) {
    return first(loadTests, framework + "(" + campaign + ")", device)
        .or(() -> first(loadTests, framework, device))
        .orElse(Deployment.USUAL);
  }

  /** A stack's kernel of experts; empty: the one for the format. */
  Optional<String> expertKernel(final String word) {
    return expertKernels.keySet().stream()
        .filter(word::contains)
        .max(Comparator.comparing(String::length).thenComparing(Comparator.naturalOrder()))
        .map(expertKernels::get);
  }

  ExpertGate expertGate(final Optional<String> kernel, final String release, final String site) {
    return kernel
        .map(expertGates::get)
        .or(() -> Optional.ofNullable(expertGates.get(release + "/" + site)))
        .orElse(ExpertGate.FREE);
  }

  /** Seconds; 0 where a graph held the calls. */
  double hostPace(final String release, final String kernel, final String device) {
    return pace(release, kernel, device).orElse(0.0);
  }

  /** The same of a product: by its kernel, or by its data type where that has no line. */
  double hostPace(
      final String release, final String kernel, final String dataType, final String device) {
    return pace(release, kernel, device).or(() -> pace(release, dataType, device)).orElse(0.0);
  }

  private Optional<Double> pace(final String release, final String what, final String device) {
    return Optional.ofNullable(hostPaces.get(release + "/" + what + "/" + device))
        .or(() -> Optional.ofNullable(hostPaces.get(release + "/" + what)))
        .map(HostPace::time);
  }

  String productKernel(final String framework, final String version, final String dataType) {
    return productKernels.getOrDefault(
        framework + "@" + version + "/" + dataType,
        productKernels.getOrDefault(framework + "/" + dataType, dataType));
  }

  RoutesRest routesRest(final String release) {
    return expertRoutes.getOrDefault(release, RoutesRest.SPREAD);
  }

  boolean ungated(final String release, final String site) {
    return expertsUngated.getOrDefault(release, List.of()).contains(site);
  }

  private <T> Optional<T> first(
      final Map<String, T> map, final String framework, final String device) {
    return Optional.ofNullable(map.get(framework + "/" + device))
        .or(() -> chip(device).map(chip -> map.get(framework + "/" + chip)))
        .or(() -> Optional.ofNullable(map.get(framework)));
  }

  Optional<Format> format(final String dataType) {
    final String key = formats.getOrDefault(dataType, dataType.toLowerCase(java.util.Locale.ROOT));
    for (final Format format : Format.values()) {
      if (format.key().equals(key)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }
}
