package org.inferchip.calibrate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.inferchip.arch.MatmulKernels;
import org.inferchip.arch.Stack;
import org.inferchip.arch.StoredWeights;
import org.inferchip.numerics.Format;
import org.inferchip.serving.Drafts;
import org.inferchip.serving.Hold;
import org.inferchip.simulation.Plan;
import org.inferchip.units.Range;

/**
 * How load tests set an engine up and what their users did.
 *
 * @param beyondPrompt token budget of a step beyond one prompt and one token of each user; absent:
 *     the stack's budget
 * @param leastBudget token budget at least, where {@code beyondPrompt} says it and nothing is
 *     drafted
 * @param chunked whether a prompt may be computed over several steps
 * @param shortest least share of the stated lengths that a prompt and an output have: they are
 *     drawn evenly between it and all of them; absent: all are of the stated length
 * @param templates tokens that the chat template of a model adds to the stated ones of a prompt
 * @param cache format of keys and values; absent: the stack's
 * @param caches the same by model and word for the format, or by model; before {@code cache}
 * @param quantised by which name the stack lists the kernels of tested checkpoints, by model and
 *     word for the format, or by model, where that is not the format's
 * @param budgets token budget of a step by model and table's word for the format ({@code
 *     MODEL/WORD}) or by model, either with a release ({@code MODEL@RELEASE}); before {@code
 *     beyondPrompt}
 * @param holds for how long requests that came waited while others ran: the first that fits
 * @param experts kernels of experts by model and table's word for their format, or by model, either
 *     with a release, or by the word; where it names none, those of the stack that have the word's
 *     name, if any
 * @param kept projections whose weights the tested checkpoints keep in 16 bits, by model and word
 *     for the format, or by model
 * @param captured tokens of the largest step that a graph holds, by model and word for the format,
 *     or by model; absent: the stack's
 * @param launched what the host needs to launch the kernels of steps with prompts one by one, by
 *     model and word for the format, or by model; absent: the stack's
 * @param drafts of releases that draft tokens
 * @param frameworks what the alias list calls the software as it was built for some models, by
 *     model, or by model with a release
 * @param box chips of the box, where rows of more state a degree twice: {@link Degrees}
 */
record Deployment(
    @Range(min = 0) Optional<Integer> beyondPrompt,
    @Range(min = 1) Optional<Integer> leastBudget,
    boolean chunked,
    @Range(min = 0, max = 1) Optional<Double> shortest,
    Optional<Map<String, Integer>> templates,
    Optional<Format> cache,
    Optional<Map<String, Format>> caches,
    Optional<Map<String, String>> quantised,
    Optional<Map<String, Integer>> budgets,
    Optional<List<HoldRule>> holds,
    Optional<Map<String, String>> experts,
    Optional<Map<String, List<String>>> kept,
    Optional<Map<String, Integer>> captured,
    Optional<Map<String, Stack.Eager>> launched,
    Optional<List<DraftRule>> drafts,
    Optional<Map<String, String>> frameworks,
    @Range(min = 1) Optional<Integer> box) {
  /** As the stack has it. */
  static final Deployment USUAL =
      new Deployment(
          Optional.empty(),
          Optional.empty(),
          true,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** Tokens of a prompt of a model beside those that a test states. */
  int template(final String model) {
    return templates.orElse(Map.of()).getOrDefault(model, 0);
  }

  /** The format of a model's keys and values, where it is not the stack's. */
  Optional<Format> cache(final String model, final String word, final String release) {
    return of(caches, model, word, release).or(() -> cache);
  }

  /** The kernels of a target for a model's weights as the tested checkpoint has them. */
  MatmulKernels kernels(
      final MatmulKernels usual, final String model, final String word, final Format weights) {
    return of(quantised, model, word, "").map(name -> usual.quantised(name, weights)).orElse(usual);
  }

  /** The kernels of a model's experts, of which the table says a format. */
  String experts(final String model, final String word, final String release) {
    return of(experts, model, word, release)
        .or(() -> experts.map(named -> named.get(word)))
        .orElse(word);
  }

  /** What the alias list calls the software that served a model. */
  String framework(final String model, final String release, final String usual) {
    return of(frameworks, model, "", release).orElse(usual);
  }

  int budget(
      final FixedLoad load,
      final String model,
      final String word,
      final String release,
      final boolean drafted,
      final Stack.Scheduler scheduler) {
    final int least = drafted ? 0 : leastBudget.orElse(0);
    final int whole = chunked ? 0 : load.promptTokens() + load.users();
    return of(budgets, model, word, release)
        .map(named -> Math.max(named, whole))
        .or(
            () ->
                beyondPrompt.map(
                    tokens -> Math.max(least, load.promptTokens() + load.users() + tokens)))
        .orElse(scheduler.maxBatchedTokens());
  }

  Optional<Hold> hold(final FixedLoad load, final Plan plan) {
    return holds.orElse(List.of()).stream()
        .filter(rule -> rule.holds(plan.model(), load, plan))
        .findFirst()
        .map(rule -> rule.hold(plan.ranks().dataParallel()));
  }

  /** What an engine of a release drafts. */
  Optional<Drafts> drafts(final Plan plan, final String release) {
    return drafts.orElse(List.of()).stream()
        .flatMap(rule -> rule.drafts(plan, release).stream())
        .findFirst();
  }

  /** The software as it was set up for a model's weights of a format. */
  Stack stack(
      final Stack usual,
      final String model,
      final String word,
      final String release,
      final Format weights) {
    final Stack graphs =
        of(launched, model, word, release)
            .map(usual::launching)
            .or(() -> of(captured, model, word, release).map(tokens -> usual.capturing(tokens)))
            .orElse(usual)
            .with(kernels(usual.matmul(), model, word, weights));
    final Format inputs = usual.stored(weights).map(StoredWeights::inputs).orElse(weights.dense());
    return stored(model, word, inputs)
        .map(stored -> graphs.storing(weights, stored))
        .orElse(graphs);
  }

  /** A model's weights, multiplied in a format, where some of its projections are in 16 bits. */
  Optional<StoredWeights> stored(final String model, final String word, final Format inputs) {
    return of(kept, model, word, "")
        .map(
            names ->
                new StoredWeights(
                    inputs,
                    Optional.of(names.stream().collect(Collectors.toMap(n -> n, n -> Format.BF16))),
                    Optional.empty(),
                    Optional.empty()));
  }

  private static <T> Optional<T> of(
      final Optional<Map<String, T>> all,
      final String model,
      final String word,
      final String release) {
    final Map<String, T> known = all.orElse(Map.of());
    final String named = model + "/" + word;
    return Stream.of(named + "@" + release, model + "@" + release, named, model)
        .filter(known::containsKey)
        .findFirst()
        .map(known::get);
  }
}
