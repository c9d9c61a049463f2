/**
 * What each service interface promises, as JUnit suites: whoever implements an interface extends
 * its suite, and knows that FaceLock can rely on the implementation.
 *
 * <pre>{@code
 * class RedisTransactionStoreTest extends TransactionStoreContract {
 *   @Override
 *   protected TransactionStore newStore() {
 *     return new RedisTransactionStore(emptyDatabase());
 *   }
 * }
 * }</pre>
 */
@NullMarked
package io.github.facelock.test.contract;

import org.jspecify.annotations.NullMarked;
