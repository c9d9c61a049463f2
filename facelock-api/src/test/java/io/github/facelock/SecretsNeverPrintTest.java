package io.github.facelock;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorKind;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.Response;
import io.github.facelock.api.Secret;
import io.github.facelock.api.Step;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.TransactionHandle;
import io.github.facelock.api.admin.Decision;
import io.github.facelock.api.admin.LoginStatistics;
import io.github.facelock.api.admin.StatisticsQuery;
import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.CapturedFrame;
import io.github.facelock.api.face.ComparisonScore;
import io.github.facelock.api.face.Embedding;
import io.github.facelock.api.face.FalseMatchRate;
import io.github.facelock.api.face.Landmarks;
import io.github.facelock.api.face.LivenessAction;
import io.github.facelock.api.face.LivenessChallenge;
import io.github.facelock.api.face.ModelId;
import io.github.facelock.api.face.Picture;
import io.github.facelock.api.face.ScoreCalibration;
import io.github.facelock.api.policy.Policies;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.api.watchlist.WatchListEntryId;
import io.github.facelock.spi.FactorState;
import io.github.facelock.spi.Snapshot;
import io.github.facelock.spi.store.Credential;
import io.github.facelock.spi.store.OutboxEntry;
import io.github.facelock.spi.store.WatchListEntry;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Plants a marker wherever a value of the API can hold a secret, a sample or a template, and looks
 * for it in what the value prints. A new class must be a record, or be named here.
 */
class SecretsNeverPrintTest {

  /** 43 characters, so that it can be a handle. */
  private static final String MARKER = "Marker-Marker-Marker-Marker-Marker-Marker-M";

  private static final byte[] MARKER_BYTES = MARKER.getBytes(StandardCharsets.UTF_8);

  /** The first bytes of the marker as a pixel. */
  private static final Picture PICTURE = Picture.copyOf(1, 1, new byte[] {77, 97, 114});

  private static final Instant AT = Instant.parse("2030-01-01T00:00:00Z");

  /** Texts that are secrets although their type does not say so. */
  private static final Set<String> SECRET_TEXTS = Set.of("Granted.proof", "Fields.fields");

  private static final Map<Class<?>, Object> CLASSES =
      Map.ofEntries(
          Map.entry(Secret.class, Secret.of(MARKER)),
          Map.entry(Decision.Done.class, new Decision.Done<>(MARKER)),
          Map.entry(TransactionHandle.class, TransactionHandle.parse(MARKER)),
          Map.entry(FactorState.class, FactorState.of(MARKER_BYTES)),
          Map.entry(
              Credential.class,
              Credential.create(
                  new CredentialId("c"),
                  SubjectId.of("alice"),
                  FactorType.TOTP,
                  AT,
                  Map.of(),
                  MARKER_BYTES)),
          Map.entry(Snapshot.class, Snapshot.ofJpeg(MARKER_BYTES)),
          Map.entry(
              OutboxEntry.class,
              OutboxEntry.create("id", OutboxEntry.State.WAITING, AT, AT, MARKER_BYTES)),
          Map.entry(
              WatchListEntry.class,
              WatchListEntry.ofFace(
                  new WatchListEntryId("w"),
                  new ModelId("m"),
                  MARKER_BYTES,
                  "theft",
                  "admin",
                  AT,
                  Optional.empty())),
          Map.entry(Picture.class, PICTURE),
          Map.entry(Picture.Builder.class, Picture.builder(1, 1)),
          Map.entry(CapturedFrame.class, CapturedFrame.encoded(Duration.ZERO, MARKER_BYTES)),
          Map.entry(Capture.class, Capture.ofImage(MARKER_BYTES)),
          Map.entry(Embedding.class, Embedding.normalised(new ModelId("m"), 3, 4)),
          Map.entry(Landmarks.class, Landmarks.of(.6f, .8f, 77, 97, 114, 5, 6, 7, 8, 9)),
          Map.entry(FactorType.class, FactorType.of("badge", FactorKind.POSSESSION, "hwk")),
          Map.entry(
              LoginStatistics.class,
              new LoginStatistics(
                  AT,
                  AT,
                  true,
                  List.of(),
                  Map.of("expired", 2L),
                  Map.of("password", Map.of("password-wrong", 3L)),
                  Optional.empty(),
                  Optional.empty())),
          Map.entry(StatisticsQuery.class, new StatisticsQuery(AT, AT.plusSeconds(60), 6)),
          Map.entry(Policy.class, Policies.web()),
          Map.entry(Policy.Builder.class, Policy.named("p")),
          Map.entry(
              LivenessChallenge.class,
              new LivenessChallenge(
                  "n",
                  List.of(LivenessAction.TURN_LEFT, LivenessAction.LOOK_UP),
                  List.of(),
                  Duration.ofSeconds(1),
                  Duration.ofSeconds(30))),
          Map.entry(
              ScoreCalibration.class,
              ScoreCalibration.of(
                  List.of(
                      new ScoreCalibration.Point(
                          new ComparisonScore(.3f), FalseMatchRate.oneIn(100)),
                      new ScoreCalibration.Point(
                          new ComparisonScore(.4f), FalseMatchRate.oneIn(1000))))));

  private static final List<String> TRACES =
      List.of(
          "Marker-", // the text
          "4d61726b6572", // hexadecimal
          "TWFya2Vy", // base64
          "77, 97, 114", // Arrays.toString
          "0.6", // the template's values
          "0.8");

  static Stream<Class<?>> types() {
    return ApiArchitectureTest.reflected()
        .filter(type -> !type.isInterface() && !type.isEnum() && !type.isSynthetic())
        .filter(type -> !Modifier.isAbstract(type.getModifiers()))
        .filter(type -> !FaceLockException.class.isAssignableFrom(type))
        .filter(type -> type != Policies.class);
  }

  @ParameterizedTest
  @MethodSource("types")
  void noValuePrintsWhatItHides(Class<?> type) throws ReflectiveOperationException {
    String printed = sample(type, type, "").toString();

    for (String trace : TRACES) {
      assertThat(printed).doesNotContainIgnoringCase(trace);
    }
  }

  private static Object sample(Class<?> type, Type generic, String name)
      throws ReflectiveOperationException {
    if (CLASSES.containsKey(type)) {
      return CLASSES.get(type);
    }
    if (type.isRecord()) {
      return record(type);
    }
    if (type.isEnum()) {
      return type.getEnumConstants()[0];
    }
    if (type.isSealed()) {
      return sample(type.getPermittedSubclasses()[0], type, name);
    }
    if (type == Optional.class) {
      return Optional.of(sample(argument(generic, 0), argument(generic, 0), name));
    }
    if (type == List.class) {
      return List.of(sample(argument(generic, 0), argument(generic, 0), name));
    }
    if (type == Set.class) {
      return Set.of(sample(argument(generic, 0), argument(generic, 0), name));
    }
    if (type == Map.class) {
      Object value = sample(argument(generic, 1), argument(generic, 1), name);
      return Map.of("name", value);
    }
    if (type == Long.class) {
      return 1L;
    }
    if (type == String.class) {
      return SECRET_TEXTS.contains(name) ? MARKER : "text";
    }
    return plain(type);
  }

  private static Object plain(Class<?> type) {
    Map<Class<?>, Object> plain =
        Map.of(
            int.class,
            6,
            long.class,
            1L,
            float.class,
            .5f,
            double.class,
            .05,
            Integer.class,
            5,
            Double.class,
            .05,
            boolean.class,
            true,
            Instant.class,
            AT,
            Duration.class,
            Duration.ofSeconds(30),
            Locale.class,
            Locale.ENGLISH);
    return Optional.ofNullable(plain.get(type))
        .orElseThrow(
            () ->
                new AssertionError(
                    type + " holds nobody knows what: add a sample with a marker to this test"));
  }

  private static Class<?> argument(Type generic, int index) {
    return (Class<?>) ((ParameterizedType) generic).getActualTypeArguments()[index];
  }

  private static Object record(Class<?> type) throws ReflectiveOperationException {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      RecordComponent component = components[i];
      String name = type.getSimpleName() + "." + component.getName();
      values[i] = sample(component.getType(), component.getGenericType(), name);
    }
    if (type.getSimpleName().equals("ModelInfo")) {
      values[5] = "";
    }
    Constructor<?> constructor =
        type.getDeclaredConstructor(
            Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
    constructor.setAccessible(true);
    return constructor.newInstance(values);
  }

  /** The samples that the sweep makes do hold the marker: otherwise it would prove nothing. */
  @ParameterizedTest
  @MethodSource("holders")
  void theMarkerIsReallyThere(String found) {
    assertThat(found).contains("Marker-");
  }

  static Stream<String> holders() throws ReflectiveOperationException {
    Response.Fields fields = (Response.Fields) record(Response.Fields.class);
    Response.Text text = (Response.Text) record(Response.Text.class);
    Response.Frames frames = (Response.Frames) record(Response.Frames.class);
    return Stream.of(
        fields.fields().toString(),
        new String(text.secret().reveal()),
        new String(frames.capture().frames().get(0).encoded(), StandardCharsets.UTF_8),
        new String(
            ((Credential) CLASSES.get(Credential.class)).secretData(), StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @MethodSource("plainValues")
  void whatIsNoSecretStillPrints(Object value, String expected) {
    assertThat(value.toString()).contains(expected);
  }

  static Stream<Arguments> plainValues() throws ReflectiveOperationException {
    return Stream.of(
        Arguments.of(RequestContext.from("door"), "door"),
        Arguments.of(record(Step.class), "number=6"));
  }
}
