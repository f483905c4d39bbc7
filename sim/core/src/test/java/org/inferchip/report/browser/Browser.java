package org.inferchip.report.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A page in a real browser, driven over the Chrome DevTools Protocol: what a person would see,
 * click and point at. One command is under way at a time.
 */
final class Browser implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String LISTENING = "DevTools listening on ";
  private static final long PATIENCE_SECONDS = 60;

  private static final List<String> OPTIONS =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--disable-dev-shm-usage",
          "--hide-scrollbars",
          "--remote-debugging-port=0");

  private final Process process;
  private final WebSocket socket;
  private final BlockingQueue<JsonNode> replies;
  private final String session;
  private int sent;

  private Browser(
      final Process process, final WebSocket socket, final BlockingQueue<JsonNode> replies) {
    this.process = process;
    this.socket = socket;
    this.replies = replies;
    final String target =
        command("Target.createTarget", "", Map.of("url", "about:blank")).get("targetId").asText();
    session =
        command("Target.attachToTarget", "", Map.of("targetId", target, "flatten", true))
            .get("sessionId")
            .asText();
  }

  /** A browser of this machine: {@code CHROME_BIN}, or one of the usual names on the path. */
  static Optional<Path> installed() {
    final String named = System.getenv("CHROME_BIN");
    if (named != null) {
      return Optional.of(Path.of(named)).filter(Files::isExecutable);
    }
    final String[] folders = System.getenv().getOrDefault("PATH", "").split(":");
    return Stream.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
        .flatMap(name -> Stream.of(folders).map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Starts a browser.
   *
   * @param profile an empty folder for its files
   */
  static Browser start(final Path program, final Path profile) throws IOException {
    final List<String> line = new ArrayList<>(List.of(program.toString()));
    line.addAll(OPTIONS);
    line.add("--user-data-dir=" + profile);
    final Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    try {
      final BlockingQueue<JsonNode> replies = new LinkedBlockingQueue<>();
      final WebSocket socket =
          HttpClient.newHttpClient()
              .newWebSocketBuilder()
              .buildAsync(address(process), new Replies(replies))
              .join();
      return new Browser(process, socket, replies);
    } catch (final IOException | RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  /** Where it listens, which it says once it is up; what it says later is read and dropped. */
  private static URI address(final Process process) throws IOException {
    final BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    final StringBuilder said = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(LISTENING)) {
        final Thread drain = new Thread(() -> output.lines().forEach(rest -> {}), "browser output");
        drain.setDaemon(true);
        drain.start();
        return URI.create(line.substring(LISTENING.length()).strip());
      }
      said.append(line).append('\n');
    }
    throw new IOException("the browser ended: " + said);
  }

  /** Opens a page in a window of a size and waits until it is drawn. */
  void open(final Path page, final int width, final int height) {
    resize(width, height);
    command("Page.navigate", session, Map.of("url", page.toUri().toString()));
    final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!evaluate("location.protocol + document.readyState").asText().equals("file:complete")) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("the page does not load");
      }
    }
  }

  /** Makes the window of another size. */
  void resize(final int width, final int height) {
    command(
        "Emulation.setDeviceMetricsOverride",
        session,
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** Shows the page as it is printed, or as on screen. */
  void media(final String kind) {
    command("Emulation.setEmulatedMedia", session, Map.of("media", kind));
  }

  /** The value of an expression of the page's script. */
  JsonNode evaluate(final String expression) {
    final JsonNode result =
        command(
            "Runtime.evaluate", session, Map.of("expression", expression, "returnByValue", true));
    if (result.has("exceptionDetails")) {
      throw new IllegalStateException(expression + ": " + result.get("exceptionDetails"));
    }
    return result.get("result").path("value");
  }

  /** Moves the pointer to a part of an element, which is scrolled into view; shares 0 to 1. */
  double[] point(final String selector, final double across, final double down) {
    final JsonNode place =
        evaluate(
            "(() => { const e = document.querySelector(`"
                + selector
                + "`); e.scrollIntoView({block: 'center', inline: 'center'});"
                + " const b = e.getBoundingClientRect();"
                + " return [b.left, b.top, b.width, b.height]; })()");
    final double x = place.get(0).asDouble() + across * place.get(2).asDouble();
    final double y = place.get(1).asDouble() + down * place.get(3).asDouble();
    mouse("mouseMoved", x, y, "none");
    return new double[] {x, y};
  }

  /** Clicks in the middle of an element. */
  void click(final String selector) {
    final double[] at = point(selector, 0.5, 0.5);
    mouse("mousePressed", at[0], at[1], "left");
    mouse("mouseReleased", at[0], at[1], "left");
  }

  /** Presses and releases a key. */
  void press(final String key, final String text) {
    final ObjectNode down = MAPPER.createObjectNode().put("key", key).put("code", key);
    final ObjectNode up = down.deepCopy().put("type", "keyUp");
    down.put("type", text.isEmpty() ? "rawKeyDown" : "keyDown");
    if (!text.isEmpty()) {
      down.put("text", text).put("windowsVirtualKeyCode", (int) text.charAt(0));
    }
    command("Input.dispatchKeyEvent", session, down);
    command("Input.dispatchKeyEvent", session, up);
  }

  private void mouse(final String type, final double x, final double y, final String button) {
    command(
        "Input.dispatchMouseEvent",
        session,
        Map.of("type", type, "x", x, "y", y, "button", button, "clickCount", 1));
  }

  private JsonNode command(final String method, final String to, final Object parameters) {
    final ObjectNode message = MAPPER.createObjectNode().put("id", ++sent).put("method", method);
    message.set("params", MAPPER.valueToTree(parameters));
    if (!to.isEmpty()) {
      message.put("sessionId", to);
    }
    socket.sendText(message.toString(), true).join();
    try {
      for (; ; ) {
        final JsonNode reply = replies.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (reply == null || reply.has("error") && reply.path("id").asInt() == sent) {
          throw new IllegalStateException(method + ": " + reply);
        }
        if (reply.path("id").asInt() == sent) {
          return reply.get("result");
        }
      }
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Lets the browser end by itself, so that it writes nothing more into its folder. */
  @Override
  public void close() {
    try {
      command("Browser.close", "", Map.of());
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
      }
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      socket.abort();
    }
  }

  /** Puts whole messages into a queue. */
  private static final class Replies implements WebSocket.Listener {
    private final BlockingQueue<JsonNode> to;
    private final StringBuilder text = new StringBuilder();

    Replies(final BlockingQueue<JsonNode> to) {
      this.to = to;
    }

    @Override
    public CompletionStage<?> onText(
        final WebSocket socket, final CharSequence part, final boolean last) {
      text.append(part);
      if (last) {
        try {
          to.add(MAPPER.readTree(text.toString()));
        } catch (final IOException e) {
          throw new IllegalStateException(e);
        }
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }
  }
}
