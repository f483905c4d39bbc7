package org.inferchip.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.inferchip.model.Layer;
import org.inferchip.model.LayerShape;
import org.inferchip.model.LoadedModel;
import org.inferchip.model.Model;
import org.inferchip.model.Models;
import org.inferchip.model.Span;
import org.inferchip.model.WeightMatrix;
import org.inferchip.model.WeightVector;
import org.inferchip.numerics.Format;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code model show}. */
@Command(
    name = "show",
    description = "Shows what a model is made of: parameters, cache, weight matrices by layer.",
    footer = "  inferchip model show mixtral-8x7b --json")
final class ModelShowCommand extends BaseCommand {
  static final double BILLION = 1e9;

  @Parameters(
      paramLabel = "MODEL",
      description = "Name, Hugging Face id, model file or config.json.")
  private String model;

  @Option(
      names = "--cache-format",
      paramLabel = "F",
      defaultValue = "bf16",
      description = "Number format of the cache (default: ${DEFAULT-VALUE}).")
  private Format format;

  /** Layers of one shape. */
  private record Layers(
      String span,
      Integer window,
      boolean moe,
      long count,
      long elements,
      long activeElements,
      List<WeightMatrix> matrices,
      List<WeightVector> vectors) {}

  @Override
  protected int run() {
    final LoadedModel loaded = Models.here().read(model);
    result(json(loaded.model(), loaded), summary(loaded.model()), layerTable(loaded.model()));
    loaded.notes().forEach(note -> message("note: " + note));
    return ExitCode.DONE;
  }

  private Map<String, Object> json(final Model shown, final LoadedModel loaded) {
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", shown.name());
    json.put("id", shown.id());
    json.put("architecture", shown.architecture().name().toLowerCase(java.util.Locale.ROOT));
    json.put("attention", shown.attentionKind());
    json.put("num_hidden_layers", shown.numHiddenLayers());
    json.put("hidden_size", shown.hiddenSize());
    json.put("max_position_embeddings", shown.maxPositionEmbeddings());
    json.put("parameters", shown.parameters());
    json.put("active_parameters", shown.activeParameters());
    json.put("active_parameters_without_embedding", shown.activeParametersWithoutEmbedding());
    json.put("multi_token_prediction_parameters", shown.multiTokenPredictionParameters());
    json.put("kv_bytes_per_token", shown.kvBytesPerToken(format));
    json.put("kv_format", format.key());
    json.put("layers", layers(shown));
    json.put("estimate_share", loaded.estimateShare());
    json.put("notes", loaded.notes());
    json.put("files", loaded.files());
    return json;
  }

  private static List<Layers> layers(final Model shown) {
    final Map<LayerShape, Long> counts =
        shown.layers().stream()
            .collect(
                Collectors.groupingBy(Layer::shape, LinkedHashMap::new, Collectors.counting()));
    final List<Layers> layers = new ArrayList<>();
    counts.forEach(
        (shape, count) ->
            layers.add(
                new Layers(
                    shape.span().name().toLowerCase(java.util.Locale.ROOT),
                    shape.span() == Span.FULL ? null : shape.window(),
                    shape.moe(),
                    count,
                    shape.elements(),
                    shape.activeElements(),
                    shape.matrices(),
                    shape.vectors())));
    return layers;
  }

  private Table summary(final Model shown) {
    final Table table = new Table().left(shown.name()).right("");
    table.row("Hugging Face id", shown.id());
    table.row("layers", shown.numHiddenLayers());
    table.row("hidden size", shown.hiddenSize());
    table.row(
        "attention",
        shown.attentionKind()
            + " "
            + shown.numAttentionHeads()
            + ":"
            + shown.numKeyValueHeads()
            + " x "
            + shown.headDim());
    table.row("vocabulary", shown.vocabSize());
    table.row("context", shown.maxPositionEmbeddings());
    table.row("parameters", shown.parameters());
    table.row("active parameters of a token", shown.activeParameters());
    table.row("without the input embedding", shown.activeParametersWithoutEmbedding());
    if (shown.numNextnPredictLayers() > 0) {
      table.row("prediction modules, not counted", shown.multiTokenPredictionParameters());
    }
    table.row("cache bytes of a token, " + format.key(), shown.kvBytesPerToken(format));
    shown.note().ifPresent(note -> table.row("note", note));
    return table;
  }

  private static Table layerTable(final Model shown) {
    final Table table =
        new Table()
            .left("layers")
            .left("matrix")
            .right("outputs")
            .right("inputs")
            .right("copies")
            .right("for a token")
            .right("elements");
    for (final Layers layer : layers(shown)) {
      String head =
          layer.count()
              + " "
              + (layer.window() == null ? "full" : "local " + layer.window())
              + (layer.moe() ? ", experts" : "");
      for (final WeightMatrix matrix : layer.matrices()) {
        table.row(
            head,
            matrix.name(),
            matrix.outputs(),
            matrix.inputs(),
            matrix.copies(),
            matrix.copiesPerToken(),
            matrix.elements());
        head = "";
      }
    }
    shown
        .head()
        .ifPresent(
            head ->
                table.row(
                    shown.tieWordEmbeddings() ? "head, tied" : "head",
                    head.name(),
                    head.outputs(),
                    head.inputs(),
                    1,
                    1,
                    head.elements()));
    return table;
  }
}
