package org.inferchip.arch.yaml;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file that a description was read from.
 *
 * @param file as shown to the user
 * @param sha256 of its bytes, hexadecimal
 */
public record InputFile(String file, String sha256) {

  /** The record of a file's bytes. */
  public static InputFile of(final String file, final byte[] bytes) {
    try {
      final byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return new InputFile(file, HexFormat.of().formatHex(digest));
    } catch (final NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
