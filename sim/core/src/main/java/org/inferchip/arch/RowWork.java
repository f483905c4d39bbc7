package org.inferchip.arch;

/** Kinds of element-wise work for which a stack may name a kernel; as operators call them. */
public enum RowWork {
  /** Norm by the root mean square. */
  RMS_NORM,
  /** Norm by mean and deviation. */
  LAYER_NORM,
  /** Residual sum and RMS norm. */
  ADD_RMS_NORM,
  /** Residual sum and layer norm. */
  ADD_LAYER_NORM,
  /** Residual sum. */
  ADD,
  /** Rotary positions. */
  ROPE,
  /** Gated SiLU. */
  SILU_MUL,
  /** Gated GELU. */
  GELU_MUL,
  /** GELU. */
  GELU,
  /** ReLU. */
  RELU,
  /** Softmax of rows. */
  SOFTMAX,
  /** Rows of a table. */
  EMBEDDING,
  /** Keys and values into the cache. */
  KV_WRITE,
  /** Greedy sampling. */
  ARGMAX,
  /** Routing. */
  TOP_K,
  /** Tokens into the order of experts. */
  PERMUTE,
  /** Outputs of experts into the order of tokens. */
  COMBINE,
  /** Conversion to a narrower format. */
  QUANTIZE
}
