package io.github.facelock.spring.web.me;

import io.github.facelock.api.RequestContext;
import io.github.facelock.api.SubjectId;
import java.util.List;
import org.springframework.security.core.GrantedAuthority;

/**
 * Who asks for something of their own.
 *
 * @param subject by the login
 * @param authorities what was shown at the login, and when
 * @param context where the request comes from
 */
record Person(
    SubjectId subject, List<? extends GrantedAuthority> authorities, RequestContext context) {

  Person {
    authorities = List.copyOf(authorities);
  }
}
