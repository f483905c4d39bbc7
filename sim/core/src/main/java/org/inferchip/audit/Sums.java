package org.inferchip.audit;

import java.util.BitSet;
import org.inferchip.audit.Content.Applied;
import org.inferchip.audit.Content.Contribution;
import org.inferchip.audit.Content.Loaded;
import org.inferchip.audit.Content.Product;
import org.inferchip.audit.Content.Unknown;
import org.inferchip.audit.Finding.Kind;
import org.inferchip.operator.Collective;
import org.inferchip.operator.Operator;
import org.inferchip.program.TensorRef.Role;
import org.inferchip.program.VectorOp;

/** Sums of tiles, element by element. */
final class Sums {
  private Sums() {}

  static Content add(
      final Content a, final Content b, final Operator operator, final Findings findings) {
    final Content unknown = new Unknown(a.rows(), a.cols());
    if (a instanceof Unknown || b instanceof Unknown) {
      return unknown;
    }
    if (a instanceof Product p && b instanceof Product q) {
      if (p.row() != q.row()
          || p.col() != q.col()
          || p.rows() != q.rows()
          || p.cols() != q.cols()) {
        findings.add(Kind.OPERAND_MISMATCH, "adds " + a + " and " + b);
        return unknown;
      }
      if (p.reduced().overlaps(q.reduced())) {
        findings.add(
            Kind.REPEATED_PARTIAL_SUM, "adds " + q.reduced() + " to a sum of " + p.reduced());
      }
      return new Product(p.row(), p.col(), p.rows(), p.cols(), p.reduced().plus(q.reduced()));
    }
    if (operator instanceof Collective collective) {
      final Contribution left = contribution(a, collective);
      final Contribution right = contribution(b, collective);
      if (left == null || right == null || left.from() != right.from()) {
        findings.add(Kind.OPERAND_MISMATCH, "adds " + a + " and " + b);
        return unknown;
      }
      if (left.devices().intersects(right.devices())) {
        findings.add(
            Kind.CONTRIBUTION, "adds devices " + right.devices() + " to " + left.devices());
      }
      final BitSet all = (BitSet) left.devices().clone();
      all.or(right.devices());
      return new Contribution(left.from(), left.rows(), left.cols(), all);
    }
    return new Applied(VectorOp.ADD, 0, a, b, null, a.rows(), a.cols());
  }

  /** One device's input, or a sum of several; null if it is neither. */
  static Contribution contribution(final Content content, final Collective collective) {
    if (content instanceof Contribution contribution) {
      return contribution;
    }
    final Loaded loaded =
        content instanceof Content.Viewed view
            ? view.loaded()
            : content instanceof Loaded direct ? direct : null;
    if (loaded == null
        || loaded.role() != Role.INPUT
        || loaded.index() >= 0
        || loaded.rows() != 1
        || loaded.tensor().rows() != collective.devices()) {
      return null;
    }
    final BitSet device = new BitSet();
    device.set(loaded.row());
    return new Contribution(loaded.col(), content.rows(), content.cols(), device);
  }
}
