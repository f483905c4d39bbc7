package org.inferchip.lowering;

import java.util.ArrayList;
import java.util.List;
import org.inferchip.lowering.Call.Reach;
import org.inferchip.model.LayerShape;
import org.inferchip.model.MixtureOfExperts;
import org.inferchip.model.Model;
import org.inferchip.numerics.BlockFormat;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Collective;
import org.inferchip.operator.Traffic;

/**
 * Experts of several ranks, each of which has tokens of its own. The devices of a rank share its
 * tokens evenly. Where each device has experts of its own:
 *
 * <pre>
 *   rows of tokens x k in the order of devices and experts    all-to-all to the experts
 *   rows in the order of experts, products, and back          all-to-all back
 *   weighted sum of the k rows of each token
 * </pre>
 *
 * with a row for each pair of token and expert, in the format in which the experts multiply (but
 * for formats with a scale for each block, which go as activations). Where several devices share an
 * expert, tokens of all ranks (as many as the fullest has, each) are gathered on every device, and
 * the sums of what each makes of them are scattered back. Devices of a rank then gather its tokens.
 */
final class RankedExperts {
  private final Model model;
  private final Split split;
  private final Numbers numbers;
  private final Emitter emitter;
  private final FeedForwardLowering networks;

  RankedExperts(
      final Model model,
      final Split split,
      final Numbers numbers,
      final Emitter emitter,
      final FeedForwardLowering networks) {
    this.model = model;
    this.split = split;
    this.numbers = numbers;
    this.emitter = emitter;
    this.networks = networks;
  }

  void add(
      final LayerShape shape,
      final List<Integer> ranks,
      final String delta,
      final List<Call> calls) {
    final List<Integer> shares = shares(ranks);
    final int own = shares.stream().mapToInt(Integer::intValue).max().orElseThrow();
    final boolean shared = split.tensorParallel() > 1;
    final String mine = shared ? "routed_share" : delta;
    if (split.routesTokens()) {
      route(shape, shares, own, mine, calls);
    } else {
      gather(shape, ranks, own, mine, calls);
    }
    if (shared) {
      calls.add(
          emitter.together(
              Collective.Kind.ALL_GATHER,
              own * split.tensorParallel(),
              split.tensorParallel(),
              numbers.activations(),
              mine,
              delta));
    }
  }

  /** Tokens of each device. */
  private List<Integer> shares(final List<Integer> ranks) {
    final List<Integer> shares = new ArrayList<>();
    final int devices = split.tensorParallel();
    for (final int tokens : ranks) {
      for (int device = 0; device < devices; device++) {
        // The first devices have the larger shares.
        shares.add((tokens + devices - 1 - device) / devices);
      }
    }
    return shares;
  }

  private void route(
      final LayerShape shape,
      final List<Integer> shares,
      final int own,
      final String to,
      final List<Call> calls) {
    final MixtureOfExperts moe = model.moe().orElseThrow();
    final int perToken = moe.numExpertsPerTok();
    final String first = networks.up(FeedForwardLowering.EXPERT);
    final boolean narrow = numbers.narrows(first) && BlockFormat.of(numbers.inputs()).isEmpty();
    final Format format = narrow ? numbers.inputs() : numbers.activations();
    View tokens = View.of(LoweredStep.NORMED);
    if (narrow) {
      tokens = emitter.narrowed(first, List.of(own), model.hiddenSize(), tokens, calls);
    }
    calls.add(emitter.permute(own * perToken, format, tokens, "sent_rows"));
    final Routes routes = networks.routes(shares);
    final Traffic traffic = routes.traffic(model.hiddenSize());
    calls.add(
        emitter
            .exchange(LoweredStep.DISPATCH, traffic, format, "sent_rows", "arrived_rows")
            .on(Reach.EXCHANGE, 1));
    final List<Integer> groups = routes.busiest();
    final int rows = groups.stream().mapToInt(Integer::intValue).sum();
    final List<Call> experts = new ArrayList<>();
    experts.add(emitter.permute(rows, format, View.of("arrived_rows"), "expert_input"));
    final View input = View.of("expert_input");
    if (narrow) {
      networks.narrowNetwork(
          shape, FeedForwardLowering.EXPERT, groups, input, "expert_output", experts);
    } else {
      networks.network(shape, FeedForwardLowering.EXPERT, groups, input, "expert_output", experts);
    }
    experts.add(emitter.permute(rows, View.of("expert_output"), "returned_rows"));
    final double mean = (double) traffic.total() / traffic.devices() / rows;
    experts.forEach(call -> calls.add(call.on(Reach.EXPERTS, mean)));
    calls.add(
        emitter
            .exchange(
                LoweredStep.RETURN,
                traffic.back(),
                numbers.activations(),
                "returned_rows",
                "expert_sums")
            .on(Reach.EXCHANGE, 1));
    calls.add(emitter.combine(own, perToken, "expert_sums", to));
  }

  private void gather(
      final LayerShape shape,
      final List<Integer> ranks,
      final int own,
      final String to,
      final List<Call> calls) {
    final int devices = split.stageDevices();
    final int all = ranks.stream().mapToInt(Integer::intValue).sum();
    calls.add(
        emitter
            .together(
                Collective.Kind.ALL_GATHER,
                own * devices,
                devices,
                numbers.activations(),
                LoweredStep.NORMED,
                "all_tokens")
            .on(Reach.EXCHANGE, 1));
    final List<Call> experts = new ArrayList<>();
    networks.experts(shape, all, "all_tokens", "all_sums", experts);
    experts.forEach(call -> calls.add(call.on(Reach.EXPERTS, call.meanShare())));
    calls.add(
        emitter
            .together(
                Collective.Kind.REDUCE_SCATTER,
                own * devices,
                devices,
                numbers.summed(),
                "all_sums",
                to)
            .on(Reach.EXCHANGE, 1));
  }
}
