package io.github.facelock.spring.web.admin;

import java.util.Optional;
import org.springframework.beans.factory.DisposableBean;

/**
 * The feed of FaceLock's own trail.
 *
 * @param feed empty if the trail is the application's own
 */
record AuditFeeds(Optional<AuditFeed> feed) implements DisposableBean {

  @Override
  public void destroy() {
    feed.ifPresent(AuditFeed::destroy);
  }
}
