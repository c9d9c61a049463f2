package io.github.facelock.spring.autoconfigure;

import org.springframework.core.env.Environment;

/** What the application is called: to people, in mails, and as the issuer of proofs. */
final class ApplicationName {

  private static final int LONGEST = 64;

  private ApplicationName() {}

  static String of(FaceLockProperties properties, Environment environment) {
    String own = properties.applicationName();
    if (own != null) {
      if (!isUsable(own)) {
        throw new FaceLockSettingException(
            "facelock.application-name is not usable",
            "Give it 1 to 64 characters, no colon and no control character.");
      }
      return own;
    }
    String application = environment.getProperty("spring.application.name");
    return application != null && isUsable(application) ? application : "FaceLock";
  }

  private static boolean isUsable(String name) {
    return !name.isBlank()
        && name.length() <= LONGEST
        && name.indexOf(':') < 0
        && name.chars().noneMatch(Character::isISOControl);
  }
}
