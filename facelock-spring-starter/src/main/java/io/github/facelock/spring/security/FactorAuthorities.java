package io.github.facelock.spring.security;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.PassedFactor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.FactorGrantedAuthority;

/**
 * Factors as Spring Security's authorities and back: {@code FACTOR_} and the factor's id in capital
 * letters, {@code FACTOR_EMAIL_CODE}. Immutable and thread-safe.
 */
public final class FactorAuthorities {

  private static final String PREFIX = "FACTOR_";

  private final Map<String, FactorType> known = new LinkedHashMap<>();

  /**
   * Knows the built-in factors and further ones.
   *
   * @param more factors of extensions
   */
  public FactorAuthorities(Collection<FactorType> more) {
    for (FactorType factor :
        List.of(
            FactorType.PASSWORD,
            FactorType.PIN,
            FactorType.FACE,
            FactorType.TOTP,
            FactorType.HOTP,
            FactorType.EMAIL_CODE,
            FactorType.SMS_CODE,
            FactorType.RECOVERY_CODE)) {
      known.put(nameOf(factor), factor);
    }
    more.forEach(factor -> known.put(nameOf(factor), factor));
  }

  /**
   * Names a factor's authority.
   *
   * @param factor the factor
   * @return for example {@code FACTOR_FACE}
   */
  public static String nameOf(FactorType factor) {
    return PREFIX + factor.id().toUpperCase(Locale.ROOT).replace('-', '_');
  }

  /**
   * The authority of a factor that was passed.
   *
   * @param passed the factor and when
   * @return an authority issued at that time
   */
  public static FactorGrantedAuthority of(PassedFactor passed) {
    return FactorGrantedAuthority.withAuthority(nameOf(passed.factor()))
        .issuedAt(passed.at())
        .build();
  }

  /**
   * Lists the factors.
   *
   * @return all that have an authority
   */
  public Collection<FactorType> factors() {
    return List.copyOf(known.values());
  }

  /**
   * Finds a factor by its authority.
   *
   * @param authority for example {@code FACTOR_FACE}
   * @return the factor, if it is known
   */
  public Optional<FactorType> factor(String authority) {
    return Optional.ofNullable(known.get(authority));
  }

  /**
   * Reads the factors that an authentication shows.
   *
   * @param authorities of an authentication
   * @return those of known factors, with their times
   */
  public List<PassedFactor> passed(Collection<? extends GrantedAuthority> authorities) {
    List<PassedFactor> passed = new ArrayList<>();
    for (GrantedAuthority authority : authorities) {
      if (authority instanceof FactorGrantedAuthority shown) {
        factor(shown.getAuthority())
            .ifPresent(factor -> passed.add(new PassedFactor(factor, shown.getIssuedAt())));
      }
    }
    return passed;
  }
}
