package org.inferchip.cli;

import java.util.stream.Stream;

/** Command lines that no command can run. */
final class BadCommandLines {
  private static final String[] SYSTOLIC =
      "systolic --rows 8 --cols 8 --dataflow ws --m 8 --n 8 --k 8".split(" ");

  private BadCommandLines() {}

  static Stream<BadInput> rows() {
    return Stream.of(
        BadInput.named("no command").run().says("command line: no command is named"),
        BadInput.named("misspelt command")
            .run("sistolic", "--rows", "8")
            .says("unknown command; found sistolic", "did you mean systolic?"),
        BadInput.named("nonsense command").run("xyzzy").says("unknown command", "expected one of"),
        BadInput.named("unknown option of the program")
            .run("--vresion")
            .says("unknown option of inferchip; found --vresion; did you mean --version?"),
        BadInput.named("misspelt option")
            .run("systolic", "--rwos", "8")
            .says("unknown option of inferchip systolic; found --rwos; did you mean --rows?"),
        BadInput.named("every missing option")
            .run("systolic", "--rows", "8")
            .says("--cols: is missing", "--dataflow: is missing", "--k: is missing"),
        systolic("option without its value", "--seed").says("--seed"),
        systolic("option given twice", "--rows", "9").says("--rows: is given more than once"),
        systolic("seed that is a word", "--seed", "one")
            .says("--seed: not a valid value; found one; expected a whole number"),
        systolic("seed that is a fraction", "--seed", "1.5").says("--seed", "found 1.5"),
        systolic("seed beyond 64 bits", "--seed", "99999999999999999999")
            .says("--seed", "found 99999999999999999999"),
        systolic("empty seed", "--seed=").says("--seed", "found \"\""),
        systolic("no threads", "--threads", "0")
            .says("--threads: is out of range; found 0; expected 1 to 4096"),
        systolic("negative threads", "--threads", "-2").says("--threads", "found -2"),
        systolic("too many threads", "--threads", "100000").says("--threads", "1 to 4096"),
        systolic("empty output folder", "--out", "").says("--out: no folder is named"),
        systolic("folder that is a file", "--out", "DIR/file")
            .file("file", "")
            .says("DIR/file: the output folder is a file"),
        systolic("folder below a file", "--out", "DIR/file/below")
            .file("file", "")
            .says("DIR/file/below: the output folder cannot be made"),
        systolic("folder in a place without rights", "--out", "/proc/inferchip")
            .says("/proc/inferchip: the output folder cannot be made"),
        systolic("argument too many", "extra").says("takes no further argument; found extra"),
        BadInput.named("unknown dataflow")
            .run("systolic", "--dataflow", "wss")
            .says("--dataflow: not a valid value; found wss", "did you mean ws?"),
        systolic("three weight buffers", "--weight-buffers", "3")
            .says("--weight-buffers: is out of range; found 3; expected 1 to 2"),
        systolic("simulator that is not known", "--compat", "onnxim")
            .says("--compat: not a valid value; found onnxim"),
        systolic("buffers that SCALE-Sim lacks", "--compat", "scalesim", "--weight-buffers", "2")
            .says("--weight-buffers: SCALE-Sim has no second buffer; found 2; expected 1"),
        BadInput.named("more folds than can be simulated")
            .run(
                "systolic --rows 1 --cols 1 --dataflow ws --m 8 --n 1000000 --k 1000000".split(" "))
            .says("--m: too many folds"),
        BadInput.named("array without rows")
            .run("systolic --rows 0 --cols 8 --dataflow ws --m 8 --n 8 --k 8".split(" "))
            .says("--rows: is out of range; found 0; expected 1 to"),
        BadInput.named("negative extent")
            .run("systolic --rows 8 --cols 8 --dataflow os --m -1 --n 8 --k 8".split(" "))
            .says("--m: is out of range; found -1"),
        BadInput.named("extent beyond 32 bits")
            .run("systolic --rows 8 --cols 8 --dataflow os --m 5000000000 --n 8".split(" "))
            .says("--m: not a valid value; found 5000000000", "--k: is missing"),
        BadInput.named("extent that is not a number")
            .run("systolic --rows 8 --cols 8 --dataflow os --m NaN --n 8 --k 8".split(" "))
            .says("--m: not a valid value; found NaN"));
  }

  private static BadInput systolic(final String name, final String... more) {
    return BadInput.named(name).run(SYSTOLIC).run(more);
  }
}
