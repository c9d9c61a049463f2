package io.github.facelock.spring.security;

import io.github.facelock.api.AssuranceLevel;
import io.github.facelock.api.SubjectId;
import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;

/**
 * A login that FaceLock granted. The name is the subject id; the authorities are the roles and a
 * {@link org.springframework.security.core.authority.FactorGrantedAuthority} for each factor, with
 * the time at which it was shown.
 *
 * <p>This class declares {@link #toBuilder()} itself: Spring Security merges the factors of two
 * logins only into a class that does, and loses the first silently otherwise.
 */
public final class FaceLockAuthentication extends AbstractAuthenticationToken {

  private static final long serialVersionUID = 1L;

  @SuppressWarnings(
      "serial") // As everywhere in Spring Security: a principal in a session is serialisable.
  private final Object principal;

  private final AssuranceLevel level;

  /**
   * A granted login.
   *
   * @param principal who it is: a {@link FaceLockPrincipal}, or the principal of the application's
   *     own login before
   * @param level what the factors together prove
   * @param authorities roles and factors
   */
  public FaceLockAuthentication(
      Object principal, AssuranceLevel level, Collection<? extends GrantedAuthority> authorities) {
    super(authorities);
    this.principal = Objects.requireNonNull(principal, "principal");
    this.level = Objects.requireNonNull(level, "level");
    super.setAuthenticated(true);
  }

  private FaceLockAuthentication(Builder builder) {
    super(builder);
    this.principal = builder.principal;
    this.level = builder.level;
  }

  /**
   * Who logged in.
   *
   * @return the subject
   */
  public SubjectId subject() {
    return SubjectId.of(getName());
  }

  /**
   * What the last granted login proved.
   *
   * @return the level
   */
  public AssuranceLevel level() {
    return level;
  }

  @Override
  public Object getPrincipal() {
    return principal;
  }

  /** What was typed or shown is not kept. */
  @Override
  public @Nullable Object getCredentials() {
    return null;
  }

  @Override
  public Builder toBuilder() {
    return new Builder(this);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FaceLockAuthentication that
        && super.equals(that)
        && level == that.level;
  }

  @Override
  public int hashCode() {
    return 31 * super.hashCode() + level.hashCode();
  }

  /** Changes a copy. Not thread-safe. */
  public static final class Builder extends AbstractAuthenticationBuilder<Builder> {
    private Object principal;
    private AssuranceLevel level;

    private Builder(FaceLockAuthentication authentication) {
      super(authentication);
      this.principal = authentication.principal;
      this.level = authentication.level;
    }

    @Override
    public Builder principal(@Nullable Object newPrincipal) {
      this.principal = Objects.requireNonNull(newPrincipal, "principal");
      return this;
    }

    /**
     * Sets what the factors together prove.
     *
     * @param newLevel the level
     * @return this
     */
    public Builder level(AssuranceLevel newLevel) {
      this.level = Objects.requireNonNull(newLevel, "level");
      return this;
    }

    @Override
    public FaceLockAuthentication build() {
      return new FaceLockAuthentication(this);
    }
  }
}
