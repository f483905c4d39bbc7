package org.inferchip.engine;

import org.inferchip.arch.MatrixUnit.Mesh;
import org.inferchip.arch.MatrixUnit.Reduction;
import org.inferchip.numerics.Format;
import org.inferchip.program.Accumulate;

/**
 * A mesh of R rows and C columns of elements in stripes of S columns. An element has k' = ceil(k/R)
 * rows of ceil(n/S) = n' weights. With h cycles a hop, w to wake a task, s for a stage of a
 * reduction, f multiply-accumulates a cycle and b bytes a cycle on a link:
 *
 * <pre>
 *   broadcast  (R + C) h, then m k' values of inputs at b
 *   work       k' (w + m ceil(n'/f)): each row of inputs that comes wakes a task
 *   reduce     R h + D s, then m n' sums at b, so often as they pass a link
 *              D = R - 1 and once (line); D = 2 ceil(sqrt R) and twice (two phases)
 *   occupancy  max(work, bytes on links)        latency  the three one after the other
 * </pre>
 *
 * Inputs come from where the sums of the product before ended, along the columns, and are needed
 * along the rows: they cross the mesh both ways. Steps of one accumulation keep their sums where
 * they are; only the last reduces. So a product has two traversals, and a norm or softmax two
 * (reduce along a row, broadcast back).
 *
 * <p>The form of the two-phase reduction is that of Luczynski et al. 2024 ("Near-optimal
 * wafer-scale reduce", their depth and distance terms; recalled). Work, broadcast and reduction of
 * one task are taken one after the other, which is late by what streams; tasks follow each other
 * without gaps. Not modelled: rows that are out of use on a wafer, routing conflicts between
 * stripes, bank conflicts.
 */
final class MeshLaw implements MatrixLaw {
  private final Mesh mesh;

  MeshLaw(final Mesh mesh) {
    this.mesh = mesh;
  }

  @Override
  public MatrixCycles cycles(
      final long m, final long n, final long k, final Format format, final Accumulate step) {
    final long rate = MatrixLaw.rate(mesh.elementMacs(), format);
    final long deep = MatrixLaw.ceilDiv(k, mesh.rows());
    final long wide = MatrixLaw.ceilDiv(n, mesh.stripe());
    final long work = deep * (mesh.wakeCycles() + m * MatrixLaw.ceilDiv(wide, rate));
    final long in = onLink(format.bytes(m * deep));
    final long sums = step.fills() ? mesh.accumulator().bytes(m * wide) : 0;
    final long reduce = step.fills() ? reduce(mesh.rows(), sums) : 0;
    final long occupancy = Math.max(Math.max(work, in), passes() * onLink(sums));
    return new MatrixCycles(
        occupancy, hops(mesh.rows() + mesh.columns()) + Math.max(work, in) + reduce);
  }

  @Override
  public long rowCycles(final long rows) {
    final long bytes = mesh.accumulator().bytes(rows);
    return reduce(mesh.columns(), bytes) + hops(mesh.columns()) + onLink(bytes);
  }

  private long reduce(final int length, final long bytes) {
    final long depth =
        mesh.reduction() == Reduction.LINE ? length - 1 : 2 * (long) Math.ceil(Math.sqrt(length));
    return hops(length) + depth * mesh.stageCycles() + passes() * onLink(bytes);
  }

  private int passes() {
    return mesh.reduction() == Reduction.LINE ? 1 : 2;
  }

  private long hops(final int length) {
    return (long) Math.ceil(length * mesh.hopCycles());
  }

  private long onLink(final long bytes) {
    return (long) Math.ceil(bytes / mesh.link());
  }
}
