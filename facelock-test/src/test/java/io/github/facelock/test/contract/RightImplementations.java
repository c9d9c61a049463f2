package io.github.facelock.test.contract;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.Response;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.face.DetectedFace;
import io.github.facelock.api.face.DetectionConfidence;
import io.github.facelock.api.face.FaceBox;
import io.github.facelock.api.face.ModelId;
import io.github.facelock.api.face.ObservedFace;
import io.github.facelock.api.face.Picture;
import io.github.facelock.api.policy.Policies;
import io.github.facelock.spi.AlertSink;
import io.github.facelock.spi.AttemptLimiter;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.AuditLog;
import io.github.facelock.spi.DeliveryReport;
import io.github.facelock.spi.DeliveryReports;
import io.github.facelock.spi.DeliveryStatus;
import io.github.facelock.spi.Factor;
import io.github.facelock.spi.FactorContext;
import io.github.facelock.spi.FactorStart;
import io.github.facelock.spi.KeyProvider;
import io.github.facelock.spi.OtpChannel;
import io.github.facelock.spi.ProviderCall;
import io.github.facelock.spi.face.FaceDetector;
import io.github.facelock.spi.face.FaceEmbedder;
import io.github.facelock.spi.face.FaceLandmarker;
import io.github.facelock.spi.face.LivenessDetector;
import io.github.facelock.spi.face.PictureDecoder;
import io.github.facelock.spi.face.TemplateIndex;
import io.github.facelock.spi.store.AttemptStore;
import io.github.facelock.spi.store.AuditStore;
import io.github.facelock.spi.store.CredentialStore;
import io.github.facelock.spi.store.OutboxStore;
import io.github.facelock.spi.store.SnapshotStore;
import io.github.facelock.spi.store.SubjectStore;
import io.github.facelock.spi.store.TransactionStore;
import io.github.facelock.spi.store.WatchListStore;
import io.github.facelock.test.InMemoryMailbox;
import io.github.facelock.test.RecordingAlertSink;
import io.github.facelock.test.RecordingAuditLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Each suite over an implementation that keeps the contract. */
final class RightImplementations {

  private RightImplementations() {}

  static class Subjects extends SubjectStoreContract {
    @Override
    protected SubjectStore newStore() {
      return new SimpleStores.Subjects();
    }
  }

  static class Credentials extends CredentialStoreContract {
    @Override
    protected CredentialStore newStore() {
      return new SimpleStores.Credentials();
    }
  }

  static class Transactions extends TransactionStoreContract {
    @Override
    protected TransactionStore newStore() {
      return new SimpleStores.Transactions();
    }
  }

  static class Watched extends WatchListStoreContract {
    @Override
    protected WatchListStore newStore() {
      return new SimpleStores.Watched();
    }
  }

  static class Attempts extends AttemptStoreContract {
    @Override
    protected AttemptStore newStore() {
      return new SimpleStores.Attempts();
    }
  }

  static class Outbox extends OutboxStoreContract {
    @Override
    protected OutboxStore newStore() {
      return new SimpleStores.Outbox();
    }
  }

  static class Snapshots extends SnapshotStoreContract {
    @Override
    protected SnapshotStore newStore() {
      return new SimpleStores.Snapshots();
    }
  }

  static class Limiter extends AttemptLimiterContract {
    @Override
    protected AttemptLimiter newLimiter(Clock clock) {
      return new SimpleServices.Limiter(clock);
    }
  }

  static class Audit extends AuditLogContract {
    RecordingAuditLog log = new RecordingAuditLog();

    @Override
    protected AuditLog newLog() {
      log = new RecordingAuditLog();
      return log;
    }

    @Override
    protected List<AuditEvent> read() {
      return log.events();
    }
  }

  static class Audits extends AuditStoreContract {
    @Override
    protected AuditStore newStore() {
      return new SimpleStores.Audits();
    }
  }

  static class Keys extends KeyProviderContract {
    @Override
    protected KeyProvider newProvider() {
      return new SimpleServices.Keys();
    }
  }

  static class Decoder extends PictureDecoderContract {
    @Override
    protected PictureDecoder newDecoder() {
      return new SimplePictureDecoder();
    }
  }

  static class Detector extends FaceDetectorContract {
    @Override
    protected FaceDetector newDetector() {
      return new SimpleServices.Detector();
    }

    @Override
    protected List<Photograph> photographs() {
      return List.of(
          new Photograph(
              "red", SimpleServices.square(255, 0, 0), List.of(new FaceBox(14, 14, 30, 36))),
          new Photograph("nobody", SimpleServices.square(0, 0, 0), List.of()));
    }
  }

  static class Landmarker extends FaceLandmarkerContract {
    @Override
    protected FaceLandmarker newLandmarker() {
      return new SimpleServices.Landmarker();
    }

    @Override
    protected List<Photograph> photographs() {
      return List.of(
          new Photograph("red", SimpleServices.square(255, 0, 0), List.of(SimpleServices.BOX)));
    }
  }

  static class Embedder extends FaceEmbedderContract {
    @Override
    protected FaceEmbedder newEmbedder() {
      return new SimpleServices.Embedder();
    }

    @Override
    protected Faces faces() {
      return new Faces(face(255, 0, 0), face(220, 20, 10), face(0, 0, 255));
    }

    private static Face face(int red, int green, int blue) {
      return new Face(SimpleServices.square(red, green, blue), SimpleServices.POINTS);
    }
  }

  static class Liveness extends LivenessDetectorContract {
    private static final Picture PICTURE = SimpleServices.square(255, 0, 0);
    private static final Captures CAPTURES = new Captures(walk(1), walk(0));

    @Override
    protected LivenessDetector newDetector() {
      return new SimpleServices.Liveness();
    }

    @Override
    protected Captures captures() {
      return CAPTURES;
    }

    private static List<ObservedFace> walk(int pace) {
      return List.of(observed(0, 0), observed(1, pace), observed(2, 2 * pace));
    }

    private static ObservedFace observed(int number, int x) {
      return new ObservedFace(
          Duration.ofMillis(100L * number),
          PICTURE,
          new DetectedFace(
              new FaceBox(16 + x, 16, 32, 32), new DetectionConfidence(1), Optional.empty()),
          SimpleServices.POINTS);
    }
  }

  static class Index extends TemplateIndexContract {
    @Override
    protected TemplateIndex newIndex(ModelId model, int dimension) {
      return new SimpleServices.Index(model);
    }
  }

  static class OneWord extends FactorContract {
    @Override
    protected Factor newFactor() {
      return new SimpleServices.OneWord();
    }

    @Override
    protected FactorContext known() {
      return context(Optional.of(SubjectId.of("alice")));
    }

    @Override
    protected FactorContext unknown() {
      return context(Optional.empty());
    }

    private static FactorContext context(Optional<SubjectId> subject) {
      return new FactorContext(
          "t1",
          Optional.of(subject.orElse(SubjectId.of("mallory"))),
          subject,
          RequestContext.local(),
          Policies.web(),
          Instant.parse("2030-01-01T00:00:00Z"));
    }

    @Override
    protected Response rightAnswer(FactorStart start) {
      return Response.emailCode(SimpleServices.OneWord.WORD);
    }

    @Override
    protected Response wrongAnswer(FactorStart start) {
      return Response.emailCode("open barley");
    }
  }

  static class Channel extends OtpChannelContract {
    InMemoryMailbox mailbox = new InMemoryMailbox(FactorType.EMAIL_CODE);

    @Override
    protected OtpChannel newChannel() {
      mailbox = new InMemoryMailbox(FactorType.EMAIL_CODE);
      return mailbox;
    }

    @Override
    protected OtpChannel newRefusedChannel() {
      InMemoryMailbox refused = new InMemoryMailbox(FactorType.EMAIL_CODE);
      refused.refuse();
      return refused;
    }

    @Override
    protected List<Arrival> arrivals() {
      return mailbox.received().stream()
          .map(code -> new Arrival(code.destination(), code.code()))
          .toList();
    }
  }

  static class Reports extends DeliveryReportsContract {
    @Override
    protected DeliveryReports newReports() {
      return call ->
          call.header("X-Signature")
              .filter(given -> given.equals("signed:" + call.body()))
              .map(
                  given ->
                      new DeliveryReport(
                          Optional.empty(), call.body(), DeliveryStatus.DELIVERED, ""));
    }

    @Override
    protected ProviderCall signedCall() {
      return new ProviderCall("", Map.of("X-Signature", "signed:m-17"), "m-17");
    }
  }

  static class Sink extends AlertSinkContract {
    RecordingAlertSink recorder = new RecordingAlertSink();

    @Override
    protected AlertSink newSink() {
      recorder = new RecordingAlertSink();
      return recorder;
    }

    @Override
    protected AlertSink newRefusedSink() {
      RecordingAlertSink refused = new RecordingAlertSink();
      refused.refuse();
      return refused;
    }

    @Override
    protected int delivered() {
      return recorder.alerts().size();
    }
  }
}
