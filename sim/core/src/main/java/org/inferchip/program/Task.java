package org.inferchip.program;

/**
 * One task, as plain numbers. Mutable and recycled: readers copy what they keep. Fields that a kind
 * does not use are -1 (ids) or 0.
 *
 * <p>Units: loads and stores run on the stream's own load and store queues through the core's port;
 * multiplications on the stream's matrix array; vector work on the core's vector unit; sends on the
 * device's links.
 */
public final class Task {
  /** Kinds of tasks. */
  public enum Kind {
    /** Tensor region to slot. */
    LOAD,
    /** Matrix tile. */
    MULTIPLY,
    /** Element-wise tile. */
    VECTOR,
    /** Slot to tensor region. */
    STORE,
    /** Slot to another stream's slot, over a link. */
    SEND
  }

  /** No buffer, tensor or stream. */
  public static final int NONE = -1;

  /** {@link #share} of all. */
  public static final int WHOLE = 10_000;

  /** {@link #reuseDistance} of data that was never touched before. */
  public static final long FIRST_TOUCH = Long.MAX_VALUE;

  // CHECKSTYLE.OFF: VisibilityModifier (hot, recycled, int-only: see PROGRAM)
  /** What it is. */
  public Kind kind;

  /** Of a MULTIPLY. */
  public MatOp matOp;

  /** Of a VECTOR. */
  public VectorOp vectorOp;

  /** MULTIPLY: rows of a and of the accumulator. Otherwise rows of the tile or region. */
  public int m;

  /** MULTIPLY: columns of the accumulator. Otherwise columns of the tile or region. */
  public int n;

  /** MULTIPLY: reduction. */
  public int k;

  /** LOAD, STORE: tensor id. */
  public int tensor;

  /**
   * LOAD, STORE: first row of the region; with {@link #index}, first row of the index tensor.
   * VECTOR: first row of a's slot that is read (and of b's for {@code NORMALISE}), so that an
   * epilogue works in sub-tiles; the slot is then {@link #n} columns wide.
   */
  public int row;

  /** LOAD, STORE: first column of the region. */
  public int col;

  /** LOAD (gather) or STORE (scatter): tensor whose entries are the rows; else {@link #NONE}. */
  public int index;

  /** Bytes between the core and the level above it (LOAD, STORE) or of the payload (SEND). */
  public long bytes;

  /**
   * SEND between devices: bytes on the links out of the sender, with flags, headers and gaps; less
   * than the payload where a switch copies one send to several devices.
   */
  public long outBytes;

  /**
   * SEND between devices: bytes on the links into the receiver; less than the payload where a
   * switch adds several sends.
   */
  public long inBytes;

  /**
   * LOAD: bytes charged to the tensor's home if the shared level does not serve them: less than
   * {@link #bytes} where several streams fetch one region in the same phase and only the first
   * misses. Totals over the sharers are exact.
   */
  public long fetchBytes;

  /**
   * LOAD: distinct bytes touched in the shared cache since this region was touched last (LRU stack
   * distance), or {@link #FIRST_TOUCH}. A cache serves the load if this is not over its usable
   * capacity (Mattson et al. 1970).
   */
  public long reuseDistance;

  /** LOAD: picoseconds of preparation (of an item) in which its queue starts no other load. */
  public long setup;

  /** LOAD: bytes that the stream's code keeps on their way; 0: as many as there are slots for. */
  public long inFlight;

  /**
   * Share of a rate that the code reaches, in parts of {@link #WHOLE}. LOAD: of the port; MULTIPLY:
   * of the array; VECTOR: of the special functions.
   */
  public int share;

  /** Ports that one fetch feeds (hardware multicast); the level above is charged bytes / this. */
  public int multicast;

  /**
   * LOAD: cores that hold the region together, each an equal share, and read the others' shares
   * while they multiply (pairs of cores with one instruction): port and level above are charged
   * bytes / this. MULTIPLY: the same of operand b.
   */
  public int joint;

  /** MULTIPLY in a loop whose operands stream in: rows of the kernel's tile; otherwise 0. */
  public int tileM;

  /** Its columns. */
  public int tileN;

  /** Reduction of its steps. */
  public int tileK;

  /**
   * MULTIPLY, VECTOR: sizes as which the unit works on it, of code that does whole tiles where they
   * have no whole operands; 0: its own.
   */
  public int wholeM;

  /** The same of {@link #n}. */
  public int wholeN;

  /** The same of {@link #k}. */
  public int wholeK;

  /** First buffer read, or NONE. */
  public int a;

  /** Second buffer read, or NONE. */
  public int b;

  /** Third buffer read, or NONE. */
  public int c;

  /** Bit 0, 1, 2: a, b, c stay for a later reader. */
  public int kept;

  /** Buffer opened or filled at once (LOAD, VECTOR, SEND: in {@link #toStream}), or NONE. */
  public int to;

  /** Buffer under accumulation, or NONE. VECTOR: beside {@link #to}, its statistics. */
  public int accumulator;

  /** Step of the accumulation; ONLY if there is none. */
  public Accumulate step;

  /** SEND: stream that owns {@link #to}; else NONE. */
  public int toStream;

  /** Stream whose items this task waits for, or NONE. */
  public int afterStream;

  /** The task waits until {@link #afterStream} has finished this many items. */
  public int afterItems;

  /** Whether the item is finished when this task completes. */
  public boolean endsItem;

  /** LOAD, MULTIPLY, VECTOR: by the core's fixed-function attention unit. */
  public boolean fixed;

  /**
   * VECTOR: elements worked on beyond rows x cols (rescaled outputs of a softmax step). MULTIPLY:
   * special functions of a softmax beside it, for whose time it is held up.
   */
  public long extra;

  /** Meaning by operation: see {@link VectorOp}. */
  public int arg0;

  /** Meaning by operation. */
  public int arg1;

  /** Meaning by operation. */
  public int arg2;

  /** Meaning by operation. */
  public int arg3;

  /** Meaning by operation. */
  public int arg4;

  // CHECKSTYLE.ON: VisibilityModifier

  /** A blank task. */
  public Task() {
    reset(Kind.LOAD);
  }

  /** Makes it a blank task of a kind. */
  public Task reset(final Kind newKind) {
    kind = newKind;
    matOp = null;
    vectorOp = null;
    m = 0;
    n = 0;
    k = 0;
    tensor = NONE;
    row = 0;
    col = 0;
    index = NONE;
    bytes = 0;
    outBytes = 0;
    inBytes = 0;
    fetchBytes = 0;
    reuseDistance = FIRST_TOUCH;
    setup = 0;
    inFlight = 0;
    share = WHOLE;
    multicast = 1;
    joint = 1;
    tileM = 0;
    tileN = 0;
    tileK = 0;
    wholeM = 0;
    wholeN = 0;
    wholeK = 0;
    a = NONE;
    b = NONE;
    c = NONE;
    kept = 0;
    to = NONE;
    accumulator = NONE;
    step = Accumulate.ONLY;
    toStream = NONE;
    afterStream = NONE;
    afterItems = 0;
    endsItem = false;
    fixed = false;
    extra = 0;
    arg0 = 0;
    arg1 = 0;
    arg2 = 0;
    arg3 = 0;
    arg4 = 0;
    return this;
  }

  /** Leaves operand a in its buffer. */
  public Task keepA() {
    kept |= 1;
    return this;
  }

  /** Leaves operand b in its buffer. */
  public Task keepB() {
    kept |= 2;
    return this;
  }

  /** Leaves operand c in its buffer. */
  public Task keepC() {
    kept |= 4;
    return this;
  }

  /** Reads b too. */
  public Task and(final Buffer second) {
    b = second.id();
    return this;
  }

  /** Reads c too. */
  public Task andThird(final Buffer third) {
    c = third.id();
    return this;
  }

  /** VECTOR: accumulates into a buffer, as a step. */
  public Task into(final Buffer statistics, final Accumulate accumulate) {
    accumulator = statistics.id();
    step = accumulate;
    return this;
  }

  /** VECTOR: reads a's slot from a row on (an epilogue in sub-tiles). */
  public Task fromRow(final int firstRow) {
    row = firstRow;
    return this;
  }

  /** VECTOR: what this step does to the sum in {@link #to} ({@code ACCUMULATE} and the like). */
  public Task step(final Accumulate accumulate) {
    step = accumulate;
    return this;
  }

  /** LOAD, STORE: rows are the entries of an index tensor from {@link #row} on. */
  public Task through(final TensorRef indexTensor) {
    index = indexTensor.id();
    return this;
  }

  /** LOAD: who else fetches the region now, and how long ago it was touched. */
  public Task reuse(final long missBytes, final long distance) {
    fetchBytes = missBytes;
    reuseDistance = distance;
    return this;
  }

  /** LOAD: how fast the code fetches. */
  public Task paced(final long setupPicos, final long bytesInFlight, final int portShare) {
    setup = setupPicos;
    inFlight = bytesInFlight;
    share = portShare;
    return this;
  }

  /** Share of the unit's rate. */
  public Task share(final int of) {
    share = of;
    return this;
  }

  /** LOAD: one fetch feeds several ports. */
  public Task multicast(final int ports) {
    multicast = ports;
    return this;
  }

  /** LOAD, MULTIPLY: operand held by several cores together. */
  public Task joint(final int cores) {
    joint = cores;
    return this;
  }

  /** MULTIPLY: a step of a loop whose operands stream in, of a kernel that does whole tiles. */
  public Task streamed(final int wholeM, final int wholeN, final int wholeK) {
    tileM = wholeM;
    tileN = wholeN;
    tileK = wholeK;
    return this;
  }

  /** MULTIPLY, VECTOR: worked on as a tile of these sizes, if they are larger. */
  public Task whole(final int rows, final int cols, final int depth) {
    wholeM = rows;
    wholeN = cols;
    wholeK = depth;
    return this;
  }

  /** Waits for items of another stream. */
  public Task after(final int stream, final int itemsDone) {
    afterStream = stream;
    afterItems = itemsDone;
    return this;
  }

  /** SEND: what the links carry for it. */
  public Task wire(final long out, final long in) {
    outBytes = out;
    inBytes = in;
    return this;
  }

  /** Whether the attention unit does it. */
  public Task fixed(final boolean byUnit) {
    fixed = byUnit;
    return this;
  }

  /** Ends the item. */
  public Task endsItem() {
    endsItem = true;
    return this;
  }

  /** VECTOR: more elements worked on. MULTIPLY: special functions that hold it up. */
  public Task extra(final long elements) {
    extra = elements;
    return this;
  }

  /** Arguments of a vector operation. */
  public Task args(final int x0, final int x1, final int x2, final int x3, final int x4) {
    arg0 = x0;
    arg1 = x1;
    arg2 = x2;
    arg3 = x3;
    arg4 = x4;
    return this;
  }

  /** Whether operand a is released when this task ends. */
  public boolean releasesA() {
    return a != NONE && (kept & 1) == 0;
  }

  /** Whether operand b is released when this task ends. */
  public boolean releasesB() {
    return b != NONE && (kept & 2) == 0;
  }

  /** Whether operand c is released when this task ends. */
  public boolean releasesC() {
    return c != NONE && (kept & 4) == 0;
  }

  /** Copies all of another task. */
  public Task set(final Task o) {
    kind = o.kind;
    matOp = o.matOp;
    vectorOp = o.vectorOp;
    m = o.m;
    n = o.n;
    k = o.k;
    tensor = o.tensor;
    row = o.row;
    col = o.col;
    index = o.index;
    bytes = o.bytes;
    outBytes = o.outBytes;
    inBytes = o.inBytes;
    fetchBytes = o.fetchBytes;
    reuseDistance = o.reuseDistance;
    setup = o.setup;
    inFlight = o.inFlight;
    share = o.share;
    multicast = o.multicast;
    joint = o.joint;
    tileM = o.tileM;
    tileN = o.tileN;
    tileK = o.tileK;
    wholeM = o.wholeM;
    wholeN = o.wholeN;
    wholeK = o.wholeK;
    a = o.a;
    b = o.b;
    c = o.c;
    kept = o.kept;
    to = o.to;
    accumulator = o.accumulator;
    step = o.step;
    toStream = o.toStream;
    afterStream = o.afterStream;
    afterItems = o.afterItems;
    endsItem = o.endsItem;
    fixed = o.fixed;
    extra = o.extra;
    arg0 = o.arg0;
    arg1 = o.arg1;
    arg2 = o.arg2;
    arg3 = o.arg3;
    arg4 = o.arg4;
    return this;
  }

  /**
   * Hash of all that timing may depend on, never of coordinates: two trips with equal shapes cost
   * the same. Whom it waits for and sends to is left out; that it does is not. Four chains, for a
   * processor works on them at once.
   */
  public long shape() {
    long does =
        kind.ordinal()
            + 8L * (matOp == null ? 0 : 1 + matOp.ordinal())
            + 512L * (vectorOp == null ? 0 : 1 + vectorOp.ordinal());
    does = Hashing.mix(does, two(m, n));
    does = Hashing.mix(does, two(k, share));
    does = Hashing.mix(does, joint);
    does = Hashing.mix(does, extra);
    long moves = two(tensor, index);
    moves = Hashing.mix(moves, bytes);
    moves = Hashing.mix(moves, outBytes);
    moves = Hashing.mix(moves, inBytes);
    moves = Hashing.mix(moves, fetchBytes);
    moves = Hashing.mix(moves, reuseDistance);
    moves = Hashing.mix(moves, setup);
    moves = Hashing.mix(moves, inFlight);
    moves = Hashing.mix(moves, multicast);
    long tiles = two(tileM, tileN);
    tiles = Hashing.mix(tiles, two(tileK, wholeM));
    tiles = Hashing.mix(tiles, two(wholeN, wholeK));
    long slots = two(a, b);
    slots = Hashing.mix(slots, two(c, kept));
    slots = Hashing.mix(slots, two(to, accumulator));
    slots =
        Hashing.mix(
            slots,
            16L * step.ordinal()
                + (afterStream == NONE ? 0 : 1)
                + (toStream == NONE ? 0 : 2)
                + (endsItem ? 4 : 0)
                + (fixed ? 8 : 0));
    return Hashing.mix(Hashing.mix(Hashing.mix(does, moves), tiles), slots);
  }

  private static long two(final int high, final int low) {
    return (long) high << 32 | low & 0xffffffffL;
  }
}
