package io.github.facelock.spring.web.admin;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.admin.Role;
import io.github.facelock.api.face.ModelInfo;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.api.policy.PolicyStep;
import io.github.facelock.core.FaceLock;
import io.github.facelock.core.lockout.LockoutRules;
import io.github.facelock.spring.autoconfigure.FaceLockWebProperties;
import io.github.facelock.spring.web.FaceLockApi;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** What properties and beans set, to be read: policies, models, limits, rules of alerts. */
@FaceLockApi
@RequestMapping("${facelock.web.base-path:/facelock}/api/admin/settings")
final class SettingsController {

  private final Desk desk;
  private final FaceLock faceLock;
  private final FaceLockWebProperties web;
  private final FaceLockAdminProperties bounds;

  SettingsController(
      Desk desk, FaceLock faceLock, FaceLockWebProperties web, FaceLockAdminProperties bounds) {
    this.desk = desk;
    this.faceLock = faceLock;
    this.web = web;
    this.bounds = bounds;
  }

  record StepView(List<String> anyOf, String condition, Optional<Long> validForSeconds) {}

  /**
   * A policy.
   *
   * @param falseMatchOneIn of so many strangers one is taken for somebody at most
   */
  record PolicyView(
      String name,
      List<StepView> steps,
      long falseMatchOneIn,
      String severalFaces,
      int triesPerStep,
      int acquisitionsPerStep,
      long lifetimeSeconds,
      int totpSkew,
      String liveness) {}

  record ModelView(
      String id, String version, String licence, String holder, String caveat, String sha256) {}

  record BackOffView(int free, long firstDelaySeconds, long longestDelaySeconds, int hardCap) {}

  record LockoutView(
      BackOffView knowledge,
      BackOffView possession,
      BackOffView inherence,
      int sourceFailures,
      long sourceWindowSeconds) {}

  record LimitView(
      long maxRequestBytes,
      long maxFrameBytes,
      int maxFrames,
      int beginPerMinute,
      int advancePerMinute,
      int guidancePerMinute,
      int changePerMinute,
      long maxPictureBytes,
      long maxImportBytes) {}

  record Settings(
      List<PolicyView> policies,
      List<ModelView> models,
      Optional<LockoutView> lockout,
      LimitView limits,
      boolean registration,
      long freshForSeconds,
      AlertViews.Rules alerts) {}

  @GetMapping
  ResponseEntity<Settings> settings(HttpServletRequest request) {
    desk.permit(request, "settings", Optional.empty(), "", Role.OPERATOR);
    return SubjectController.json(
        HttpStatus.OK,
        new Settings(
            faceLock.policies().stream().map(SettingsController::policy).toList(),
            faceLock.models().stream().map(SettingsController::model).toList(),
            faceLock.lockoutRules().map(SettingsController::lockout),
            new LimitView(
                web.uploads().maxRequest().toBytes(),
                web.uploads().maxFrame().toBytes(),
                web.uploads().maxFrames(),
                web.rates().begin(),
                web.rates().advance(),
                web.rates().guidance(),
                web.rates().change(),
                bounds.maxPicture().toBytes(),
                bounds.maxImport().toBytes()),
            web.registration(),
            web.freshFor().toSeconds(),
            AlertViews.rules(faceLock.alerts().overview())));
  }

  private static PolicyView policy(Policy policy) {
    return new PolicyView(
        policy.name(),
        policy.steps().stream().map(SettingsController::step).toList(),
        Math.round(1 / policy.falseMatchRate().value()),
        Desk.code(policy.severalFaces()),
        policy.triesPerStep(),
        policy.acquisitionsPerStep(),
        policy.lifetime().toSeconds(),
        policy.totpSkew(),
        Desk.code(policy.liveness()));
  }

  private static StepView step(PolicyStep step) {
    return new StepView(
        step.anyOf().stream().map(FactorType::id).toList(),
        Desk.code(step.condition()),
        step.validFor().map(time -> time.toSeconds()));
  }

  private static ModelView model(ModelInfo model) {
    return new ModelView(
        model.id().value(),
        model.version(),
        model.licence(),
        model.holder(),
        model.caveat(),
        model.sha256());
  }

  private static LockoutView lockout(LockoutRules rules) {
    return new LockoutView(
        backOff(rules.knowledge()),
        backOff(rules.possession()),
        backOff(rules.inherence()),
        rules.source().failures(),
        rules.source().window().toSeconds());
  }

  private static BackOffView backOff(LockoutRules.BackOff rule) {
    return new BackOffView(
        rule.free(),
        rule.firstDelay().toSeconds(),
        rule.longestDelay().toSeconds(),
        rule.hardCap());
  }
}
