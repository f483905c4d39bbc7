package org.inferchip.units;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The values that a numeric record component may take, in the base unit where it has a {@link
 * Measure}. On a list or map, it says what the elements may be. Without it a number is at least 0
 * and, where measured, within the plausible magnitudes of its {@link Dimension}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({
  ElementType.RECORD_COMPONENT,
  ElementType.FIELD,
  ElementType.METHOD,
  ElementType.PARAMETER
})
public @interface Range {
  /** The least value. */
  double min() default 0;

  /** The greatest value. */
  double max() default Double.MAX_VALUE;

  /** Whether the value must be above {@code min} rather than at least that. */
  boolean exclusive() default false;
}
