package org.inferchip.report;

import java.util.List;
import org.inferchip.serving.PowerSample;
import org.inferchip.serving.RequestRecord;
import org.inferchip.serving.StepSample;
import org.inferchip.simulation.OperatorTotal;

/** The tables of a result as CSV: comma-separated, {@code \n} line ends, units in the header. */
final class ResultCsv {
  private ResultCsv() {}

  static final String REQUESTS =
      "request_id,slo_class,input_tokens,cached_tokens,output_tokens,outcome,rejection,"
          + "arrival_us,scheduled_us,first_token_us,last_token_us,preemptions,met_objectives";

  static final String STEPS =
      "time_us,running,waiting,kv_blocks,step_requests,step_tokens,output_tokens,prefill_tokens";

  /** One row a request; times in microseconds from the start of the trace, empty if never. */
  static String requests(final List<RequestRecord> requests) {
    final StringBuilder csv = new StringBuilder(REQUESTS).append('\n');
    for (final RequestRecord request : requests) {
      csv.append(quoted(request.id())).append(',');
      csv.append(quoted(request.sloClass())).append(',');
      csv.append(request.promptTokens()).append(',');
      csv.append(request.cachedTokens()).append(',');
      csv.append(request.outputTokens()).append(',');
      csv.append(lower(request.outcome())).append(',');
      csv.append(request.rejection().map(ResultCsv::lower).orElse("")).append(',');
      csv.append(micros(request.arrivalPicos())).append(',');
      csv.append(micros(request.scheduledPicos())).append(',');
      csv.append(micros(request.firstTokenPicos())).append(',');
      csv.append(micros(request.lastTokenPicos())).append(',');
      csv.append(request.preemptions()).append(',');
      csv.append(request.metObjectives()).append('\n');
    }
    return csv.toString();
  }

  /** One row a step that was kept, with the state after it was scheduled. */
  static String steps(final List<StepSample> samples) {
    final StringBuilder csv = new StringBuilder(STEPS).append('\n');
    for (final StepSample sample : samples) {
      csv.append(micros(sample.picos())).append(',');
      csv.append(sample.running()).append(',');
      csv.append(sample.waiting()).append(',');
      csv.append(sample.kvBlocks()).append(',');
      csv.append(sample.stepRequests()).append(',');
      csv.append(sample.stepTokens()).append(',');
      csv.append(sample.outputTokens()).append(',');
      csv.append(sample.prefillTokens()).append('\n');
    }
    return csv.toString();
  }

  static final String POWER = "from_us,to_us,chips_w,mean_1s_w";

  /** One row a stretch of the run. */
  static String power(final List<PowerSample> power) {
    final StringBuilder csv = new StringBuilder(POWER).append('\n');
    for (final PowerSample sample : power) {
      csv.append(micros(sample.fromPicos())).append(',').append(micros(sample.toPicos()));
      csv.append(',').append(Json.number(sample.watts()));
      csv.append(',').append(Json.number(sample.metered())).append('\n');
    }
    return csv.toString();
  }

  /** One row an operator. */
  static String operators(final List<OperatorTotal> totals) {
    final StringBuilder csv =
        new StringBuilder("operator,calls,time_s,launch_s,bound_s,energy_j,macs,memory_bytes\n");
    for (final OperatorTotal total : totals) {
      csv.append(quoted(total.name())).append(',');
      csv.append(Json.number(total.calls())).append(',');
      csv.append(Json.number(total.seconds())).append(',');
      csv.append(Json.number(total.launchSeconds())).append(',');
      csv.append(Json.number(total.boundSeconds())).append(',');
      csv.append(Json.number(total.joules())).append(',');
      csv.append(Json.number(total.macs())).append(',');
      csv.append(Json.number(total.memoryBytes())).append('\n');
    }
    return csv.toString();
  }

  /** Exact microseconds, six decimals; empty for what did not happen. */
  private static String micros(final long picos) {
    return picos == RequestRecord.NEVER
        ? ""
        : picos / 1_000_000 + "." + String.format(java.util.Locale.ROOT, "%06d", picos % 1_000_000);
  }

  private static String lower(final Enum<?> value) {
    return value.name().toLowerCase(java.util.Locale.ROOT);
  }

  static String quoted(final String text) {
    return text.contains(",") || text.contains("\"") || text.contains("\n")
        ? '"' + text.replace("\"", "\"\"") + '"'
        : text;
  }
}
