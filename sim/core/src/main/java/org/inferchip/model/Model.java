package org.inferchip.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.inferchip.arch.Source;
import org.inferchip.numerics.Format;
import org.inferchip.units.Range;

/**
 * A transformer, in the fields of a Hugging Face {@code config.json}; counts follow from the
 * fields.
 *
 * <p>Parameters are counted as checkpoints store them: tied embeddings once, biases, norms, sinks,
 * learned positions and the pooler of an encoder included, multi-token-prediction modules apart.
 * For 27 of the 33 shipped files the count equals the published one to the parameter; the files'
 * {@code note} explains the others. Rotary base and norm epsilon are no part of a description: they
 * change values, never cost. The ranges of the fields keep every count below 2^63.
 *
 * @param name the name used on the command line, such as {@code llama-3.1-8b}
 * @param id the Hugging Face identifier, such as {@code meta-llama/Llama-3.1-8B}
 * @param note one line for a reader; absent where nothing is remarkable
 * @param architecture decoder or encoder
 * @param numHiddenLayers layers
 * @param hiddenSize width of the residual stream
 * @param numAttentionHeads query heads
 * @param numKeyValueHeads key-value heads; as many as query heads: MHA, one: MQA, else GQA
 * @param headDim width of a head; given, since heads * head_dim need not be hidden_size
 * @param intermediateSize width of the dense feed-forward part; unused where all layers are MoE
 * @param hiddenAct the nonlinearity
 * @param gatedMlp whether the feed-forward part has a gate (three matrices) or not (two)
 * @param norm kind of normalisation
 * @param normsPerLayer norms of a layer; 4 where outputs are normalised too (Gemma)
 * @param vocabSize rows of the embedding
 * @param tieWordEmbeddings whether the language-model head is the embedding
 * @param position how positions enter
 * @param maxPositionEmbeddings longest context
 * @param learnedPositions rows of the learned position table; absent with rotary positions
 * @param typeVocabSize rows of the token-type table of encoders
 * @param pooler whether an encoder has a pooling matrix
 * @param attentionBiasQkv whether query, key and value projections have biases
 * @param attentionBiasO whether the output projection has a bias
 * @param mlpBias whether the feed-forward matrices have biases
 * @param qkNorm whether each head's query and key are normalised (weights shared by the heads)
 * @param attentionSinks whether each head has a learned sink logit
 * @param attnLogitSoftcapping cap of attention scores
 * @param finalLogitSoftcapping cap of the final logits
 * @param slidingWindow absent: every layer sees everything
 * @param mla absent: ordinary heads
 * @param moe absent: every layer is dense
 * @param numNextnPredictLayers multi-token-prediction modules; not counted in {@link #parameters}
 * @param textTowerOnly whether a published vision tower was left out
 * @param sources citation to the fields that it covers
 */
public record Model(
    String name,
    String id,
    Optional<String> note,
    Architecture architecture,
    @Range(min = 1, max = 2048) int numHiddenLayers,
    @Range(min = 1, max = 131072) int hiddenSize,
    @Range(min = 1, max = 4096) int numAttentionHeads,
    @Range(min = 1, max = 4096) int numKeyValueHeads,
    @Range(min = 1, max = 4096) int headDim,
    @Range(min = 1, max = 1048576) int intermediateSize,
    Activation hiddenAct,
    boolean gatedMlp,
    Norm norm,
    @Range(min = 1, max = 8) int normsPerLayer,
    @Range(min = 1, max = 16777216) int vocabSize,
    boolean tieWordEmbeddings,
    Position position,
    @Range(min = 1, max = 16777216) int maxPositionEmbeddings,
    @Range(min = 1, max = 16777216) Optional<Integer> learnedPositions,
    @Range(min = 1, max = 65536) Optional<Integer> typeVocabSize,
    boolean pooler,
    boolean attentionBiasQkv,
    boolean attentionBiasO,
    boolean mlpBias,
    boolean qkNorm,
    boolean attentionSinks,
    Optional<Double> attnLogitSoftcapping,
    Optional<Double> finalLogitSoftcapping,
    Optional<SlidingWindow> slidingWindow,
    Optional<LatentAttention> mla,
    Optional<MixtureOfExperts> moe,
    @Range(min = 0, max = 16) int numNextnPredictLayers,
    boolean textTowerOnly,
    Map<String, Source> sources) {

  /** Every layer, from the embedding up. */
  public List<Layer> layers() {
    final LayerShapes shapes = new LayerShapes(this);
    return IntStream.range(0, numHiddenLayers)
        .mapToObj(layer -> new Layer(layer, shapes.of(layer)))
        .toList();
  }

  /** The table of token embeddings; a gather, never a GEMM. */
  public WeightVector embedding() {
    return new WeightVector("embedding", (long) vocabSize * hiddenSize);
  }

  /** The language-model head: a GEMM on sampled rows; its weights may be the embedding's. */
  public Optional<WeightMatrix> head() {
    return architecture == Architecture.ENCODER
        ? Optional.empty()
        : Optional.of(WeightMatrix.of("lm_head", vocabSize, hiddenSize, false));
  }

  /** The matrix that an encoder applies to the first token. */
  public Optional<WeightMatrix> poolerMatrix() {
    return pooler
        ? Optional.of(WeightMatrix.of("pooler", hiddenSize, hiddenSize, true))
        : Optional.empty();
  }

  /** Weights outside the layers that no GEMM reads, the embedding included. */
  public List<WeightVector> outerVectors() {
    final Stream<WeightVector> always =
        Stream.of(
            embedding(),
            new WeightVector(
                architecture == Architecture.ENCODER ? "embedding_norm" : "final_norm",
                (long) norm.vectors() * hiddenSize));
    final Stream<WeightVector> tables =
        Stream.of(
                new WeightVector(
                    "position_embedding", (long) learnedPositions.orElse(0) * hiddenSize),
                new WeightVector("token_type", (long) typeVocabSize.orElse(0) * hiddenSize))
            .filter(vector -> vector.elements() > 0);
    return Stream.concat(always, tables).toList();
  }

  /** Stored parameters. */
  public long parameters() {
    return outerParameters() + layers().stream().mapToLong(layer -> layer.shape().elements()).sum();
  }

  /**
   * Parameters that one token visits, embedding and head included; publishers differ on whether the
   * embedding counts, see {@link #activeParametersWithoutEmbedding}.
   */
  public long activeParameters() {
    return outerParameters()
        + layers().stream().mapToLong(layer -> layer.shape().activeElements()).sum();
  }

  /** Parameters that one token visits without the input embedding; a tied one is still the head. */
  public long activeParametersWithoutEmbedding() {
    return tieWordEmbeddings ? activeParameters() : activeParameters() - embedding().elements();
  }

  /**
   * Parameters of the multi-token-prediction modules, without their copies of embedding and head:
   * each is one layer of the last kind, a 2h x h projection and three norms (DeepSeek-V3, arXiv
   * 2412.19437, section 2.2).
   */
  public long multiTokenPredictionParameters() {
    final long projection = 2L * hiddenSize * hiddenSize;
    final long norms = 3L * norm.vectors() * hiddenSize;
    final long layer = new LayerShapes(this).of(numHiddenLayers - 1).elements();
    return numNextnPredictLayers * (layer + projection + norms);
  }

  /** Cached elements of one token in one layer; none in an encoder. */
  public int cachedElementsPerLayer() {
    if (architecture == Architecture.ENCODER) {
      return 0;
    }
    return mla.map(LatentAttention::cachedElements).orElse(2 * numKeyValueHeads * headDim);
  }

  /** Cache bytes of one token in all layers, while no window is full. */
  public long kvBytesPerToken(final Format format) {
    return format.bytes((long) numHiddenLayers * cachedElementsPerLayer());
  }

  /** Cache bytes of a sequence: local layers keep only their window. */
  public long kvBytes(final Format format, final long context) {
    final long tokens = layers().stream().mapToLong(l -> l.shape().cachedTokens(context)).sum();
    return format.bytes(tokens * cachedElementsPerLayer());
  }

  /** {@code MLA}, {@code MHA}, {@code MQA} or {@code GQA}. */
  public String attentionKind() {
    if (mla.isPresent()) {
      return "MLA";
    }
    if (numKeyValueHeads == numAttentionHeads) {
      return "MHA";
    }
    return numKeyValueHeads == 1 ? "MQA" : "GQA";
  }

  private long outerParameters() {
    final long vectors = outerVectors().stream().mapToLong(WeightVector::elements).sum();
    final long ownHead = tieWordEmbeddings ? 0 : head().map(WeightMatrix::elements).orElse(0L);
    return vectors + ownHead + poolerMatrix().map(WeightMatrix::elements).orElse(0L);
  }
}
