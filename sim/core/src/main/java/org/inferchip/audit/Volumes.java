package org.inferchip.audit;

import org.inferchip.audit.Finding.Kind;
import org.inferchip.operator.Attention;
import org.inferchip.operator.Collective;
import org.inferchip.operator.MatMul;
import org.inferchip.operator.Operator;
import org.inferchip.program.Task;
import org.inferchip.program.TensorRef;
import org.inferchip.program.TensorRef.Role;
import org.inferchip.program.TileProgram;

/** Operations and bytes: of each task against its region, of all tasks against the operator. */
final class Volumes {
  private final TileProgram program;
  private final Findings findings;
  private final Coverage[] loaded;
  private final long[] fetched;
  private final boolean[] gathered;
  private final long[] sentByDevice;
  private long tasks;
  private long macs;
  private long loadBytes;
  private long fetchBytes;
  private long storeBytes;
  private long sendBytes;

  Volumes(final TileProgram program, final Findings findings) {
    this.program = program;
    this.findings = findings;
    final int tensors = program.tensors().size();
    loaded = new Coverage[tensors];
    fetched = new long[tensors];
    gathered = new boolean[tensors];
    for (int i = 0; i < tensors; i++) {
      loaded[i] = new Coverage();
    }
    sentByDevice = new long[program.placement().devices()];
  }

  void count(final int stream, final Task task) {
    tasks++;
    switch (task.kind) {
      case LOAD -> load(task);
      case STORE -> {
        expect(task, bytesOf(task));
        storeBytes += task.bytes;
      }
      case SEND -> {
        expect(task, program.buffers().get(task.a).format().bytes((long) task.m * task.n));
        sendBytes += task.bytes;
        sentByDevice[program.placement().device(stream)] += task.bytes;
      }
      case MULTIPLY -> macs += (long) task.m * task.n * task.k;
      default -> {
        // Vector work is counted by the engine; an operator does not say how much there must be.
      }
    }
  }

  private long bytesOf(final Task task) {
    return program.tensors().get(task.tensor).format().bytes((long) task.m * task.n);
  }

  private void expect(final Task task, final long bytes) {
    if (task.bytes != bytes) {
      findings.add(Kind.BYTES, task.kind + " of " + bytes + " bytes says " + task.bytes);
    }
  }

  private void load(final Task task) {
    expect(task, bytesOf(task));
    if (task.fetchBytes < 0 || task.fetchBytes > task.bytes) {
      findings.add(Kind.BYTES, "fetches " + task.fetchBytes + " of " + task.bytes + " bytes");
    }
    loadBytes += task.bytes;
    fetchBytes += task.fetchBytes;
    if (task.reuseDistance == Task.FIRST_TOUCH) {
      fetched[task.tensor] += task.fetchBytes;
    }
    gathered[task.tensor] |= task.index != Task.NONE;
    if (task.index == Task.NONE && task.m > 0 && task.n > 0) {
      loaded[task.tensor].add(task.row, task.col, task.m, task.n);
    }
  }

  /** After the last task: totals. */
  void finish() {
    findings.at(null);
    operations(program.operator());
    for (final TensorRef tensor : program.tensors()) {
      final long unique = tensor.format().bytes(loaded[tensor.id()].area());
      if (!gathered[tensor.id()] && fetched[tensor.id()] < unique && !sharesKeys(tensor)) {
        findings.add(
            Kind.BYTES,
            tensor.role()
                + ": "
                + unique
                + " distinct bytes are loaded, "
                + fetched[tensor.id()]
                + " are fetched for the first time");
      }
    }
  }

  /** Absorbed MLA: the values are part of the keys, which are fetched already. */
  private boolean sharesKeys(final TensorRef tensor) {
    return tensor.role() == Role.VALUE
        && program.operator() instanceof Attention op
        && op.kvHeads() == 1
        && op.valueDim() < op.headDim();
  }

  private void operations(final Operator operator) {
    final long expected = operator.multiplyAccumulates();
    if (operator instanceof MatMul ? macs != expected : macs < expected) {
      findings.add(Kind.OPERATIONS, macs + " multiply-accumulates; the operator has " + expected);
    }
    if (operator instanceof Collective collective && collective.devices() > 1) {
      long most = 0;
      for (final long sent : sentByDevice) {
        most = Math.max(most, sent);
      }
      if (most < collective.compulsoryLinkBytes()) {
        findings.add(
            Kind.BYTES,
            "no device sends more than "
                + most
                + " bytes; some device must send "
                + collective.compulsoryLinkBytes());
      }
    }
  }

  AuditReport report(final boolean complete) {
    return new AuditReport(
        findings.list(),
        findings.dropped(),
        complete,
        tasks,
        macs,
        loadBytes,
        fetchBytes,
        storeBytes,
        sendBytes);
  }
}
