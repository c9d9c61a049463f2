package io.github.facelock.core.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.github.facelock.api.FaceLockException;
import io.github.facelock.core.image.PictureSampler;
import io.github.facelock.core.image.TensorFormat;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One loaded network, shared by all threads, and a bounded pool of buffers. The native memory is
 * freed when {@link #close} was called and the last running inference has ended, so that closing
 * never pulls memory away from under a thread.
 */
final class Network implements AutoCloseable {

  /** Tells the outputs' shapes for a size of input. */
  @FunctionalInterface
  interface OutputShapes {
    Map<String, long[]> of(int width, int height);
  }

  private final String name;
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final ModelSignature signature;
  private final BlockingQueue<Buffers> idle;

  /** The owner and the running inferences; at 0 the session is closed. */
  private final AtomicInteger users = new AtomicInteger(1);

  private final AtomicBoolean closed = new AtomicBoolean();

  private Network(
      String name,
      OrtEnvironment environment,
      OrtSession session,
      ModelSignature signature,
      int parallelism) {
    this.name = name;
    this.environment = environment;
    this.session = session;
    this.signature = signature;
    this.idle = new ArrayBlockingQueue<>(parallelism);
  }

  static Network load(Weights weights, OnnxOptions options) {
    OrtEnvironment environment = OnnxRuntimeLibrary.environment();
    try (OrtSession.SessionOptions session = new OrtSession.SessionOptions()) {
      session.setIntraOpNumThreads(options.threads());
      session.setInterOpNumThreads(1);
      session.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      OrtSession loaded = environment.createSession(weights.bytes(), session);
      try {
        return new Network(
            weights.name(),
            environment,
            loaded,
            ModelSignature.read(loaded.getInputInfo(), loaded.getOutputInfo()),
            options.parallelism());
      } catch (OrtException | RuntimeException | Error e) {
        loaded.close();
        throw e;
      }
    } catch (OrtException e) {
      throw new FaceLockException.Model(
          weights.name()
              + " cannot be read as an ONNX model ("
              + e.getMessage()
              + "): give the path of an .onnx file that ONNX Runtime 1.28 can run.",
          e);
    }
  }

  String name() {
    return name;
  }

  ModelSignature signature() {
    return signature;
  }

  /** Closes this network if the file is not of the expected kind. */
  Network require(ModelSignature expected) {
    try {
      expected.require(name, signature);
      return this;
    } catch (FaceLockException.Model e) {
      close();
      throw e;
    }
  }

  /**
   * Takes buffers of a size; give them back with {@link #release}.
   *
   * @throws IllegalStateException if the network is closed
   */
  Buffers acquire(TensorFormat format, int width, int height, OutputShapes outputs) {
    int seen;
    do {
      seen = users.get();
      if (seen == 0 || closed.get()) {
        throw new IllegalStateException("The model " + name + " was closed");
      }
    } while (!users.compareAndSet(seen, seen + 1));
    try {
      Buffers buffers = idle.poll();
      if (buffers != null) {
        if (buffers.holds(width, height)) {
          return buffers;
        }
        buffers.close();
      }
      return Buffers.allocate(
          environment,
          signature.inputs().keySet().iterator().next(),
          new long[] {1, format.colour().channels(), height, width},
          new PictureSampler(format, width, height),
          outputs.of(width, height));
    } catch (OrtException e) {
      leave();
      throw fault(e);
    } catch (RuntimeException | Error e) {
      leave();
      throw e;
    }
  }

  /** Runs the network on what the buffers' input holds; the result is in their outputs. */
  void run(Buffers buffers) {
    // Closing a result leaves pinned outputs open: they belong to the buffers.
    try (OrtSession.Result result = session.run(buffers.inputs(), buffers.pinned())) {
      assert result.size() == buffers.pinned().size();
    } catch (OrtException e) {
      throw fault(e);
    }
  }

  void release(Buffers buffers) {
    if (closed.get() || !idle.offer(buffers)) {
      buffers.close();
    }
    leave();
  }

  private FaceLockException.Model fault(OrtException e) {
    return new FaceLockException.Model(
        "The model "
            + name
            + " failed to run ("
            + e.getMessage()
            + "): check the free memory, and that the file is a model of this kind.",
        e);
  }

  private void leave() {
    if (users.decrementAndGet() == 0) {
      for (Buffers b = idle.poll(); b != null; b = idle.poll()) {
        b.close();
      }
      try {
        session.close();
      } catch (OrtException e) {
        throw fault(e);
      }
    }
  }

  /** Idempotent; running inferences end in peace. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      leave();
    }
  }
}
