package org.inferchip.numerics;

import java.lang.reflect.InvocationTargetException;

/**
 * Picks the kernels of this run: those of the Vector API where {@code jdk.incubator.vector} is
 * resolved ({@code --add-modules jdk.incubator.vector}), else plain Java. Both give the same bits.
 *
 * <p>Classes that use the Vector API are named only by string here, so that nothing links them
 * where the module is absent.
 */
public final class Kernels {

  private static final String VECTOR_MODULE = "jdk.incubator.vector";

  private Kernels() {}

  /** Whether the Vector API is there. */
  public static boolean vectorised() {
    return ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent();
  }

  /** A new matrix kernel for one thread. */
  public static MatmulKernel matmul() {
    return vectorised()
        ? load(MatmulKernel.class, "org.inferchip.numerics.VectorMatmulKernel")
        : plainMatmul();
  }

  /** A new matrix kernel in plain Java: the reference, and the fallback. */
  public static MatmulKernel plainMatmul() {
    return new PlainMatmulKernel();
  }

  /** How runs of random numbers are made. */
  static RowGenerator rowGenerator() {
    return vectorised()
        ? load(RowGenerator.class, "org.inferchip.numerics.VectorRowGenerator")
        : new PlainRowGenerator();
  }

  /** Loads a class of this package by name, and passes its one constructor the arguments. */
  static <T> T load(final Class<T> type, final String name, final Object... arguments) {
    try {
      final var constructor = Class.forName(name).getDeclaredConstructors()[0];
      return type.cast(constructor.newInstance(arguments));
    } catch (final ClassNotFoundException
        | InstantiationException
        | IllegalAccessException
        | InvocationTargetException e) {
      throw new IllegalStateException("cannot load " + name, e);
    }
  }
}
