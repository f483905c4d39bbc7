package org.inferchip.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Catalog;
import org.inferchip.arch.yaml.Described;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.energy.SystemPower;
import org.inferchip.model.Models;
import org.inferchip.numerics.Format;
import org.inferchip.serving.EnergyUse;
import org.inferchip.simulation.Plan;
import org.inferchip.trace.ReadOptions;
import org.inferchip.trace.Traces;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A node of eight B200 against the wall readings of MLPerf Inference 5.1, Llama-2-70B offline:
 * 10,401 W, 102,909 tokens/s, 9.89 tokens/J; 2.4 to 2.9 kW at rest.
 */
class NodePowerTest {
  private static final int CHIPS = 8;

  private static Described<SystemDescription> node() {
    return Descriptions.here()
        .system("dgx-b200", Optional.of("trtllm-blackwell-offline"), Overrides.none());
  }

  @Test
  void shouldRestAsTheNodeDoes() {
    final SystemDescription node = node().value();
    final double idle = SystemPower.of(node, CHIPS, CHIPS * node.chip().power().idle(), 0).system();
    assertTrue(idle > 2400 && idle < 2900, idle + " W");
  }

  @Test
  @Tag("long")
  void shouldDrawAndServeAsTheNodeDoesOffline() {
    final Plan.Wishes wishes =
        new Plan.Wishes(Optional.of(1), Optional.empty(), Optional.of(Format.NVFP4));
    final Evaluation one =
        new Evaluator(Evaluator.Options.usual(wishes, 1))
            .evaluate(
                node(),
                new Models(Descriptions.here()).read("llama-2-70b"),
                new Traces(Catalog.here()).read("offline-openorca-like", ReadOptions.defaults()),
                ended -> {});
    final EnergyUse energy = one.run().energy();
    assertEquals(List.of(), one.violations());
    // One replica a chip: the node is eight of what is evaluated.
    assertEquals(1, one.plan().chips());
    assertEquals(10_401, CHIPS * energy.watts().system(), 0.10 * 10_401);
    assertEquals(9.89, energy.tokensPerJoule(), 0.15 * 9.89);
    // Beside it, what needs no model of the load.
    final double limit = CHIPS * SystemPower.atLimit(one.plan().system(), 1).system();
    assertEquals(10_401, limit, 0.03 * 10_401);
  }
}
