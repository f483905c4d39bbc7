package org.inferchip.report.claims;

import java.util.List;
import java.util.Optional;
import org.inferchip.arch.yaml.Catalog;
import org.inferchip.arch.yaml.Described;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.arch.yaml.YamlNode;
import org.inferchip.report.claims.Claim.Measure;
import org.inferchip.report.claims.Claim.Pair;
import org.inferchip.report.claims.Claim.Question;
import org.inferchip.report.claims.Claim.Work;
import org.inferchip.units.Nearest;
import org.inferchip.units.Problem;
import org.inferchip.units.Problems;

/** Reads claims and checks what their record types cannot say. */
public final class ClaimReader {
  private final Descriptions descriptions;

  /** A reader. */
  public ClaimReader(final Descriptions descriptions) {
    this.descriptions = descriptions;
  }

  /** Names of all claims, sorted. */
  public List<String> names() {
    return descriptions.catalog().names(Claim.KIND.folder(), Catalog.YAML);
  }

  /**
   * Reads a claim.
   *
   * @throws org.inferchip.units.InvalidInputException with every problem
   */
  public Described<Claim> read(final String nameOrPath) {
    final Described<Claim> described = descriptions.read(Claim.KIND, nameOrPath, Overrides.none());
    final Problems problems = new Problems();
    final Claim claim = described.value();
    for (int i = 0; i < claim.work().size(); i++) {
      final Work work = claim.work().get(i);
      if (work.users().isPresent() == work.rate().isPresent()) {
        problems.add(
            at(described, "work", i, "needs either users or a rate")
                .but(work.users().isPresent() ? "both" : "neither", "one of them"));
      }
    }
    for (int i = 0; i < claim.measures().size(); i++) {
      final Measure measure = claim.measures().get(i);
      if (measure.atLeast().isPresent() == measure.atMost().isPresent()) {
        problems.add(
            at(described, "measures", i, "needs either at_least or at_most")
                .but(measure.atLeast().isPresent() ? "both" : "neither", "one of them"));
      }
    }
    for (int i = 0; i < claim.questions().size(); i++) {
      question(described, i, problems);
    }
    problems.throwIfAny();
    return described;
  }

  private static void question(
      final Described<Claim> described, final int index, final Problems problems) {
    final Claim claim = described.value();
    final Question question = claim.questions().get(index);
    if (pair(claim, question).isEmpty()) {
      final List<String> names = claim.pairs().stream().map(Pair::name).toList();
      problems.add(unknown(described, index, "pair " + question.pair(), names));
    }
    if (work(claim, question).isEmpty()) {
      final List<String> names = claim.work().stream().map(Work::name).toList();
      problems.add(unknown(described, index, "work " + question.work(), names));
    }
    if (Varied.of(question).isEmpty()) {
      problems.add(
          at(described, "questions", index, "has no range")
              .but(
                  question.from() + " to " + question.to(),
                  "two numbers above 0 with one unit, the smaller one first"));
    }
    if (!Varied.knows(question.vary())) {
      problems.add(
          at(described, "questions", index, "varies what cannot be varied")
              .but(
                  question.vary(),
                  "users, rate, prompt, output, or a key path after subject. or against."));
    }
  }

  private static Problem unknown(
      final Described<Claim> described,
      final int index,
      final String found,
      final List<String> names) {
    return at(described, "questions", index, "names what is not in this claim")
        .but(found, String.join(", ", names))
        .near(Nearest.of(found, names));
  }

  private static Problem at(
      final Described<Claim> described, final String list, final int index, final String message) {
    final YamlNode.Sequence items = (YamlNode.Sequence) described.tree().get(list);
    return items.items().get(index).place().problem(list + "[" + index + "]", message);
  }

  static Optional<Pair> pair(final Claim claim, final Question question) {
    return claim.pairs().stream().filter(one -> one.name().equals(question.pair())).findFirst();
  }

  static Optional<Work> work(final Claim claim, final Question question) {
    return claim.work().stream().filter(one -> one.name().equals(question.work())).findFirst();
  }
}
