package io.github.facelock.core.http;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Keeps the beginning of a body and hangs up on the rest. */
final class BoundedBody implements HttpResponse.BodySubscriber<byte[]> {

  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final CompletableFuture<byte[]> result = new CompletableFuture<>();
  private final int limit;
  private Optional<Flow.Subscription> source = Optional.empty();

  BoundedBody(int limit) {
    this.limit = limit;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return result;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    source = Optional.of(subscription);
    subscription.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      byte[] part = new byte[Math.min(buffer.remaining(), limit - kept.size())];
      buffer.get(part);
      kept.writeBytes(part);
    }
    if (kept.size() >= limit) {
      source.ifPresent(Flow.Subscription::cancel);
      result.complete(kept.toByteArray());
    } else {
      source.ifPresent(subscription -> subscription.request(1));
    }
  }

  @Override
  public void onError(Throwable fault) {
    result.completeExceptionally(fault);
  }

  @Override
  public void onComplete() {
    result.complete(kept.toByteArray());
  }
}
