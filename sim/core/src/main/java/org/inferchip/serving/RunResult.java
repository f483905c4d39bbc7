package org.inferchip.serving;

import java.util.List;
import java.util.Optional;

/**
 * The result of replaying a trace on one replica, or on several behind a router.
 *
 * @param trace name of the trace
 * @param config how it was served
 * @param chips allocated, of all instances
 * @param counts what became of the requests
 * @param latencies by definition
 * @param rates throughput and goodput
 * @param occupancy how full the instances were
 * @param energy joules and watts
 * @param instances what each instance did
 * @param handover of caches between instances; empty where requests are served whole
 * @param records every request, in trace order
 * @param samples every n-th step, for charts
 * @param guarantee what is proven of every request; empty where the machine is not statically
 *     scheduled
 * @param warnings what a reader must know before using the numbers
 * @param violations laws that the run broke; empty for a sound run
 */
public record RunResult(
    String trace,
    ServingConfig config,
    int chips,
    RequestCounts counts,
    Latencies latencies,
    Rates rates,
    Occupancy occupancy,
    EnergyUse energy,
    List<InstanceUse> instances,
    Optional<HandoverUse> handover,
    List<RequestRecord> records,
    List<StepSample> samples,
    Optional<Guarantee> guarantee,
    List<String> warnings,
    List<String> violations) {

  /** Takes copies of the lists. */
  public RunResult {
    instances = List.copyOf(instances);
    records = List.copyOf(records);
    samples = List.copyOf(samples);
    warnings = List.copyOf(warnings);
    violations = List.copyOf(violations);
  }
}
