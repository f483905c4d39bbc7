package org.inferchip.report.claims;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.InputFile;
import org.inferchip.explore.Crossover;
import org.inferchip.report.claims.Claim.Contender;
import org.inferchip.report.claims.Claim.Measure;
import org.inferchip.report.claims.Claim.Pair;
import org.inferchip.report.claims.Claim.Question;
import org.inferchip.report.claims.Claim.Work;
import org.inferchip.report.claims.Verdict.Answer;
import org.inferchip.report.claims.Verdict.Finding;
import org.inferchip.units.Tasks;

/** Tests claims: lets the machines serve the work and compares. */
public final class Judge {
  private final ClaimBench bench;
  private final int threads;

  /**
   * A judge.
   *
   * @param descriptions where machines and models are read
   * @param seed of loads and samples
   * @param threads at most
   */
  public Judge(final Descriptions descriptions, final long seed, final int threads) {
    this.bench = new ClaimBench(descriptions, seed);
    this.threads = threads;
  }

  /** Runs, and crossings that are looked for: the work of judging a claim. */
  public static long steps(final Claim claim) {
    return 2L * claim.pairs().size() * claim.work().size() + claim.questions().size();
  }

  /**
   * Tests a claim.
   *
   * @param claim checked by {@link ClaimReader}
   * @param progress told each run and each crossing
   */
  public Verdict judge(final Claim claim, final LongConsumer progress) {
    final List<Answer> answers = serveAll(claim, progress);
    final List<Finding> findings = new ArrayList<>();
    final Set<String> violations = new LinkedHashSet<>();
    final Set<InputFile> inputs = new TreeSet<>(Comparator.comparing(InputFile::file));
    for (final Pair pair : claim.pairs()) {
      for (final Work work : claim.work()) {
        for (final Measure measure : claim.measures()) {
          findings.add(finding(pair, work, measure));
        }
        for (final Contender one : List.of(pair.subject(), pair.against())) {
          bench
              .serve(one, work)
              .result()
              .ifPresent(
                  result -> {
                    result.violations().forEach(law -> violations.add(result.name() + ": " + law));
                    inputs.addAll(result.inputs());
                  });
        }
      }
    }
    return new Verdict(claim, findings, answers, List.copyOf(violations), List.copyOf(inputs));
  }

  /**
   * Fills the memory of the bench, so that what is asked of it afterwards costs nothing; and
   * answers the questions, whose points are served beside.
   */
  private List<Answer> serveAll(final Claim claim, final LongConsumer progress) {
    final List<Callable<Optional<Answer>>> tasks = new ArrayList<>();
    for (final Pair pair : claim.pairs()) {
      for (final Work work : claim.work()) {
        for (final Contender one : List.of(pair.subject(), pair.against())) {
          tasks.add(
              () -> {
                bench.serve(one, work);
                done(progress);
                return Optional.empty();
              });
        }
      }
    }
    for (final Question question : claim.questions()) {
      tasks.add(
          () -> {
            final Answer answer = answer(claim, question);
            done(progress);
            return Optional.of(answer);
          });
    }
    return Tasks.all(tasks, threads).stream().flatMap(Optional::stream).toList();
  }

  private static void done(final LongConsumer progress) {
    synchronized (progress) {
      progress.accept(1);
    }
  }

  private Finding finding(final Pair pair, final Work work, final Measure measure) {
    final Outcome subject = bench.serve(pair.subject(), work);
    final Outcome against = bench.serve(pair.against(), work);
    final double own = subject.figure(measure.figure());
    final double other = against.figure(measure.figure());
    final double value = measure.isRatio() ? own / other : own;
    final String note =
        subject.refusal().isEmpty()
            ? against.refusal().isEmpty() ? "" : "the other: " + against.refusal()
            : subject.refusal();
    final boolean holds = !Double.isNaN(value) && measure.holds(value);
    return new Finding(pair.name(), work.name(), measure, own, other, value, holds, note);
  }

  private Answer answer(final Claim claim, final Question question) {
    final Pair pair = ClaimReader.pair(claim, question).orElseThrow();
    final Work work = ClaimReader.work(claim, question).orElseThrow();
    final Varied varied = Varied.of(question).orElseThrow();
    final Crossover found =
        Crossover.of(
            value -> ratio(varied.on(pair, value), varied.on(work, value), question.figure()),
            varied.range(),
            question.level());
    return new Answer(question, varied.unit(), found, Answers.sentence(varied, found));
  }

  private double ratio(final Pair pair, final Work work, final String figure) {
    return bench.serve(pair.subject(), work).figure(figure)
        / bench.serve(pair.against(), work).figure(figure);
  }
}
