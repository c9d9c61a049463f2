/** How much the stores carry: logins and attempts in a second, loading and rotating references. */
@NullMarked
package io.github.facelock.benchmarks.load;

import org.jspecify.annotations.NullMarked;
