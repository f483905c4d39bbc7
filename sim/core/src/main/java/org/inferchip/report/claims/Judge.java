package org.inferchip.report.claims;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.InputFile;
import org.inferchip.explore.Crossover;
import org.inferchip.explore.uncertainty.Interval;
import org.inferchip.report.claims.Claim.Contender;
import org.inferchip.report.claims.Claim.Measure;
import org.inferchip.report.claims.Claim.Pair;
import org.inferchip.report.claims.Claim.Question;
import org.inferchip.report.claims.Claim.Work;
import org.inferchip.report.claims.Verdict.Answer;
import org.inferchip.report.claims.Verdict.Doubt;
import org.inferchip.report.claims.Verdict.Finding;
import org.inferchip.report.claims.Verdict.Word;
import org.inferchip.units.Tasks;

/** Tests claims: lets the machines serve the work and compares. */
public final class Judge {
  private final ClaimBench bench;
  private final int threads;
  private final int draws;

  /**
   * A judge.
   *
   * @param descriptions where machines and models are read
   * @param seed of loads and samples
   * @param threads at most
   * @param draws of the uncertain numbers of descriptions; 0 for none
   */
  public Judge(
      final Descriptions descriptions, final long seed, final int threads, final int draws) {
    this.draws = draws;
    this.bench = new ClaimBench(descriptions, seed, draws);
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
    final List<Judged> judged = new ArrayList<>();
    final Set<String> violations = new LinkedHashSet<>();
    final Set<InputFile> inputs = new TreeSet<>(Comparator.comparing(InputFile::file));
    for (final Pair pair : claim.pairs()) {
      for (final Work work : claim.work()) {
        for (final Measure measure : claim.measures()) {
          judged.add(judged(pair, work, measure));
        }
        for (final Contender one : List.of(pair.subject(), pair.against())) {
          bench
              .draw(one, work)
              .result()
              .ifPresent(
                  result -> {
                    result.violations().forEach(law -> violations.add(result.name() + ": " + law));
                    inputs.addAll(result.inputs());
                  });
        }
      }
    }
    return new Verdict(
        claim,
        judged.stream().map(Judged::finding).toList(),
        answers,
        draws == 0 ? Map.of() : shares(judged),
        List.copyOf(violations),
        List.copyOf(inputs));
  }

  /** A comparison, and in which draws it is as claimed; of figures not drawn, in all or none. */
  private record Judged(Finding finding, Optional<boolean[]> drawn) {
    boolean holds(final int draw) {
      return drawn.map(holds -> holds[draw]).orElse(finding.holds());
    }
  }

  private Map<Word, Double> shares(final List<Judged> judged) {
    final Map<Word, Double> shares = new LinkedHashMap<>();
    for (final Word word : Word.values()) {
      shares.put(word, 0.0);
    }
    for (int draw = 0; draw < draws; draw++) {
      final int number = draw;
      final long holding = judged.stream().filter(one -> one.holds(number)).count();
      shares.merge(Verdict.word(holding, judged.size()), 1.0, Double::sum);
    }
    shares.replaceAll((word, count) -> count / draws);
    return shares;
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
                bench.draw(one, work);
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

  private Judged judged(final Pair pair, final Work work, final Measure measure) {
    final Outcome subject = bench.draw(pair.subject(), work);
    final Outcome against = bench.draw(pair.against(), work);
    final double own = subject.figure(measure.figure());
    final double other = against.figure(measure.figure());
    final double value = measure.isRatio() ? own / other : own;
    final String note =
        subject.refusal().isEmpty()
            ? against.refusal().isEmpty() ? "" : "the other: " + against.refusal()
            : subject.refusal();
    final boolean holds = !Double.isNaN(value) && measure.holds(value);
    final Optional<double[]> values =
        measure.isRatio()
            ? ratios(subject, against, measure.figure())
            : subject.draws(measure.figure());
    final Optional<boolean[]> drawn = values.map(all -> holding(measure, all));
    final Finding finding =
        new Finding(
            pair.name(),
            work.name(),
            measure,
            own,
            other,
            value,
            holds,
            note,
            values.map(all -> new Doubt(share(drawn.orElseThrow()), Interval.of(all))));
    return new Judged(finding, drawn);
  }

  private static boolean[] holding(final Measure measure, final double[] values) {
    final boolean[] holds = new boolean[values.length];
    for (int i = 0; i < holds.length; i++) {
      holds[i] = !Double.isNaN(values[i]) && measure.holds(values[i]);
    }
    return holds;
  }

  private static double share(final boolean[] of) {
    int count = 0;
    for (final boolean one : of) {
      count += one ? 1 : 0;
    }
    return (double) count / of.length;
  }

  /** Of every draw, the subject's figure over the other's; empty where either is not drawn. */
  private static Optional<double[]> ratios(
      final Outcome subject, final Outcome against, final String figure) {
    return subject
        .draws(figure)
        .flatMap(
            own ->
                against
                    .draws(figure)
                    .map(
                        other -> {
                          final double[] ratios = new double[own.length];
                          for (int i = 0; i < ratios.length; i++) {
                            ratios[i] = own[i] / other[i];
                          }
                          return ratios;
                        }));
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
    final Optional<Turning> turning =
        draws == 0 ? Optional.empty() : turning(pair, work, varied, found);
    return new Answer(
        question, varied.unit(), found, turning, Answers.sentence(varied, found, turning));
  }

  private Optional<Turning> turning(
      final Pair pair, final Work work, final Varied varied, final Crossover found) {
    return Turning.place(found)
        .flatMap(
            place -> {
              final Pair machines = varied.on(pair, place);
              final Work load = varied.on(work, place);
              final String figure = varied.question().figure();
              final Outcome subject = bench.draw(machines.subject(), load);
              final Outcome against = bench.draw(machines.against(), load);
              final double stated = subject.figure(figure) / against.figure(figure);
              return ratios(subject, against, figure)
                  .map(all -> Arrays.stream(all).map(ratio -> ratio / stated).toArray())
                  .map(factors -> Turning.of(found, factors));
            });
  }

  private double ratio(final Pair pair, final Work work, final String figure) {
    return bench.serve(pair.subject(), work).figure(figure)
        / bench.serve(pair.against(), work).figure(figure);
  }
}
