package org.inferchip.trace;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problem;

/** Reads traces. The way in for every other package. */
public final class TraceReader {
  private static final Map<TraceFormat, RowReader> READERS =
      Map.of(
          TraceFormat.NATIVE_JSONL, new NativeReader(TraceFormat.NATIVE_JSONL),
          TraceFormat.NATIVE_CSV, new NativeReader(TraceFormat.NATIVE_CSV),
          TraceFormat.MOONCAKE, new NativeReader(TraceFormat.MOONCAKE),
          TraceFormat.AZURE, new AzureReader(),
          TraceFormat.VIDUR, new VidurReader(),
          TraceFormat.LLMSERVINGSIM, new LlmServingSimReader(),
          TraceFormat.BURSTGPT, new BurstGptReader(),
          TraceFormat.RAGPULSE, new RagPulseReader(),
          TraceFormat.WEKA, new WekaReader(),
          TraceFormat.TRACELAB_CSV, new TraceLabReader());

  private TraceReader() {}

  /**
   * Reads a file.
   *
   * @throws InvalidInputException with every problem, up to a limit
   */
  public static Trace read(final Path path, final ReadOptions options) {
    return read(SourceText.read(path), options);
  }

  /**
   * Reads the bytes of a file.
   *
   * @param name for messages
   * @throws InvalidInputException with every problem, up to a limit
   */
  public static Trace read(final String name, final byte[] bytes, final ReadOptions options) {
    return read(SourceText.of(name, bytes), options);
  }

  private static Trace read(final SourceText source, final ReadOptions options) {
    final TraceFormat format = options.format().orElseGet(() -> FormatDetector.detect(source));
    if (!format.isReadable()) {
      throw new InvalidInputException(
          Problem.ofFile(source.name(), "no reader for this format")
              .but(format.key(), FormatDetector.expected()));
    }
    final Collected read = new Collected(new ReadLog(source.name()));
    if (source.byteOrderMark()) {
      read.log.note("byte_order_mark", "a UTF-8 byte order mark was passed over");
    }
    READERS.get(format).read(source, read);
    read.log.throwIfAny();
    giveArrivals(read, options);
    final List<Draft> timed =
        read.drafts.stream().filter(draft -> draft.arrivalNanos != Request.UNTIMED).toList();
    new Clock(read.log, options.resets()).mend(timed, read.dated);
    final List<Request> requests = new Dependencies(read.log, read.droppedIds).order(read.drafts);
    read.log.throwIfAny();
    if (requests.isEmpty()) {
      throw new InvalidInputException(
          Problem.ofFile(source.name(), "no request is left to replay")
              .but(
                  read.log.drops().isEmpty()
                      ? "no row"
                      : "only rows that were dropped: "
                          + String.join(", ", read.log.drops().stream().map(Drop::text).toList()),
                  "a request"));
    }
    return new Trace(
        source.name(),
        format.key(),
        source.sha256(),
        read.header.scheme(),
        read.header.tokenizer(),
        read.header.source(),
        read.header.license(),
        read.log.rows(),
        requests,
        read.log.drops(),
        read.log.notes());
  }

  private static void giveArrivals(final Collected read, final ReadOptions options) {
    if (!read.lengthsOnly) {
      return;
    }
    final ArrivalProcess process =
        options
            .arrivals()
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        Problem.ofFile(read.log.file(), "the file has no arrivals, only lengths")
                            .but("", "--arrivals, such as poisson:2 for two a second")));
    final ArrivalProcess.Sampler arrivals = process.sampler(options.seed());
    for (final Draft draft : read.drafts) {
      if (draft.waitFor.isEmpty()) {
        draft.arrivalNanos = arrivals.next();
      }
    }
    read.log.note("arrivals_made", "arrivals were drawn: " + process + ", seed " + options.seed());
  }
}
