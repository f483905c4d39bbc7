package org.inferchip.units;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says what a numeric record component measures: its value is in the base unit of the dimension. A
 * description file must give it with a unit; a bare number is an error. On a map, it says what the
 * values measure.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({
  ElementType.RECORD_COMPONENT,
  ElementType.FIELD,
  ElementType.METHOD,
  ElementType.PARAMETER
})
public @interface Measure {
  /** The dimension. */
  Dimension value();
}
