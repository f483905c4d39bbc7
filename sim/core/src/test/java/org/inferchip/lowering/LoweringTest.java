package org.inferchip.lowering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.inferchip.arch.yaml.Catalog;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.model.Architecture;
import org.inferchip.model.Model;
import org.inferchip.model.Models;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Attention;
import org.inferchip.operator.Attention.Sequence;
import org.inferchip.operator.Collective;
import org.inferchip.operator.Elementwise;
import org.inferchip.operator.MatMul;
import org.inferchip.operator.Operator;
import org.inferchip.units.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LoweringTest {
  private static final Models MODELS =
      new Models(new Descriptions(new Catalog(Path.of("target", "no-such-folder"))));
  private static final Numbers BF16 = Numbers.of(Format.BF16);

  private static Model model(final String name) {
    return MODELS.read(name).model();
  }

  private static LoweredStep lower(final Model model, final StepShape step, final int tensor) {
    return new Lowering(model, new Split(tensor, 1), BF16).lower(step);
  }

  private static List<Operator> operators(final LoweredStep step) {
    final List<Operator> all = new ArrayList<>();
    step.forEach(
        (operator, count) -> {
          for (int i = 0; i < count; i++) {
            all.add(operator);
          }
        });
    return all;
  }

  static Stream<String> decoders() {
    return MODELS.names().stream()
        .filter(name -> model(name).architecture() == Architecture.DECODER);
  }

  static Stream<String> headDecoders() {
    return decoders().filter(name -> model(name).mla().isEmpty());
  }

  @Test
  void shouldCountTheMultiplyAccumulatesOfLlama() {
    // Published parameters less embedding (128256 x 4096) and 65 norms of 4096; each of the others
    // is used once a token. Scores and values: 32 layers x 32 heads x 2 x 128 for each key.
    final long weights = 8_030_261_248L - 128_256L * 4096 - 65 * 4096;
    final long keys = 32L * 32 * 2 * 128;
    final Model llama = model("llama-3.1-8b");
    assertEquals(
        64 * (weights + 2048 * keys),
        lower(llama, StepShape.decode(64, 2048), 1).multiplyAccumulates());
    // A prompt of 1000: causal pairs, and the head on one row.
    final long head = 128_256L * 4096;
    assertEquals(
        1000 * (weights - head) + head + 1000L * 1001 / 2 * keys,
        lower(llama, StepShape.prefill(1000, 1000), 1).multiplyAccumulates());
  }

  @Test
  void shouldReadKeysOfTheWindowOnly() {
    // Mistral-7B v0.1 sees 4096 tokens: more context costs nothing.
    final Model mistral = model("mistral-7b");
    assertEquals(
        lower(mistral, StepShape.decode(1, 4096), 1).multiplyAccumulates(),
        lower(mistral, StepShape.decode(1, 30_000), 1).multiplyAccumulates());
    // gpt-oss-20b: half of its 24 layers see 128 tokens, 64 heads of 64.
    final Model oss = model("gpt-oss-20b");
    assertEquals(
        12L * 64 * 2 * 64 * 10_000,
        lower(oss, StepShape.decode(1, 20_000), 1).multiplyAccumulates()
            - lower(oss, StepShape.decode(1, 10_000), 1).multiplyAccumulates());
  }

  @ParameterizedTest
  @MethodSource("headDecoders")
  void shouldConserveTheWorkOfAPromptInChunks(final String name) {
    final Model model = model(name);
    final int prompt = 96;
    for (final int chunk : new int[] {1, 7, 32, 95}) {
      long sum = 0;
      for (int done = 0; done < prompt; done += chunk) {
        final int tokens = Math.min(chunk, prompt - done);
        final boolean last = done + tokens == prompt;
        final StepShape step =
            new StepShape(List.of(new Sequence(tokens, done + tokens)), List.of(), last ? 1 : 0);
        sum += lower(model, step, 1).multiplyAccumulates();
      }
      assertEquals(
          lower(model, StepShape.prefill(prompt, prompt), 1).multiplyAccumulates(),
          sum,
          name + " in chunks of " + chunk);
    }
  }

  @ParameterizedTest
  @MethodSource("headDecoders")
  void shouldTouchEveryMatrixOfTheModelOnce(final String name) {
    final Model model = model(name);
    // Enough tokens to route to every expert.
    final LoweredStep step = lower(model, StepShape.decode(2000, 1), 1);
    long elements = 0;
    for (final Operator operator : operators(step)) {
      if (operator instanceof MatMul op) {
        elements += (long) op.groups() * op.n() * op.k();
        elements += op.bias() ? (long) op.groups() * op.n() : 0;
      }
    }
    final long layers =
        model.layers().stream()
            .flatMap(layer -> layer.shape().matrices().stream())
            .mapToLong(matrix -> matrix.elements())
            .sum();
    assertEquals(layers + (long) model.vocabSize() * model.hiddenSize(), elements);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8})
  void shouldSplitTheWorkOverDevices(final int devices) {
    for (final String name : List.of("llama-3.1-70b", "qwen3-235b-a22b", "gpt-oss-120b")) {
      final Model model = model(name);
      final StepShape step = StepShape.decode(16, 700);
      final LoweredStep one = lower(model, step, 1);
      final LoweredStep part = lower(model, step, devices);
      assertEquals(matrices(one, false), devices * matrices(part, false), name);
      // Keys and values of replicated heads are computed on several devices.
      final int heads = model.numKeyValueHeads();
      if (devices <= heads) {
        assertEquals(matrices(one, true), devices * matrices(part, true), name);
      }
    }
  }

  /** Multiply-accumulates of the split matrices, of qkv_proj or of all others and attention. */
  private static long matrices(final LoweredStep step, final boolean qkv) {
    long sum = 0;
    for (final Operator operator : operators(step)) {
      if (operator.name().equals("router")) {
        continue;
      }
      sum += operator.name().equals("qkv_proj") == qkv ? operator.multiplyAccumulates() : 0;
    }
    return sum;
  }

  @Test
  void shouldReplicateKeyHeadsWhereThereAreFewerThanDevices() {
    // Qwen2.5-7B: 28 heads of 128, 4 key-value heads.
    final LoweredStep step = lower(model("qwen2.5-7b"), StepShape.decode(3, 100), 4);
    final Attention four = only(Attention.class, step);
    assertEquals(7, four.heads());
    assertEquals(1, four.kvHeads());
    final LoweredStep eight = lower(model("llama-3.1-8b"), StepShape.decode(3, 100), 16);
    assertEquals(2, only(Attention.class, eight).heads());
    assertEquals(1, only(Attention.class, eight).kvHeads());
  }

  private static <T extends Operator> T only(final Class<T> type, final LoweredStep step) {
    return operators(step).stream()
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void shouldReduceTwiceALayerAndGatherLogitsOfSampledRows() {
    final LoweredStep step = lower(model("llama-3.1-70b"), StepShape.decode(10, 50), 8);
    final List<Collective> collectives =
        operators(step).stream()
            .filter(Collective.class::isInstance)
            .map(Collective.class::cast)
            .toList();
    final long reduces =
        collectives.stream().filter(c -> c.kind() == Collective.Kind.ALL_REDUCE).count();
    // 80 layers, and the vocabulary-parallel embedding.
    assertEquals(2 * 80 + 1, reduces);
    assertEquals(10L * 8192, collectives.get(0).elements());
    final Collective gather = collectives.get(collectives.size() - 1);
    assertEquals(10L * 128_256, gather.elements());
  }

  @Test
  void shouldRunTheHeadOnSampledRowsOnly() {
    final StepShape mixed =
        new StepShape(List.of(new Sequence(500, 800)), List.of(new Sequence(1, 30)), 1);
    final MatMul head =
        operators(lower(model("llama-3.1-8b"), mixed, 1)).stream()
            .filter(operator -> operator.name().equals("lm_head"))
            .map(MatMul.class::cast)
            .findFirst()
            .orElseThrow();
    assertEquals(1, head.m());
    final StepShape none = new StepShape(List.of(new Sequence(500, 800)), List.of(), 0);
    assertTrue(
        operators(lower(model("llama-3.1-8b"), none, 1)).stream()
            .noneMatch(operator -> operator.name().equals("lm_head")));
  }

  @Test
  void shouldHaveThreeMatricesWhereTheFeedForwardPartIsGated() {
    final LoweredStep gated = lower(model("llama-2-7b"), StepShape.decode(1, 1), 1);
    assertEquals(2 * 11_008, named(gated, "gate_up_proj").n());
    final LoweredStep plain = lower(model("opt-6.7b"), StepShape.decode(1, 1), 1);
    assertEquals(16_384, named(plain, "up_proj").n());
    // Qwen3-32B: 64 heads of 128 on a hidden size of 5120.
    final LoweredStep wide = lower(model("qwen3-32b"), StepShape.decode(1, 1), 1);
    assertEquals(64 * 128 + 2 * 8 * 128, named(wide, "qkv_proj").n());
    assertEquals(64 * 128, named(wide, "o_proj").k());
  }

  private static MatMul named(final LoweredStep step, final String name) {
    return operators(step).stream()
        .filter(operator -> operator.name().equals(name))
        .map(MatMul.class::cast)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void shouldReadTheExpectedNumberOfDistinctExperts() {
    // E (1 - (1 - K/E)^T): 8 (1 - .75^4) = 5.47; 128 (1 - (15/16)^16) = 82.4.
    assertEquals(5, named(decode("mixtral-8x7b", 4), "expert_gate_up_proj").groups());
    assertEquals(82, named(decode("qwen3-30b-a3b", 16), "expert_gate_up_proj").groups());
    assertEquals(2, named(decode("mixtral-8x7b", 1), "expert_down_proj").groups());
    for (int tokens = 1; tokens < 300; tokens += 13) {
      assertEquals(8 * tokens, named(decode("qwen3-30b-a3b", tokens), "expert_down_proj").m());
    }
  }

  @Test
  void shouldVisitFewerExpertsWhereSomeArePopular() {
    // 300 draws of 16 x 4 of 128 experts by Zipf's law visit 35.1 in the mean; evenly drawn ones
    // 51.
    assertEquals(35, named(decode("gpt-oss-120b", 16), "expert_gate_up_proj").groups(), 1);
    assertEquals(4, named(decode("gpt-oss-120b", 1), "expert_gate_up_proj").groups());
    assertEquals(128, named(decode("gpt-oss-120b", 4000), "expert_gate_up_proj").groups());
    for (int tokens = 1; tokens < 300; tokens += 13) {
      final MatMul down = named(decode("gpt-oss-120b", tokens), "expert_down_proj");
      assertEquals(4 * tokens, down.m());
      final int most = tokens;
      assertTrue(down.groupRows().stream().allMatch(rows -> rows >= 1 && rows <= most));
    }
  }

  private static LoweredStep decode(final String model, final int tokens) {
    return lower(model(model), StepShape.decode(tokens, 10), 1);
  }

  @Test
  void shouldMultiplyWideWhatANarrowModelKeepsWide() {
    final Numbers some =
        new Numbers(
            Format.NVFP4,
            Format.NVFP4,
            Format.BF16,
            Format.FP8_E4M3,
            Format.FP32,
            Format.BF16,
            Map.of("router", Format.BF16));
    final LoweredStep step =
        new Lowering(model("gpt-oss-120b"), new Split(1, 1), some).lower(StepShape.decode(8, 100));
    final List<MatMul> products =
        operators(step).stream().filter(MatMul.class::isInstance).map(MatMul.class::cast).toList();
    final MatMul router =
        products.stream().filter(one -> one.name().equals("router")).findFirst().orElseThrow();
    assertEquals(List.of(Format.BF16, Format.BF16), List.of(router.activation(), router.weight()));
    // Before each of four products of a layer, none before the router.
    final long narrowed =
        operators(step).stream().filter(one -> one.name().equals("quantize")).count();
    assertEquals(36 * 4, narrowed);
  }

  @Test
  void shouldAttendOverTheLatentInDecode() {
    // DeepSeek-V3: 128 heads over one latent of 512 + 64.
    final Attention attention =
        only(Attention.class, lower(model("deepseek-v3"), StepShape.decode(4, 1000), 1));
    assertEquals(128, attention.heads());
    assertEquals(1, attention.kvHeads());
    assertEquals(576, attention.headDim());
    assertEquals(512, attention.valueDim());
    // Cache bytes of a token and layer: 576 elements, once.
    assertEquals(4L * 128 * 576 * 2 + 4L * 1000 * 576 * 2, attention.compulsoryReadBytes());
  }

  @Test
  void shouldSendTheResidualStreamBetweenStages() {
    final LoweredStep step =
        new Lowering(model("llama-3.1-70b"), new Split(1, 4), BF16).lower(StepShape.decode(10, 50));
    assertEquals(3, step.hops().size());
    assertEquals(10L * 8192, ((Collective) step.hops().get(0).operator()).elements());
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void shouldLowerEveryDecoderWithWorkForEveryOperator(final String name) {
    final StepShape mixed =
        new StepShape(
            List.of(new Sequence(33, 100)), List.of(new Sequence(1, 5), new Sequence(1, 900)), 2);
    for (final Operator operator : operators(lower(model(name), mixed, 1))) {
      final long moved = operator.compulsoryReadBytes() + operator.compulsoryWriteBytes();
      assertTrue(moved > 0, name + " " + operator);
      if (operator instanceof Elementwise op && op.kind() == Elementwise.Kind.ROPE) {
        assertEquals(0, op.cols() % op.parameter(), name + " " + operator);
      }
    }
  }

  @Test
  void shouldRefuseDevicesThatDoNotDivideTheHeads() {
    final InvalidInputException problem =
        assertThrows(
            InvalidInputException.class,
            () -> lower(model("smollm2-135m"), StepShape.decode(1, 1), 2));
    assertEquals("2", problem.problems().get(0).found());
  }
}
