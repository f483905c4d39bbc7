package org.inferchip.report.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.inferchip.report.ChartFiles;
import org.inferchip.report.Result;
import org.inferchip.report.ResultFolder;
import org.inferchip.report.ResultReader;
import org.inferchip.report.ResultWriter;
import org.inferchip.report.chart.ChartSamples;
import org.inferchip.units.Problems;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page of a result as a reader has it, in a real browser: sorted, pointed at, narrow, printed.
 * Where no browser is installed these are skipped, except where {@code INFERCHIP_BROWSER} is {@code
 * required}, as it is where every change is checked.
 */
class PageInBrowserTest {
  private static final Path SAMPLE = Path.of("../../reports/sample-compare");
  private static final String SYSTEMS =
      "[...document.querySelectorAll('table[data-by=row] thead th')].map(e => e.textContent)";
  private static final String TIP = "document.getElementById('tip').textContent";

  /** A page that is wider than its window has this wide a document. */
  private static final String WIDTH = "document.documentElement.scrollWidth";

  /** Elements that stick out, other than in boxes that scroll. */
  private static final String STICKING_OUT =
      "[...document.body.querySelectorAll('*')].filter(e => !e.closest('.scroll, figure.wide')"
          + " && e.getBoundingClientRect().right > innerWidth + 1)"
          + ".map(e => e.outerHTML.slice(0, 80))";

  @TempDir private static Path folder;
  private static Browser browser;
  private static Path page;

  @BeforeAll
  static void drawAndOpen() throws IOException {
    final Optional<Path> program = Browser.installed();
    if (!"required".equals(System.getenv("INFERCHIP_BROWSER"))) {
      assumeTrue(program.isPresent(), "no browser: set CHROME_BIN, or have chromium on the PATH");
    }
    final Problems problems = new Problems();
    final Result result = ResultReader.read(SAMPLE, problems).orElseThrow();
    assertTrue(problems.isEmpty());
    page = folder.resolve("page/index.html");
    try (ResultFolder files = ResultFolder.at(folder.resolve("page"))) {
      new ResultWriter(files).write(result);
      ChartSamples.all().forEach(new ChartFiles(files)::write);
      files.publish();
    }
    browser =
        Browser.start(program.orElseThrow(), Files.createDirectory(folder.resolve("profile")));
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void openWide() {
    browser.media("screen");
    browser.open(page, 1280, 900);
  }

  @Test
  void shouldOrderSystemsByARowThatIsClicked() {
    assertEquals(List.of("", "h100-sxm", "groq-lpu-pod"), texts(SYSTEMS));
    final List<Double> before = numbers(row("TPOT p50 [ms]"));

    browser.click(header("TPOT p50 [ms]"));
    assertEquals(List.of("", "groq-lpu-pod", "h100-sxm"), texts(SYSTEMS));
    final List<Double> after = numbers(row("TPOT p50 [ms]"));
    assertEquals(List.of(before.get(1), before.get(0)), after);
    assertTrue(after.get(0) < after.get(1));
    assertEquals("ascending", sorting("TPOT p50 [ms]"));

    browser.click(header("TPOT p50 [ms]"));
    assertEquals(List.of("", "h100-sxm", "groq-lpu-pod"), texts(SYSTEMS));
    assertEquals("descending", sorting("TPOT p50 [ms]"));
  }

  @Test
  void shouldOrderByTheKeyboardToo() {
    browser.evaluate("document.querySelector('" + header("system power [W]") + "').focus()");
    browser.press("Enter", "\r");
    browser.press("Enter", "\r");
    assertEquals("descending", sorting("system power [W]"));
    assertEquals(List.of("", "groq-lpu-pod", "h100-sxm"), texts(SYSTEMS));
  }

  @Test
  void shouldOrderOperatorsByAColumnThatIsClicked() {
    final String table = "[...document.querySelectorAll('table')][1]";
    final String times = "[..." + table + ".tBodies[0].rows].map(r => r.cells[2].dataset.v)";
    final List<Double> before = numbers(times);
    browser.evaluate(
        table + ".tHead.rows[0].cells[2].querySelector('button').dataset.test = 'time'");

    browser.click("[data-test=time]");

    final List<Double> after = numbers(times);
    assertNotEquals(before, after);
    assertEquals(before.stream().sorted().toList(), after);
  }

  @Test
  void shouldTellTheExactValueOfACellUnderThePointer() {
    mark("cell", row("TTFT p99 [ms]") + "[1]");
    browser.point("[data-test=cell]", 0.5, 0.5);

    final String told = browser.evaluate(TIP).asText();
    assertTrue(told.startsWith("TTFT p99 [ms]\ngroq-lpu-pod: "), told);
    assertTrue(told.contains(" × h100-sxm"), told);
    final String exact =
        browser.evaluate("document.querySelector('[data-test=cell]').dataset.v").asText();
    assertTrue(exact.length() > 6 && told.contains(exact), told);
  }

  @Test
  void shouldTellThePointOfAChartUnderThePointerAndByTheArrowKeys() {
    final String figure = "figure[data-width]";
    browser.point(figure + " .picture", 0.5, 0.5);
    final String told = told(figure);
    assertTrue(
        told.matches("(h100-sxm|groq-lpu-pod)\nTTFT: [0-9.,]+ ms\ncompleted requests: [0-9.]+ %"),
        told);

    browser.evaluate("document.querySelector('" + figure + "').focus()");
    browser.press("Escape", "");
    assertEquals("", browser.evaluate(TIP).asText());
    browser.press("ArrowRight", "");
    final String first = browser.evaluate(TIP).asText();
    browser.press("ArrowRight", "");
    final String second = browser.evaluate(TIP).asText();
    assertTrue(first.startsWith("h100-sxm\nTTFT: "), first);
    assertNotEquals(first, second);
  }

  /** Points at places across a chart until one is near a line. */
  private static String told(final String figure) {
    for (double across = 0.2; across < 0.95; across += 0.02) {
      browser.point(figure + " .picture", across, 0.5);
      final String told = browser.evaluate(TIP).asText();
      if (!told.isEmpty()) {
        return told;
      }
    }
    return "";
  }

  @Test
  void shouldFitATelephone() {
    browser.resize(390, 800);
    assertEquals(390, browser.evaluate(WIDTH).asInt());
    assertEquals(List.of(), texts(STICKING_OUT));
    assertTrue(
        browser.evaluate("document.querySelectorAll('.scroll').length").asInt() > 3, "tables");
  }

  @Test
  void shouldFitAPrintedPage() {
    browser.media("print");
    browser.resize(688, 1000); // 182 mm: A4 without its margins
    assertEquals(688, browser.evaluate(WIDTH).asInt());
    assertEquals(
        "none",
        browser.evaluate("getComputedStyle(document.querySelector('nav')).display").asText());
  }

  @Test
  void shouldNeedNoNetworkAndNameWhatIsSeen() {
    assertEquals(
        List.of(),
        texts(
            "performance.getEntriesByType('resource').map(e => e.name)"
                + ".filter(n => !n.startsWith('data:'))"));
    assertFalse(
        browser
            .evaluate("[...document.images].some(i => !i.complete || !i.naturalWidth)")
            .asBoolean());
    assertEquals(
        List.of(), texts("[...document.images].filter(i => i.alt.length < 40).map(i => i.alt)"));
    assertEquals(
        List.of(),
        texts("[...document.querySelectorAll('th')].filter(t => !t.scope).map(t => t.outerHTML)"));
    assertEquals(1, browser.evaluate("document.querySelectorAll('h1').length").asInt());
  }

  /** Every chart's labels are inside its picture. */
  @Test
  void shouldDrawLabelsInsideTheirPictures() throws IOException {
    try (var files = Files.list(page.resolveSibling("charts"))) {
      for (final Path svg : files.filter(file -> file.toString().endsWith(".svg")).toList()) {
        browser.open(svg, 1280, 900);
        assertEquals(
            List.of(),
            texts(
                "(() => { const s = document.documentElement.getBoundingClientRect();"
                    + " return [...document.querySelectorAll('text')].filter(t => {"
                    + " const b = t.getBoundingClientRect();"
                    + " return b.left < s.left - 1 || b.right > s.right + 1 || b.top < s.top - 1"
                    + " || b.bottom > s.bottom + 1; }).map(t => t.textContent); })()"),
            svg.getFileName().toString());
      }
    }
  }

  private static String header(final String label) {
    mark(
        "button",
        "[...document.querySelectorAll('table[data-by=row] th button')]"
            + ".filter(e => e.textContent === '"
            + label
            + "')[0]");
    return "[data-test=button]";
  }

  /** Names an element, so that a selector finds it. */
  private static void mark(final String name, final String found) {
    browser.evaluate(
        "(() => { document.querySelectorAll('[data-test="
            + name
            + "]').forEach(e => delete e.dataset.test); "
            + found
            + ".dataset.test = '"
            + name
            + "'; })()");
  }

  private static String sorting(final String label) {
    header(label);
    return browser
        .evaluate(
            "document.querySelector('[data-test=button]').parentNode.getAttribute('aria-sort')")
        .asText();
  }

  /** The cells of a row of the comparison, after its name. */
  private static String row(final String label) {
    return "[...[...document.querySelectorAll('table[data-by=row] tbody tr')]"
        + ".filter(r => r.cells[0].textContent === '"
        + label
        + "')[0].cells].slice(1)";
  }

  private static List<Double> numbers(final String expression) {
    final String values =
        expression.endsWith(".slice(1)") ? expression + ".map(c => c.dataset.v)" : expression;
    return texts(values).stream().map(Double::valueOf).collect(Collectors.toList());
  }

  private static List<String> texts(final String expression) {
    final List<String> texts = new ArrayList<>();
    for (final JsonNode one : browser.evaluate(expression)) {
      texts.add(one.asText());
    }
    return texts;
  }
}
