package io.github.facelock.spring.actuate;

import io.github.facelock.api.face.ModelInfo;
import io.github.facelock.core.FaceLock;
import io.github.facelock.spring.autoconfigure.FaceLockReport;
import io.github.facelock.spring.observation.AuditCounts;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * The end point {@code facelock}: policies, models with their licences, warnings, and counts since
 * the start. Nothing about people. Like all end points but health, it is not exposed over HTTP
 * unless {@code management.endpoints.web.exposure.include} names it.
 */
@Endpoint(id = "facelock")
public final class FaceLockEndpoint {

  private final FaceLock faceLock;
  private final FaceLockReport report;
  private final AuditCounts counts;

  /**
   * Makes the end point.
   *
   * @param faceLock what it tells of
   * @param report what FaceLock is made of
   * @param counts what was counted
   */
  public FaceLockEndpoint(FaceLock faceLock, FaceLockReport report, AuditCounts counts) {
    this.faceLock = faceLock;
    this.report = report;
    this.counts = counts;
  }

  /**
   * What operators see.
   *
   * @param policies what logins ask for
   * @param models the models in use
   * @param stores where things are kept
   * @param channels what carries codes
   * @param warnings what should not stay as it is
   * @param events audit events of this node since its start, by type
   * @param alerts alerts that wait or were lost
   */
  public record Description(
      List<String> policies,
      List<Model> models,
      String stores,
      List<String> channels,
      List<String> warnings,
      Map<String, Long> events,
      Alerts alerts) {}

  /**
   * A model.
   *
   * @param id its name
   * @param version of the weights
   * @param licence of the weights
   * @param holder of the rights
   * @param caveat what to know before relying on it
   * @param sha256 of the file
   */
  public record Model(
      String id, String version, String licence, String holder, String caveat, String sha256) {}

  /**
   * Alerts.
   *
   * @param waitingInMemory because the outbox failed
   * @param lost since the start
   */
  public record Alerts(int waitingInMemory, long lost) {}

  /**
   * Tells all of it.
   *
   * @return the description
   */
  @ReadOperation
  public Description describe() {
    Map<String, Long> events = new TreeMap<>();
    counts
        .counts()
        .forEach(
            (type, count) ->
                events.put(type.name().toLowerCase(Locale.ROOT).replace('_', '-'), count));
    return new Description(
        report.policies(),
        report.models().stream().map(FaceLockEndpoint::model).toList(),
        report.stores(),
        report.channels(),
        report.warnings(),
        events,
        new Alerts(faceLock.alerts().waitingInMemory(), faceLock.alerts().lost()));
  }

  private static Model model(ModelInfo info) {
    return new Model(
        info.id().value(),
        info.version(),
        info.licence(),
        info.holder(),
        info.caveat(),
        info.sha256());
  }
}
