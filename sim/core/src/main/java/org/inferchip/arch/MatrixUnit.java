package org.inferchip.arch;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Map;
import java.util.Optional;
import org.inferchip.numerics.Format;
import org.inferchip.units.Dimension;
import org.inferchip.units.Measure;
import org.inferchip.units.Range;

/** What multiplies matrices in a core. The {@code kind} key of the description picks the record. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = MatrixUnit.Systolic.class, name = "systolic"),
  @JsonSubTypes.Type(value = MatrixUnit.TensorCore.class, name = "tensor-core"),
  @JsonSubTypes.Type(value = MatrixUnit.DotProduct.class, name = "dot-product"),
  @JsonSubTypes.Type(value = MatrixUnit.Mesh.class, name = "mesh"),
  @JsonSubTypes.Type(value = MatrixUnit.Analog.class, name = "analog")
})
public sealed interface MatrixUnit {

  /** Equal arrays in one core, each with its own queue; a program runs one stream on each. */
  int arrays();

  /** Multiply-accumulates a cycle of one array at full use, by input format. */
  Map<Format, Integer> macsPerCycle();

  /** Multiply-accumulates a cycle of one array in a format; 0 for formats that the unit lacks. */
  default int rate(final Format format) {
    return rate(macsPerCycle(), format);
  }

  /**
   * The rate of a format, multiply-accumulates with zeros that it leaves out included; without a
   * rate of its own, a sparse format has its zeros multiplied like all else. 0 if there is none.
   */
  static int rate(final Map<Format, Integer> macsPerCycle, final Format format) {
    return macsPerCycle.getOrDefault(format, macsPerCycle.getOrDefault(format.dense(), 0));
  }

  /** Format in which products are summed. */
  Format accumulator();

  /**
   * Multiply-accumulates a second of one array at full use; 0 for a format that it lacks.
   *
   * @param clock of the chip in Hz
   */
  default double macsPerSecond(final Format format, final double clock) {
    return rate(format) * clock;
  }

  /**
   * A systolic array (or another array with installed weights, such as a Groq MXM).
   *
   * @param arrays equal arrays in one core
   * @param rows R, the reduction dimension of weight-stationary flow
   * @param columns C, the output dimension of weight-stationary flow
   * @param macsPerCycle by format; rows x columns for the native one
   * @param accumulator format of partial sums
   * @param dataflow which operand stays
   * @param weightBuffers 1: weights load while nothing computes; 2: the next tile's weights load
   *     behind the current one
   * @param weightLoadCycles cycles to install one tile of weights; 0 means R, one row a cycle
   * @param overlap whether fill and drain of consecutive folds overlap
   * @param edgeTiles whether an edge fold costs as a full one, or shrinks to its rows and columns
   */
  record Systolic(
      @Range(min = 1) int arrays,
      @Range(min = 1) int rows,
      @Range(min = 1) int columns,
      @Range(min = 1) Map<Format, Integer> macsPerCycle,
      Format accumulator,
      Dataflow dataflow,
      @Range(min = 1, max = 2) int weightBuffers,
      int weightLoadCycles,
      Overlap overlap,
      EdgeTiles edgeTiles)
      implements MatrixUnit {}

  /**
   * A tensor-core-like unit: issues fixed small shapes at a full rate from local memory.
   *
   * @param arrays equal units with a queue of their own in one core (1: the four of an SM as one)
   * @param macsPerCycle by format, of one array
   * @param accumulator format of partial sums
   * @param granuleM smallest rows of an instruction; a tile is rounded up to it
   * @param granuleN smallest columns
   * @param granuleK smallest reduction for 16-bit inputs; narrower formats scale it up
   * @param latencyCycles from issue of a tile's last instruction to its result
   * @param sustained share of the nominal rate that long runs sustain (issue and clock), 0 to 1
   * @param streaming what limits loops whose operands both stream in; absent: nothing does
   */
  record TensorCore(
      @Range(min = 1) int arrays,
      @Range(min = 1) Map<Format, Integer> macsPerCycle,
      Format accumulator,
      @Range(min = 1) int granuleM,
      @Range(min = 1) int granuleN,
      @Range(min = 1) int granuleK,
      int latencyCycles,
      @Range(min = 0, max = 1, exclusive = true) double sustained,
      Optional<Streaming> streaming)
      implements MatrixUnit {

    /** A unit that nothing but its rate limits. */
    public TensorCore(
        final int arrays,
        final Map<Format, Integer> macsPerCycle,
        final Format accumulator,
        final int granuleM,
        final int granuleN,
        final int granuleK,
        final int latencyCycles,
        final double sustained) {
      this(
          arrays,
          macsPerCycle,
          accumulator,
          granuleM,
          granuleN,
          granuleK,
          latencyCycles,
          sustained,
          Optional.empty());
    }
  }

  /**
   * A loop over the reduction whose operands both stream in (a matrix product, not attention with
   * its resident queries). All are effective constants of a generation, found by fitting measured
   * products: they hold for whatever of shared memory, crossbar, multicast and small instructions
   * is behind them.
   *
   * @param feed operand bytes a cycle that reach one array, from wherever they come
   * @param fillK reduction elements of 16 bits (narrower formats: as many bytes) whose time each
   *     output tile loses until its pipeline runs
   * @param interference computing and external transfers of a core slow each other: each is longer
   *     by this share of the other, so that both together take the longer and this share of the
   *     shorter, 0 to 1
   * @param stall cycles that each {@value #STEP_BYTES} bytes of a row of the reduction take beyond
   *     their multiplications (barriers between loads and products), in place of {@code sustained}:
   *     the same cycles weigh more where the rate is higher; absent: such loops run at the
   *     sustained rate
   * @param issue share of the nominal rate at which the multiplications of such loops are issued
   *     beside that; absent: 1
   */
  record Streaming(
      @Measure(Dimension.BYTES_PER_CYCLE) @Range(min = 0, exclusive = true) double feed,
      int fillK,
      @Range(min = 0, max = 1) double interference,
      @Range(min = 0, exclusive = true) Optional<Double> stall,
      @Range(min = 0, max = 1, exclusive = true) Optional<Double> issue) {
    private static final int STEP_BYTES = 128;

    /**
     * Cycles of a piece of the loop, if operands were there.
     *
     * @param sustainedCycles of its multiplications at the sustained rate
     * @param sustained share of the nominal rate
     * @param k elements of the reduction
     * @param format in which they are multiplied
     */
    public double cycles(
        final double sustainedCycles, final double sustained, final long k, final Format format) {
      final double bytes = k * Math.floor(Math.max(1, format.dense().bits())) / 8;
      return stall
          .map(each -> sustainedCycles * sustained / issue.orElse(1.0) + each * bytes / STEP_BYTES)
          .orElse(sustainedCycles);
    }
  }

  /**
   * Rows of multipliers over an adder tree: each cycle, {@code lanes} outputs take {@code width}
   * products each.
   *
   * @param arrays equal units in one core
   * @param lanes outputs computed side by side
   * @param width products summed a cycle for one output, native format
   * @param macsPerCycle by format; lanes x width for the native one
   * @param accumulator format of partial sums
   * @param latencyCycles depth of the tree and its accumulator
   */
  record DotProduct(
      @Range(min = 1) int arrays,
      @Range(min = 1) int lanes,
      @Range(min = 1) int width,
      @Range(min = 1) Map<Format, Integer> macsPerCycle,
      Format accumulator,
      int latencyCycles)
      implements MatrixUnit {}

  /**
   * A mesh of small elements, each with its own memory, multipliers and router: a wafer or a part
   * of it. The weights of a product lie spread over it, the reduction down its rows and the outputs
   * across its columns; inputs are broadcast along the rows, partial sums are reduced along the
   * columns. Work starts where data arrives.
   *
   * @param arrays stripes of columns, each with a queue of its own
   * @param rows elements down, for the reduction
   * @param columns elements across, of all stripes
   * @param elementMacs multiply-accumulates of one element a cycle, by format
   * @param accumulator format of partial sums
   * @param hopCycles from one element to the next
   * @param link bytes a cycle between neighbours, each way
   * @param wakeCycles from the arrival of a value until the task that it wakes computes
   * @param stageCycles to receive a partial sum, add it and send it on
   * @param reduction how partial sums travel
   */
  record Mesh(
      @Range(min = 1) int arrays,
      @Range(min = 1) int rows,
      @Range(min = 1) int columns,
      @Range(min = 1) Map<Format, Integer> elementMacs,
      Format accumulator,
      double hopCycles,
      @Measure(Dimension.BYTES_PER_CYCLE) @Range(min = 0, exclusive = true) double link,
      int wakeCycles,
      int stageCycles,
      Reduction reduction)
      implements MatrixUnit {
    /** Checks that every stripe has a column. */
    public Mesh {
      if (columns < arrays) {
        throw new IllegalArgumentException(arrays + " stripes of " + columns + " columns");
      }
    }

    /** Columns of a stripe. */
    public int stripe() {
      return columns / arrays;
    }

    @Override
    public Map<Format, Integer> macsPerCycle() {
      return elementMacs.entrySet().stream()
          .collect(
              java.util.stream.Collectors.toUnmodifiableMap(
                  Map.Entry::getKey, e -> Math.multiplyExact(e.getValue(), rows * stripe())));
    }
  }

  /** How partial sums travel over a mesh. */
  enum Reduction {
    /** From each element to the next, which adds its own. */
    LINE,
    /** Along groups of the square root of the length, then along their heads. */
    TWO_PHASE
  }

  /**
   * Crossbars of analog cells that hold their weights for good and multiply them with one vector at
   * a time. An array has rows x columns weights; the cells of a weight (slices and pairs) stand
   * beside each other in it.
   *
   * <p>Formats of {@code macsPerCycle}: {@code analog} is the array's own. Others are emulated: the
   * arrays hold weights in as many copies and take as many passes as {@code emulates} says, and the
   * result is as if computed in that format.
   *
   * @param arrays equal crossbars in one core
   * @param rows weights along an output: inputs of an array
   * @param columns outputs of an array
   * @param macsPerCycle at full use of one array, rounded: rows x columns over the cycles of one
   *     product
   * @param accumulator format of the digital sums behind the converters
   * @param cell what weights become
   * @param converters what inputs and outputs become
   * @param readout times of a product
   * @param programming what it takes to write weights
   * @param emulates passes (products one after the other) and copies (arrays for one of weights) of
   *     formats that are emulated
   */
  record Analog(
      @Range(min = 1) int arrays,
      @Range(min = 1) int rows,
      @Range(min = 1) int columns,
      @Range(min = 1) Map<Format, Integer> macsPerCycle,
      Format accumulator,
      AnalogCell cell,
      AnalogConverters converters,
      AnalogReadout readout,
      AnalogProgramming programming,
      Map<Format, Emulation> emulates)
      implements MatrixUnit {

    /** Checks that every format that is not the cells' own says how it is emulated. */
    public Analog {
      for (final Format format : macsPerCycle.keySet()) {
        if (format != Format.ANALOG && !emulates.containsKey(format)) {
          throw new IllegalArgumentException(
              "macs_per_cycle has " + format.key() + ", but emulates does not say how");
        }
      }
    }

    /** Arrays that hold one array's worth of weights in a format. */
    public int copies(final Format format) {
      return format == Format.ANALOG ? 1 : emulates.get(format).copies();
    }

    /** Products one after the other for one in a format. */
    public int passes(final Format format) {
      return format == Format.ANALOG ? 1 : emulates.get(format).passes();
    }

    /** By the times of a product, which have no clock, where these are shorter than stated. */
    @Override
    public double macsPerSecond(final Format format, final double clock) {
      if (!macsPerCycle.containsKey(format)) {
        return 0;
      }
      final double period = readout.period(converters, columns * cell.slices());
      final double byTimes = (double) rows * columns / (period * passes(format));
      return Math.max(macsPerCycle.get(format) * clock, byTimes);
    }

    /** Cells of one weight. */
    public int cellsPerWeight() {
      return 2 * cell.slices();
    }
  }

  /**
   * How analog arrays imitate a digital format.
   *
   * @param passes products of slices of the inputs, one after the other
   * @param copies arrays that hold slices of the weights, side by side
   */
  record Emulation(@Range(min = 1) int passes, @Range(min = 1) int copies) {}

  /** Which operand stays in the array. */
  enum Dataflow {
    /** Weight stationary. */
    WS,
    /** Output stationary. */
    OS,
    /** Input stationary. */
    IS
  }

  /** What of consecutive folds overlaps. */
  enum Overlap {
    /** Nothing: each fold fills, streams and drains alone (SCALE-Sim). */
    NONE,
    /** Fill and drain pass behind the neighbours' streaming. */
    FILL_AND_DRAIN
  }

  /** What an edge fold costs. */
  enum EdgeTiles {
    /** As much as a full fold. */
    FULL,
    /** Its own rows and columns. */
    SHRUNK
  }
}
