package io.github.facelock.spring.autoconfigure;

import io.github.facelock.core.FaceLockBuilder;

/**
 * Changes what properties and beans made of FaceLock, before it is built: for parts that have no
 * property. Beans of this type are called in their order.
 */
@FunctionalInterface
public interface FaceLockBuilderCustomizer {

  /**
   * Changes the builder.
   *
   * @param builder has all parts that properties and beans name
   */
  void customize(FaceLockBuilder builder);
}
