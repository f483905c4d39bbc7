package org.inferchip.cli;

import java.util.function.LongConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How far long work has come; thread-safe. */
final class Progress implements AutoCloseable {
  private static final int UPDATE_MILLIS = 200;

  private final LongConsumer advance;
  private final Runnable close;

  private Progress(final LongConsumer advance, final Runnable close) {
    this.advance = advance;
    this.close = close;
  }

  static Progress hidden() {
    return new Progress(steps -> {}, () -> {});
  }

  static Progress shown(final String label, final long steps) {
    final ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName(label)
            .setInitialMax(steps)
            .setUpdateIntervalMillis(UPDATE_MILLIS)
            .setStyle(ProgressBarStyle.ASCII)
            .showSpeed()
            .clearDisplayOnFinish()
            .build();
    return new Progress(bar::stepBy, bar::close);
  }

  /** Some steps are done. */
  void advance(final long steps) {
    advance.accept(steps);
  }

  /** Takes how many steps of one part of the work are done, as the number grows. */
  LongConsumer part() {
    final long[] last = new long[1];
    return done -> {
      advance(done - last[0]);
      last[0] = done;
    };
  }

  @Override
  public void close() {
    close.run();
  }
}
