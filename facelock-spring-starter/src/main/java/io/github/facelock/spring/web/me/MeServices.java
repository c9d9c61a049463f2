package io.github.facelock.spring.web.me;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.logout.SecurityContextLogoutHandler;

/** What JSON and pages do alike; all of it without state of its own. */
record MeServices(
    Visits visits, MyAccount account, MyFaces faces, MyCodes codes, MyPasswords passwords) {

  static MeServices of(MeParts parts) {
    Visits visits = new Visits(parts);
    return new MeServices(
        visits,
        new MyAccount(parts, visits),
        new MyFaces(parts),
        new MyCodes(parts),
        new MyPasswords(parts));
  }

  /** Erases the account of somebody who has shown two factors lately, and ends the session. */
  void leave(
      MeParts parts,
      @Nullable Authentication login,
      HttpServletRequest request,
      HttpServletResponse response) {
    Person person = visits.changing(login, request);
    visits.requireTwoFresh(person);
    account.erase(person);
    new SecurityContextLogoutHandler().logout(request, response, login);
    parts.contexts().forgetDevice(response);
  }
}
