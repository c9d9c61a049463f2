package io.github.facelock.core.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.admin.Actor;
import io.github.facelock.api.admin.Administration;
import io.github.facelock.api.admin.AuditEntry;
import io.github.facelock.api.admin.AuditQuery;
import io.github.facelock.api.admin.Decision;
import io.github.facelock.api.admin.Refusal;
import io.github.facelock.api.admin.Role;
import io.github.facelock.api.admin.StatisticsQuery;
import io.github.facelock.api.admin.SubjectQuery;
import io.github.facelock.api.admin.SubjectSummary;
import io.github.facelock.api.enrolment.TotpParameters;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.core.FaceLock;
import io.github.facelock.core.audit.AuditVerification;
import io.github.facelock.core.store.memory.MemoryAuditLog;
import io.github.facelock.core.store.memory.MemoryCredentialStore;
import io.github.facelock.core.store.memory.MemorySubjectStore;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.store.Credential;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AdministrationTest {

  private static final SubjectId ROOT = SubjectId.of("root");
  private static final SubjectId OLGA = SubjectId.of("olga");
  private static final SubjectId ANN = SubjectId.of("ann");
  private static final SubjectId NOBODY = SubjectId.of("nobody");
  private static final Actor ADMIN = new Actor(ROOT, "192.0.2.1");
  private static final Actor OPERATOR = new Actor(OLGA, "192.0.2.2");
  private static final Actor USER = new Actor(ANN, "192.0.2.3");
  private static final Policy POLICY =
      Policy.named("office").step(FactorType.PASSWORD).step(FactorType.TOTP).build();

  private final MemorySubjectStore subjects = new MemorySubjectStore();
  private final MemoryCredentialStore credentials = new MemoryCredentialStore();
  private final FaceLock faceLock =
      FaceLock.builder().policy(POLICY).subjectStore(subjects).credentialStore(credentials).build();
  private final Administration administration = faceLock.administration();

  @BeforeEach
  void setUp() {
    assertThat(administration.bootstrap(ROOT, "console").value()).isPresent();
    assertThat(administration.create(ADMIN, OLGA, Set.of(Role.OPERATOR)).value()).isPresent();
    assertThat(administration.create(ADMIN, ANN, Set.of(Role.USER)).value()).isPresent();
  }

  @AfterEach
  void close() {
    faceLock.close();
  }

  private static <T> Decision<T> refused(Refusal reason) {
    return new Decision.Refused<>(reason);
  }

  private List<AuditEntry> trail(AuditQuery query) {
    return administration.searchAudit(ADMIN, query).value().orElseThrow();
  }

  private AuditEntry last(String type) {
    return trail(AuditQuery.all().withTypes(Set.of(type))).get(0);
  }

  static Stream<Arguments> requests() {
    return Stream.of(
        request("create", a -> b -> a.create(b, SubjectId.of("new"), Set.of()), "A"),
        request("suspend", a -> b -> a.suspend(b, ANN), "AO"),
        request("suspend an administrator", a -> b -> a.suspend(b, ROOT), "A"),
        request("reactivate", a -> b -> a.reactivate(b, ANN), "AO"),
        request("erase", a -> b -> a.erase(b, ANN), "A"),
        request("grant", a -> b -> a.grant(b, ANN, Role.ADMIN), "A"),
        request("revoke", a -> b -> a.revoke(b, OLGA, Role.OPERATOR), "A"),
        request("unlock", a -> b -> a.unlock(b, ANN, FactorType.TOTP), "AO"),
        request("unlock all", a -> b -> a.unlock(b, ANN), "AO"),
        request("find", a -> b -> a.find(b, ANN), "AOU"),
        request("find another", a -> b -> a.find(b, OLGA), "AO"),
        request("list", a -> b -> a.list(b, SubjectQuery.all()), "AO"),
        request("export", a -> b -> a.export(b, ANN, true), "AU"),
        request("export another", a -> b -> a.export(b, ROOT, false), "A"),
        request("search the trail", a -> b -> a.searchAudit(b, AuditQuery.all()), "AO"),
        request(
            "search for oneself",
            a -> b -> a.searchAudit(b, AuditQuery.all().withSubject(ANN)),
            "AOU"),
        request("export the trail", a -> b -> a.exportAudit(b, 1, line -> {}), "A"),
        request(
            "statistics",
            a -> b -> a.statistics(b, StatisticsQuery.lastHours(Instant.now(), 1)),
            "AO"),
        request(
            "something of admins",
            a -> b -> a.permit(b, "watch-list-add", Optional.empty(), "", Role.ADMIN),
            "A"),
        request(
            "something of operators",
            a -> b -> a.permit(b, "alert-acknowledge", Optional.of(NOBODY), "a1", Role.OPERATOR),
            "AO"),
        request(
            "something of everybody",
            a -> b -> a.permit(b, "own", Optional.empty(), "", Role.USER),
            "AOU"));
  }

  private static Arguments request(
      String what, Function<Administration, Function<Actor, Decision<?>>> request, String allowed) {
    return Arguments.of(what, request, allowed);
  }

  @ParameterizedTest
  @MethodSource("requests")
  void rolesDecideAndEveryRequestIsInTheTrail(
      String what, Function<Administration, Function<Actor, Decision<?>>> request, String allowed) {
    Actor stranger = new Actor(NOBODY, "192.0.2.4");
    for (Actor actor : List.of(stranger, USER, OPERATOR, ADMIN)) {
      String letter =
          actor.equals(ADMIN) ? "A" : actor.equals(OPERATOR) ? "O" : actor.equals(USER) ? "U" : "?";

      Decision<?> decision = request.apply(administration).apply(actor);

      boolean permitted = !decision.equals(refused(Refusal.NOT_PERMITTED));
      assertThat(permitted).as("%s by %s", what, letter).isEqualTo(allowed.contains(letter));
      AuditEntry entry =
          trail(AuditQuery.all().withTypes(Set.of("ADMINISTRATION")).withSource(actor.source()))
              .stream()
              .filter(e -> actor.subject().value().equals(e.details().get("actor")))
              .filter(e -> permitted == "permitted".equals(e.details().get("verdict")))
              .findFirst()
              .orElseThrow();
      assertThat(entry.source()).isEqualTo(actor.source());
      assertThat(entry.details()).containsKey("action");
    }
  }

  @Test
  void whatTheApplicationCarriesOutIsCheckedAndTold() {
    assertThat(
            administration.permit(OPERATOR, "snapshot", Optional.of(ANN), "alert-7", Role.OPERATOR))
        .isEqualTo(new Decision.Done<>(Set.of(Role.OPERATOR)));
    assertThat(trail(AuditQuery.all().withSubject(ANN)))
        .anySatisfy(
            entry ->
                assertThat(entry.details())
                    .containsEntry("action", "snapshot")
                    .containsEntry("about", "alert-7")
                    .containsEntry("actor", "olga")
                    .containsEntry("verdict", "permitted"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> administration.permit(ADMIN, "A b", Optional.empty(), "", Role.USER));

    int before = trail(AuditQuery.all().withLimit(1000)).size();
    assertThat(administration.rolesOf(OLGA)).containsExactly(Role.OPERATOR);
    assertThat(administration.rolesOf(NOBODY)).isEmpty();
    assertThat(administration.suspend(ADMIN, OLGA).value()).isPresent();
    assertThat(administration.rolesOf(OLGA)).isEmpty();
    assertThat(trail(AuditQuery.all().withLimit(1000)))
        .as("a search and a suspension, and nothing for looking at roles")
        .hasSize(before + 3);
  }

  @Test
  void aSuspendedActorMayNothingAndARevokedRoleEndsAtOnce() {
    assertThat(administration.grant(ADMIN, ANN, Role.ADMIN).value()).isPresent();
    assertThat(administration.list(USER, SubjectQuery.all()).value()).isPresent();
    assertThat(administration.suspend(ADMIN, ANN).value()).isPresent();
    assertThat(administration.list(USER, SubjectQuery.all()))
        .isEqualTo(refused(Refusal.NOT_PERMITTED));
    assertThat(administration.find(USER, ANN)).isEqualTo(refused(Refusal.NOT_PERMITTED));
    assertThat(administration.reactivate(ADMIN, ANN).value()).isPresent();
    assertThat(administration.revoke(ADMIN, ANN, Role.ADMIN).value()).isPresent();

    assertThat(administration.list(USER, SubjectQuery.all()))
        .isEqualTo(refused(Refusal.NOT_PERMITTED));
  }

  @Test
  void changesAreDoneAndToldWithTheirActor() {
    SubjectSummary suspended = administration.suspend(OPERATOR, ANN).value().orElseThrow();
    assertThat(suspended.suspended()).isTrue();
    AuditEntry entry = last("SUBJECT_SUSPENDED");
    assertThat(entry.subject()).contains(ANN);
    assertThat(entry.details()).containsEntry("actor", "olga");
    assertThat(entry.source()).isEqualTo("192.0.2.2");

    assertThat(administration.reactivate(OPERATOR, ANN).value().orElseThrow().suspended())
        .isFalse();
    assertThat(last("SUBJECT_REACTIVATED").details()).containsEntry("actor", "olga");

    assertThat(administration.grant(ADMIN, ANN, Role.OPERATOR).value().orElseThrow().roles())
        .containsExactlyInAnyOrder(Role.USER, Role.OPERATOR);
    assertThat(last("ROLES_CHANGED").details())
        .containsEntry("actor", "root")
        .containsEntry("before", "USER")
        .containsEntry("roles", "OPERATOR USER");

    assertThat(administration.erase(ADMIN, ANN)).isEqualTo(new Decision.Done<>(0));
    assertThat(last("SUBJECT_ERASED").details()).containsEntry("actor", "root");
    assertThat(administration.find(ADMIN, ANN)).isEqualTo(refused(Refusal.UNKNOWN_SUBJECT));
  }

  @Test
  void whatCannotBeDoneIsRefusedAndToldSo() {
    assertThat(administration.create(ADMIN, ANN, Set.of())).isEqualTo(refused(Refusal.NAME_TAKEN));
    for (Decision<?> decision :
        List.of(
            administration.suspend(ADMIN, NOBODY),
            administration.reactivate(ADMIN, NOBODY),
            administration.erase(ADMIN, NOBODY),
            administration.grant(ADMIN, NOBODY, Role.USER),
            administration.revoke(ADMIN, NOBODY, Role.USER),
            administration.unlock(ADMIN, NOBODY),
            administration.find(ADMIN, NOBODY),
            administration.export(ADMIN, NOBODY, false))) {
      assertThat(decision).isEqualTo(refused(Refusal.UNKNOWN_SUBJECT));
    }
    assertThat(last("ADMINISTRATION").details()).containsEntry("action", "search-audit");
    assertThat(trail(AuditQuery.all().withSubject(NOBODY)))
        .filteredOn(e -> "refused".equals(e.details().get("verdict")))
        .hasSize(8)
        .allSatisfy(e -> assertThat(e.details()).containsEntry("cause", "unknown-subject"));
  }

  @Test
  void theLastAdministratorStays() {
    assertThat(administration.suspend(ADMIN, ROOT)).isEqualTo(refused(Refusal.LAST_ADMIN));
    assertThat(administration.erase(ADMIN, ROOT)).isEqualTo(refused(Refusal.LAST_ADMIN));
    assertThat(administration.revoke(ADMIN, ROOT, Role.ADMIN))
        .isEqualTo(refused(Refusal.LAST_ADMIN));
    assertThatIllegalStateException().isThrownBy(() -> faceLock.enrolment().suspend(ROOT));
    assertThatIllegalStateException().isThrownBy(() -> faceLock.enrolment().erase(ROOT));

    assertThat(administration.grant(ADMIN, ANN, Role.ADMIN).value()).isPresent();
    assertThat(administration.suspend(ADMIN, ANN).value()).isPresent();
    assertThat(administration.erase(ADMIN, ROOT))
        .as("a suspended administrator is none")
        .isEqualTo(refused(Refusal.LAST_ADMIN));
    assertThat(administration.reactivate(ADMIN, ANN).value()).isPresent();
    assertThat(administration.erase(ADMIN, ROOT).value()).isPresent();
    assertThat(administration.list(USER, SubjectQuery.all().withRole(Role.ADMIN)).value())
        .hasValueSatisfying(
            admins -> assertThat(admins).extracting(SubjectSummary::id).containsExactly(ANN));
  }

  @Test
  void administratorsWhoRemoveEachOtherAtTheSameMomentLeaveOne() throws Exception {
    for (int round = 0; round < 20; round++) {
      Set<Role> admin = Set.of(Role.ADMIN);
      List<Actor> actors = new ArrayList<>(List.of(ADMIN));
      for (int i = 0; i < 7; i++) {
        SubjectId id = SubjectId.of("admin-" + round + "-" + i);
        assertThat(administration.create(ADMIN, id, admin).value()).isPresent();
        actors.add(new Actor(id, "192.0.2." + (10 + i)));
      }
      parallel(
          actors.size(),
          i -> {
            SubjectId victim = actors.get((i + 1) % actors.size()).subject();
            return i % 2 == 0
                ? administration.revoke(actors.get(i), victim, Role.ADMIN)
                : administration.suspend(actors.get(i), victim);
          });

      List<SubjectSummary> left = activeAdmins();
      assertThat(left).as("round %d", round).isNotEmpty();
      // For the next round.
      Actor survivor = new Actor(left.get(0).id(), "192.0.2.99");
      assertThat(administration.grant(survivor, ROOT, Role.ADMIN).value()).isPresent();
      assertThat(administration.reactivate(survivor, ROOT).value()).isPresent();
      for (Actor other : actors.subList(1, actors.size())) {
        assertThat(administration.erase(ADMIN, other.subject()).value()).isPresent();
      }
    }
  }

  private List<SubjectSummary> activeAdmins() {
    return subjects.list(SubjectQuery.all().withRole(Role.ADMIN)).stream()
        .filter(s -> !s.suspended())
        .map(s -> new SubjectSummary(s.id(), s.roles(), s.suspended(), s.createdAt()))
        .toList();
  }

  private static <T> List<T> parallel(int calls, Function<Integer, T> call) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(calls);
    try {
      CountDownLatch start = new CountDownLatch(1);
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < calls; i++) {
        int number = i;
        futures.add(
            threads.submit(
                () -> {
                  start.await();
                  return call.apply(number);
                }));
      }
      start.countDown();
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void theFirstAdministratorIsMadeOnce() throws Exception {
    assertThat(administration.bootstrap(ANN, "console")).isEqualTo(refused(Refusal.ADMIN_EXISTS));
    for (int round = 0; round < 20; round++) {
      MemorySubjectStore empty = new MemorySubjectStore();
      try (FaceLock fresh = FaceLock.builder().policy(POLICY).subjectStore(empty).build()) {
        List<Decision<SubjectSummary>> made =
            parallel(
                8, i -> fresh.administration().bootstrap(SubjectId.of("first" + i), "console"));

        long won = made.stream().filter(each -> each.value().isPresent()).count();
        assertThat(won).as("round %d", round).isLessThanOrEqualTo(1);
        assertThat(empty.list(SubjectQuery.all().withRole(Role.ADMIN))).hasSize((int) won);
      }
    }
  }

  @Test
  void anUnlockedFactorCanBeTriedAgainAtOnce() {
    for (int i = 0; i < 5; i++) {
      faceLock
          .authenticator()
          .begin(ANN, RequestContext.from("192.0.2.50"))
          .fold(
              granted -> null,
              challenge ->
                  faceLock
                      .authenticator()
                      .advance(
                          challenge.handle(),
                          io.github.facelock.api.Response.password("wrong wrong wrong"),
                          RequestContext.from("192.0.2.50")),
              denied -> null,
              locked -> null);
    }
    assertThat(tries("LOCKED")).isTrue();

    assertThat(administration.unlock(OPERATOR, ANN, FactorType.PASSWORD))
        .isEqualTo(new Decision.Done<>(FactorType.PASSWORD));

    assertThat(last("UNLOCKED").details()).containsEntry("actor", "olga");
    assertThat(tries("LOCKED")).isFalse();
    assertThat(administration.unlock(OPERATOR, ANN).value().orElseThrow())
        .contains(FactorType.PASSWORD, FactorType.TOTP, FactorType.FACE);
  }

  /** Whether one more try is not even judged. */
  private boolean tries(String type) {
    RequestContext request = RequestContext.from("192.0.2.51");
    return faceLock
        .authenticator()
        .begin(ANN, request)
        .fold(
            granted -> false,
            challenge ->
                faceLock
                    .authenticator()
                    .advance(
                        challenge.handle(),
                        io.github.facelock.api.Response.password("wrong wrong wrong"),
                        request)
                    .fold(g -> false, c -> false, d -> false, l -> type.equals("LOCKED")),
            denied -> false,
            locked -> true);
  }

  @Test
  void anExportHoldsThePersonsDataAndNoSecret() {
    assertThat(faceLock.enrolment().setPassword(ANN, Secret.of("correct horse battery staple")))
        .hasToString("ACCEPTED");
    faceLock.enrolment().beginTotp(ANN, TotpParameters.COMPATIBLE);
    faceLock.enrolment().setEmail(ANN, Secret.of("ann@example.org"));

    String json = administration.export(USER, ANN, false).value().orElseThrow();

    assertThat(json)
        .startsWith("{\"format\":\"facelock-subject/1\",\"subject\":\"ann\"")
        .contains("\"factor\":\"password\"", "\"factor\":\"totp\"")
        .contains("\"address\":\"ann@example.org\"")
        .contains("\"type\":\"CREDENTIAL_SET\"")
        .doesNotContain("argon2")
        .doesNotContain("correct horse")
        .doesNotContain("template");
    for (FactorType factor : List.of(FactorType.PASSWORD, FactorType.TOTP)) {
      for (Credential sealed : credentials.find(ANN, factor)) {
        assertThat(json)
            .doesNotContain(new String(sealed.secretData(), StandardCharsets.ISO_8859_1));
      }
    }
  }

  @Test
  void theTrailCanBeExportedAndVerified() {
    List<String> lines = new ArrayList<>();

    long count = administration.exportAudit(ADMIN, 1, lines::add).value().orElseThrow();

    assertThat(lines).hasSize((int) count);
    assertThat(lines.get(0)).startsWith("{\"number\":1,").contains("bootstrap");
    assertThat(faceLock.audit().orElseThrow().verify())
        .isInstanceOf(AuditVerification.Intact.class);
  }

  @Test
  void nothingIsDoneThatTheTrailDoesNotKnow() {
    try (FaceLock broken =
        FaceLock.builder()
            .policy(POLICY)
            .subjectStore(subjects)
            .auditLog(
                event -> {
                  throw new FaceLockException.Store("The disk is full; make room");
                })
            .build()) {
      assertThatExceptionOfType(FaceLockException.Store.class)
          .isThrownBy(() -> broken.administration().suspend(ADMIN, ANN));
      assertThat(subjects.find(ANN).orElseThrow().suspended()).isFalse();
    }
  }

  @Test
  void aTrailOfTheApplicationsOwnIsNotReadHere() {
    MemoryAuditLog own = new MemoryAuditLog();
    try (FaceLock faceLock2 =
        FaceLock.builder().policy(POLICY).subjectStore(subjects).auditLog(own).build()) {
      assertThat(faceLock2.audit()).isEmpty();
      assertThatIllegalStateException()
          .isThrownBy(() -> faceLock2.administration().searchAudit(ADMIN, AuditQuery.all()));
      assertThat(faceLock2.administration().suspend(ADMIN, ANN).value()).isPresent();
      assertThat(own.events())
          .extracting(AuditEvent::type)
          .containsExactly(AuditEvent.Type.ADMINISTRATION, AuditEvent.Type.SUBJECT_SUSPENDED);
    }
  }

  @Test
  void aSubjectIsListedByNameAndRole() {
    assertThat(
            administration.list(OPERATOR, SubjectQuery.all().withText("l")).value().orElseThrow())
        .extracting(SubjectSummary::id)
        .containsExactly(OLGA);
    assertThat(administration.find(OPERATOR, ANN).value().orElseThrow().createdAt())
        .isAfter(Instant.EPOCH);
    assertThat(Map.of("roles", administration.find(USER, ANN).value().orElseThrow().roles()))
        .containsEntry("roles", Set.of(Role.USER));
  }
}
