package org.inferchip.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.inferchip.SharedData;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasuredFileTest {
  private static final String HEADER =
      "device,dtype,m,n,k,latency_us,power_w,power_limit_w,framework,version,kernel\n";

  @TempDir Path folder;

  private MeasuredFile read(final String text) throws IOException {
    final Path path = folder.resolve("rows.csv");
    Files.writeString(path, text);
    return MeasuredFile.read(path);
  }

  @Test
  void shouldKnowTheKindByTheHeader() {
    final MeasuredFile products = MeasuredFile.read(SharedData.file("measured/gemm.csv"));
    assertEquals("matrix products", RowReaders.of(products).kind());
    final MeasuredFile serving = MeasuredFile.read(SharedData.file("measured/serving_runs.csv"));
    assertEquals("load stages of a serving engine", RowReaders.of(serving).kind());
    assertEquals(66, serving.rows().size());
  }

  @Test
  void shouldReadFieldsByName() throws IOException {
    final MeasuredRow row =
        read(HEADER + "H100,bfloat16,7,8,9,1.5,,,vllm,v0,\"a, b\"\n").rows().get(0);
    assertEquals(9, row.whole("k"));
    assertEquals(1.5, row.required("latency_us"));
    assertTrue(row.number("power_w").isEmpty());
    assertEquals("a, b", row.text("kernel"));
    assertEquals("", row.text("no_such_column"));
    assertEquals(2, row.line());
  }

  @Test
  void shouldNameEveryBadFieldOfTheFile() throws IOException {
    final MeasuredFile file =
        read(HEADER + "H100,bf16,7.5,8,9,1,,,f,v,k\nH100,bf16,7,8,9,NaN,,,f,v,k\n");
    file.rows().get(0).whole("m");
    file.rows().get(1).required("latency_us");
    final InvalidInputException thrown =
        assertThrows(InvalidInputException.class, file::throwIfAny);
    assertEquals(2, thrown.problems().size());
    assertTrue(thrown.getMessage().contains("rows.csv:2: m:"), thrown.getMessage());
    assertTrue(thrown.getMessage().contains("rows.csv:3: latency_us:"), thrown.getMessage());
  }

  @Test
  void shouldRefuseAnUnknownKindAndShortRows() {
    final InvalidInputException unknown =
        assertThrows(
            InvalidInputException.class, () -> RowReaders.of(read("device,dtype,m\nx,y,2\n")));
    assertTrue(unknown.getMessage().contains("matrix products (lacks n, k"), unknown.getMessage());
    assertThrows(InvalidInputException.class, () -> read(HEADER + "H100,bf16,7\n"));
  }

  @Test
  void shouldSayOnceOfWhatIsNoTableThatItIsNone() {
    final InvalidInputException thrown =
        assertThrows(InvalidInputException.class, () -> read("# Notes\nfirst, second\na, b, c\n"));
    assertEquals(1, thrown.problems().size(), thrown.getMessage());
    assertTrue(thrown.getMessage().contains("rows.csv:1: is no table"), thrown.getMessage());
  }

  @Test
  void shouldNameEveryTableThatCannotBeRead() throws IOException {
    final Path unknown =
        Files.writeString(folder.resolve("unknown.csv"), "device,dtype,m\nx,y,2\n");
    final Path missing = folder.resolve("missing.csv");
    final Path fine = Files.writeString(folder.resolve("fine.csv"), HEADER);
    final InvalidInputException invalid =
        assertThrows(
            InvalidInputException.class, () -> Reading.of(List.of(unknown, fine, missing)));
    assertEquals(
        List.of(unknown.toString(), missing.toString()),
        invalid.problems().stream().map(Problem::file).toList());
  }
}
