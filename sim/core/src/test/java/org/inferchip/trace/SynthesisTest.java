package org.inferchip.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.inferchip.arch.yaml.Catalog;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Overrides;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SynthesisTest {
  private static final Path ROOT = Path.of("../..");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "chat-azure-like",
        "code-azure-like",
        "longcontext-mooncake-like",
        "offline-openorca-like"
      })
  void shouldDrawTheShippedBytesAgain(final String name) throws IOException {
    final Path file = ROOT.resolve("workloads/traces/" + name + ".jsonl");
    assertEquals(Files.readString(file), TraceWriter.jsonLines(draw(name, Overrides.none())));
    assertTrue(Files.size(file) < 500_000);
  }

  /** 20,000 draws against the published quantiles of the Azure conversation trace. */
  @Test
  void shouldFollowTheQuantiles() {
    final TraceStatistics drawn =
        TraceStatistics.of(draw("chat-azure-like", Overrides.none().with("requests", "20000")));
    assertEquals(1020, drawn.inputTokens().p50(), 20);
    assertEquals(2734, drawn.inputTokens().p90(), 60);
    assertEquals(129, drawn.outputTokens().p50(), 4);
    assertEquals(451, drawn.outputTokens().p95(), 5);
    assertEquals(1154.7, drawn.inputTokens().mean(), 0.05 * 1154.7);
    assertEquals(211.1, drawn.outputTokens().mean(), 0.05 * 211.1);
    assertEquals(5, drawn.requestsPerSecond(), 0.15);
    assertEquals(1.06, drawn.gapVariation(), 0.05);
  }

  @Test
  void shouldShareTheFirstBlockAndNoPartialOne() {
    final Trace trace = draw("longcontext-mooncake-like", Overrides.none());
    final java.util.Map<Long, Long> before = new java.util.HashMap<>();
    for (final Request request : trace.requests()) {
      assertEquals(trace.scheme().idsOf(request.inputTokens()), request.blocks().size());
      assertEquals(0, request.blocks().get(0));
      for (int i = 1; i < request.blocks().size(); i++) {
        final long previous = request.blocks().get(i - 1);
        final Long seen = before.putIfAbsent(request.blocks().get(i), previous);
        assertTrue(seen == null || seen == previous, "an identifier has one predecessor");
      }
    }
    final TraceStatistics statistics = TraceStatistics.of(trace);
    assertTrue(statistics.reusableBlocks() > trace.requests().size());
  }

  private static Trace draw(final String name, final Overrides overrides) {
    final SynthSpec spec =
        new Descriptions(new Catalog(ROOT)).read(SynthSpec.KIND, name, overrides).value();
    return new Synthesis(spec, name).draw(1);
  }
}
