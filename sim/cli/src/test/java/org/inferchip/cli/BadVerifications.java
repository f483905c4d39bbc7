package org.inferchip.cli;

import java.util.stream.Stream;

/** Checkpoints, tokenizers and options that {@code generate} and {@code verify} cannot use. */
final class BadVerifications {
  private BadVerifications() {}

  static Stream<BadInput> rows() {
    return Stream.concat(generations(), verifications());
  }

  private static Stream<BadInput> generations() {
    return Stream.of(
        BadInput.named("generate without files")
            .run("generate", "--system", "h100-sxm", "--tokens", "5")
            .says("--weights: is missing", "--tokenizer: is missing"),
        generate("no token to generate", "0").says("--tokens: is out of range; found 0"),
        generate("more tokens than positions", "17")
            .says("--tokens", "found 17", "expected 1 to 16"),
        generate("fewer tokens than the prompt", "1", "--prompt", "a a")
            .says("--tokens", "found 1", "expected 3 to 16"),
        generate("format that is none", "5", "--format", "fp31")
            .says("--format: there is no such number format; found fp31; expected"),
        generate("format too narrow to generate in", "5", "--format", "int8")
            .says("--format: generation is in a format of 16 bits or more; found int8"),
        BadInput.named("format that the chip lacks")
            .file("w.bin", TinyDecoder.weights())
            .file("t.bin", TinyDecoder.tokenizer())
            .run("generate", "--system", "groq-lpu", "--weights", "DIR/w.bin")
            .run("--tokenizer", "DIR/t.bin", "--tokens", "5", "--format", "bf16")
            .says("--format: the matrix unit of groq-lpu has no rate for this format; found bf16"),
        weights("checkpoint that is a folder").folder("w.bin").says("w.bin", "found a folder"),
        weights("checkpoint that is not there").says("w.bin: cannot be read; found no such file"),
        weights("empty checkpoint").file("w.bin", "").says("w.bin: is too short for a header"),
        weights("text for a checkpoint")
            .file("w.bin", "{\"weights\": [1, 2, 3, 4, 5, 6, 7]}")
            .says("w.bin: is no checkpoint: width"),
        weights("truncated checkpoint")
            .file("w.bin", TinyDecoder.shortened(TinyDecoder.weights(), 4))
            .says("w.bin: has another length than its header says"),
        weights("heads that do not divide the width")
            .file("w.bin", TinyDecoder.withHeader(3, 3))
            .says("w.bin: is no checkpoint", "heads 3"),
        weights("huge number of layers")
            .file("w.bin", TinyDecoder.withHeader(2, Integer.MAX_VALUE))
            .says("w.bin: is no checkpoint: layers; found 2147483647"),
        weights("weight that is no number")
            .file("w.bin", TinyDecoder.withNan())
            .says("w.bin: has a weight that is no number; found NaN at byte 428"),
        tokenizer("truncated tokenizer")
            .file("t.bin", TinyDecoder.shortened(TinyDecoder.tokenizer(), 3))
            .says("t.bin: is too short", "expected a llama2.c tokenizer of 262 tokens"),
        tokenizer("tokenizer of another vocabulary")
            .file("t.bin", TinyDecoder.shortened(TinyDecoder.tokenizer(), -9))
            .says("t.bin: is too long; found 9 bytes more"),
        tokenizer("text for a tokenizer")
            .file("t.bin", "once upon a time there was a tokenizer")
            .says("t.bin: is too short"),
        tokenizer("tokenizer that is a folder").folder("t.bin").says("t.bin", "found a folder"));
  }

  private static Stream<BadInput> verifications() {
    return Stream.of(
        verify("verify without tokens", "--tokens", "0").says("--tokens: is out of range; found 0"),
        verify("context shorter than the chunk", "--tokens", "8", "--context", "4")
            .says("--context: is less than --tokens; found 4; expected at least 8"),
        verify("verify of another model", "--model", "llama-3.1-8c")
            .says("--model: is given more than once"),
        BadInput.named("verify of a model that is none")
            .run("verify", "--system", "h100-sxm", "--model", "llama-3.1-8c")
            .says("llama-3.1-8c", "did you mean llama-3.1-8b?"),
        verify("format that the chip lacks in verify", "--format", "nvfp4")
            .says("lacks this format; found nvfp4"));
  }

  private static BadInput generate(final String name, final String tokens, final String... more) {
    return BadInput.named(name)
        .file("w.bin", TinyDecoder.weights())
        .file("t.bin", TinyDecoder.tokenizer())
        .run("generate", "--system", "h100-sxm", "--weights", "DIR/w.bin")
        .run("--tokenizer", "DIR/t.bin", "--tokens", tokens)
        .run(more);
  }

  private static BadInput weights(final String name) {
    return BadInput.named(name)
        .file("t.bin", TinyDecoder.tokenizer())
        .run("generate", "--system", "h100-sxm", "--weights", "DIR/w.bin")
        .run("--tokenizer", "DIR/t.bin", "--tokens", "5");
  }

  private static BadInput tokenizer(final String name) {
    return BadInput.named(name)
        .file("w.bin", TinyDecoder.weights())
        .run("generate", "--system", "h100-sxm", "--weights", "DIR/w.bin")
        .run("--tokenizer", "DIR/t.bin", "--tokens", "5");
  }

  private static BadInput verify(final String name, final String... more) {
    return BadInput.named(name)
        .run("verify", "--system", "h100-sxm", "--model", "llama-3.1-8b")
        .run(more);
  }
}
