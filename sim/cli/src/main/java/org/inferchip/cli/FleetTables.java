package org.inferchip.cli;

import org.inferchip.explore.Evaluation;
import org.inferchip.serving.HandoverUse;
import org.inferchip.serving.InstanceUse;
import org.inferchip.units.Keyed;

/** What each of several instances did, on the console. */
final class FleetTables {
  private static final int MOST = 32;

  private FleetTables() {}

  /** A row for each instance. */
  static String of(final Evaluation evaluation) {
    final Table table =
        new Table()
            .left("instance")
            .left("part")
            .right("requests")
            .right("output tokens")
            .right("busy", "%")
            .right("cache used", "%")
            .right("prefix hits", "%")
            .right("running")
            .right("waiting")
            .right("TTFT p50", "ms")
            .right("TTFT p99", "ms")
            .right("system", "W");
    int number = 0;
    for (final InstanceUse use : evaluation.run().instances()) {
      if (number++ < MOST) {
        row(table, number + " " + use.system(), use);
      }
    }
    final String more =
        number > MOST ? "\nand " + (number - MOST) + " more, which the JSON has" : "";
    return table
        + more
        + evaluation.run().handover().map(FleetTables::handover).orElse("")
        + "\nrouter: "
        + Keyed.of(evaluation.fleet().router())
        + "; counts above the table are of all instances together\n";
  }

  private static String handover(final HandoverUse use) {
    final Table table =
        new Table()
            .left("where the time of a request goes (mean)")
            .right("time", "ms")
            .row("waits for its first step", use.queueing())
            .row("prompt is computed, up to the first token", use.prefill())
            .row("waits for room where it decodes", use.room())
            .row("waits for ports", use.link())
            .row("cache is handed over", use.transfer())
            .row("decodes", use.decode());
    return "\n"
        + table
        + "\ncaches handed over: "
        + use.requests()
        + ", "
        + Table.number(use.bytes() * 1e-9)
        + " GB; ports busy: "
        + Table.number(100 * use.senderBusyShare())
        + " % sending, "
        + Table.number(100 * use.receiverBusyShare())
        + " % receiving";
  }

  private static void row(final Table table, final String name, final InstanceUse use) {
    table.row(
        name,
        Keyed.of(use.part()),
        use.requests(),
        use.outputTokens(),
        100 * use.busyShare(),
        100 * use.meanKvUtilisation(),
        100 * use.prefixHitRate(),
        use.meanRunning(),
        use.meanWaiting(),
        use.ttft().p50(),
        use.ttft().p99(),
        use.watts().system());
  }
}
