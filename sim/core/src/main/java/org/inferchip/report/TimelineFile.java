package org.inferchip.report;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.inferchip.arch.Chip;
import org.inferchip.engine.Detail;
import org.inferchip.engine.Engine;
import org.inferchip.engine.TaskObserver;
import org.inferchip.engine.Timeline;
import org.inferchip.mapping.Mapper;
import org.inferchip.program.Placement;
import org.inferchip.program.TileProgram;
import org.inferchip.report.chart.Gantt;
import org.inferchip.simulation.OperatorResult;

/**
 * A timeline of operators one after the other, for Perfetto and Chrome ({@code about:tracing}):
 * JSON of the Trace Event Format (Google, 2016), times in microseconds.
 *
 * <p>Process 1 has the operators with their launch floors; every other process is a core of a
 * device, its threads are the core's units. A slice is the time that a unit is taken; when the
 * result is there stands in its arguments. Where equal streams were folded, one of each class is
 * shown. Tasks run at the nominal clock: under a power limit an operator's own slice is longer than
 * its tasks, by the clock share in its arguments.
 *
 * <p>Each operator is simulated again to be watched, and at most so many tasks of it are written:
 * how many were left out stands in {@code otherData.tasks_left_out} and in the operator's
 * arguments.
 */
public final class TimelineFile {
  /** The file's name in a result folder. */
  public static final String NAME = "timeline.json";

  private static final int OPERATORS = 1;
  private static final int FIRST_CORE = 2;
  private static final int TASKS_PER_OPERATOR = 20_000;
  private static final int PICOS_PER_MICRO_DIGITS = 6;

  private final Chip chip;
  private final Detail detail;
  private final JsonGenerator json;
  private final Map<String, Integer> processes = new HashMap<>();
  private final Map<String, Integer> threads = new HashMap<>();
  private final Map<String, String> units = new HashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private long at;
  private long written;
  private long dropped;
  private final LayerGantt gantt = new LayerGantt();

  private TimelineFile(final Chip chip, final Detail detail, final JsonGenerator json) {
    this.chip = chip;
    this.detail = detail;
    this.json = json;
  }

  /**
   * Writes a timeline.
   *
   * @param title what it is of
   * @param operators in the order in which they run
   * @return the operators and the units of the first core over time, for a chart
   */
  public static List<Gantt.Stay> write(
      final ResultFolder folder,
      final String title,
      final Chip chip,
      final Detail detail,
      final List<OperatorResult> operators) {
    try (JsonGenerator json =
        new JsonFactory()
            .createGenerator(Files.newOutputStream(folder.file(NAME)), JsonEncoding.UTF8)) {
      json.writeStartObject();
      json.writeStringField("displayTimeUnit", "ns");
      json.writeArrayFieldStart("traceEvents");
      final TimelineFile timeline = new TimelineFile(chip, detail, json);
      timeline.name("process_name", OPERATORS, 0, title);
      timeline.name("thread_name", OPERATORS, 1, "operators");
      for (final OperatorResult operator : operators) {
        timeline.operator(operator);
      }
      json.writeEndArray();
      json.writeObjectFieldStart("otherData");
      json.writeStringField("title", title);
      json.writeNumberField("tasks", timeline.written);
      json.writeNumberField("tasks_left_out", timeline.dropped);
      json.writeStringField("inferchip", Build.current().version());
      json.writeEndObject();
      json.writeEndObject();
      json.writeRaw('\n');
      return timeline.gantt.stays();
    } catch (final IOException e) {
      throw folder.unwritten(NAME, e);
    }
  }

  private void operator(final OperatorResult result) throws IOException {
    final TileProgram program = Mapper.lower(result.operator(), result.choice(), chip);
    final Timeline seen = new Timeline(0, Long.MAX_VALUE, TASKS_PER_OPERATOR);
    Engine.simulate(program, chip, detail, seen);
    slice(OPERATORS, 1, result.operator().name(), at, result.latencyPicos());
    json.writeObjectFieldStart("args");
    json.writeStringField("mapping", result.choice().text());
    json.writeStringField("limiter", result.limiter().name().toLowerCase(Locale.ROOT));
    micros("launch_us", result.launchPicos());
    micros("bound_us", result.bounds().lower());
    json.writeFieldName("energy_uj");
    json.writeNumber(Json.number(result.energy().total() * 1e6));
    json.writeFieldName("clock_share");
    json.writeNumber(Json.number(result.clockShare()));
    json.writeBooleanField("folded", result.timing().folded());
    json.writeNumberField("tasks_left_out", seen.dropped());
    endSlice();
    gantt.operator(result.operator().name(), at, result.launchPicos(), result.latencyPicos());
    units.clear();
    counts.clear();
    for (final TaskObserver.Span span : seen.spans()) {
      task(span, result.operator().name(), program.placement(), at + result.launchPicos());
    }
    at += result.latencyPicos();
    written += seen.spans().size();
    dropped += seen.dropped();
  }

  private void task(
      final TaskObserver.Span span,
      final String operator,
      final Placement placement,
      final long offset)
      throws IOException {
    final int process = process(span, placement);
    final int thread = thread(process, span.unit());
    final long length = span.freePicos() - span.startPicos();
    slice(process, thread, span.name(), offset + span.startPicos(), length);
    if (process == FIRST_CORE) {
      gantt.unit(
          units.get(process + " " + span.unit()),
          operator,
          offset + span.startPicos(),
          offset + span.freePicos());
    }
    json.writeStringField("cat", span.kind().name().toLowerCase(Locale.ROOT));
    json.writeObjectFieldStart("args");
    json.writeNumberField("stream", span.stream());
    micros("result_us", offset + span.endPicos());
    endSlice();
  }

  private int process(final TaskObserver.Span span, final Placement placement) throws IOException {
    final int stream = span.stream();
    final String name =
        "device "
            + placement.device(stream)
            + ", "
            + chip.cores().get(placement.coreGroup(stream)).name()
            + " "
            + placement.core(stream);
    final Integer known = processes.get(name);
    if (known != null) {
      return known;
    }
    final int process = OPERATORS + 1 + processes.size();
    processes.put(name, process);
    name("process_name", process, 0, name);
    return process;
  }

  /** A thread of a process for a unit: units of one kind are counted anew in each core. */
  private int thread(final int process, final String unit) throws IOException {
    final String kind = unit.substring(0, unit.indexOf(' '));
    final String name =
        units.computeIfAbsent(
            process + " " + unit,
            u -> kind + " " + (counts.merge(process + " " + kind, 1, Integer::sum) - 1));
    final String key = process + " " + name;
    final Integer known = threads.get(key);
    if (known != null) {
      return known;
    }
    final int thread = threads.size() + 1;
    threads.put(key, thread);
    name("thread_name", process, thread, name);
    return thread;
  }

  private void name(final String kind, final int process, final int thread, final String name)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("ph", "M");
    json.writeStringField("name", kind);
    json.writeNumberField("pid", process);
    json.writeNumberField("tid", thread);
    json.writeObjectFieldStart("args");
    json.writeStringField("name", name);
    endSlice();
  }

  /** Starts a complete event; its arguments follow. */
  private void slice(
      final int process, final int thread, final String name, final long start, final long length)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("ph", "X");
    json.writeStringField("name", name);
    json.writeNumberField("pid", process);
    json.writeNumberField("tid", thread);
    micros("ts", start);
    micros("dur", length);
  }

  private void endSlice() throws IOException {
    json.writeEndObject();
    json.writeEndObject();
    json.writeRaw('\n');
  }

  private void micros(final String key, final long picos) throws IOException {
    json.writeFieldName(key);
    json.writeNumber(BigDecimal.valueOf(picos, PICOS_PER_MICRO_DIGITS));
  }
}
