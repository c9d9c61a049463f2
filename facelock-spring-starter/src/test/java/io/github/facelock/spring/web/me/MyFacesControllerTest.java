package io.github.facelock.spring.web.me;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.http.MediaType.APPLICATION_JSON;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.FaceReference;
import io.github.facelock.api.face.CapturedFrame;
import io.github.facelock.api.face.LivenessChallenge;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.request.MockMultipartHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import tools.jackson.databind.json.JsonMapper;

class MyFacesControllerTest extends Account {

  private static final String FACES = "/facelock/api/me/faces";

  private final List<SubjectId> people = new ArrayList<>();

  private SubjectId person() {
    SubjectId subject = somebody();
    people.add(subject);
    return subject;
  }

  /** A face is one person's here. */
  @AfterEach
  void forget() {
    people.forEach(faceLock.enrolment()::erase);
  }

  private static MockMultipartFile beside(String json) {
    return new MockMultipartFile(
        "request", "request.json", "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  private static MockMultipartHttpServletRequestBuilder upload(byte[]... pictures) {
    MockMultipartHttpServletRequestBuilder form =
        multipart(FACES).file(beside("{\"consent\":true}"));
    for (byte[] picture : pictures) {
      form.file(new MockMultipartFile("picture", "me.jpg", "image/jpeg", picture));
    }
    return form;
  }

  private static MockMultipartHttpServletRequestBuilder frames(List<CapturedFrame> frames) {
    MockMultipartHttpServletRequestBuilder form =
        multipart(FACES)
            .file(
                beside(
                    "{\"consent\":true,\"subject\":\"mallory\",\"times\":"
                        + frames.stream().map(frame -> frame.at().toMillis()).toList()
                        + "}"));
    frames.forEach(
        frame -> form.file(new MockMultipartFile("frame", "0.jpg", "image/jpeg", frame.encoded())));
    return form;
  }

  private LivenessChallenge draw(RequestPostProcessor login, MockHttpSession session)
      throws Exception {
    String drawn =
        body(
            send(
                post(FACES + "/challenge").contentType(APPLICATION_JSON).content("{}"),
                login,
                session));
    Map<String, String> parameters = new HashMap<>();
    JsonMapper.shared()
        .readTree(drawn)
        .get("parameters")
        .properties()
        .forEach(entry -> parameters.put(entry.getKey(), entry.getValue().asString()));
    return LivenessChallenge.in(parameters).orElseThrow();
  }

  @Test
  void whoDoesWhatIsAskedIsEnrolledOnceForEachChallenge() throws Exception {
    SubjectId anna = person();
    RequestPostProcessor login = as(anna, FactorType.PASSWORD);
    MockHttpSession session = new MockHttpSession();
    List<CapturedFrame> clip = List.of();
    String answer = "";
    // One of twenty simulated people is not believed; a person tries again.
    for (int tries = 0; tries < 4 && !answer.contains("references"); tries++) {
      clip = DemoFaces.answer(draw(login, session));
      clock.advance(clip.get(clip.size() - 1).at().plus(Duration.ofSeconds(1)));
      // Not in another session, and there the challenge is not spent.
      assertThat(body(send(frames(clip), login, new MockHttpSession())))
          .contains("repeat-challenge");
      answer = body(send(frames(clip), login, session));
    }
    assertThat(answer).contains("references");
    assertThat(faceLock.enrolment().faceReferences(anna))
        .isNotEmpty()
        .allMatch(face -> face.kind() == FaceReference.Kind.ENROLLED)
        .allMatch(face -> face.consent().document().equals("facelock-face-consent-1-en"));
    assertThat(body(send(frames(clip), login, session))).contains("repeat-challenge");

    mvc.perform(get(FACES).with(login))
        .andExpect(jsonPath("[0].kind").value("enrolled"))
        .andExpect(jsonPath("[0].template").doesNotExist());
  }

  @Test
  void aChallengeIsNotAnsweredByAnotherPersonOfTheSession() throws Exception {
    SubjectId anna = person();
    SubjectId bert = person();
    MockHttpSession session = new MockHttpSession();
    draw(as(anna, FactorType.PASSWORD), session);
    CapturedFrame frame = CapturedFrame.encoded(Duration.ZERO, DemoFaces.bea());
    assertThat(body(send(frames(List.of(frame)), as(bert, FactorType.PASSWORD), session)))
        .contains("repeat-challenge");
  }

  @Test
  void aStillPictureIsNoAnswerToAChallenge() throws Exception {
    SubjectId anna = person();
    RequestPostProcessor login = as(anna, FactorType.PASSWORD);
    MockHttpSession session = new MockHttpSession();
    draw(login, session);
    List<CapturedFrame> still =
        IntStream.range(0, 30)
            .mapToObj(i -> CapturedFrame.encoded(Duration.ofMillis(100L * i), DemoFaces.bea()))
            .toList();
    clock.advance(Duration.ofSeconds(5));
    assertThat(statusOf(send(frames(still), login, session))).isIn(409, 422);
    assertThat(faceLock.enrolment().faceReferences(anna)).isEmpty();
  }

  @Test
  void whoCanDoNothingThatCouldBeAskedIsTold() throws Exception {
    SubjectId anna = person();
    assertThat(
            body(
                send(
                    post(FACES + "/challenge")
                        .contentType(APPLICATION_JSON)
                        .content("{\"needs\":[\"no-turning\",\"no-nodding\"]}"),
                    as(anna, FactorType.PASSWORD))))
        .contains("\"liveness\":\"unavailable\"");
    assertThat(
            body(
                send(
                    post(FACES + "/challenge")
                        .contentType(APPLICATION_JSON)
                        .content("{\"needs\":[\"no-nodding\",\"what\"]}"),
                    as(anna, FactorType.PASSWORD))))
        .contains("turn-")
        .doesNotContain("look-");
  }

  @Test
  void aPictureIsEnrolledAndRemovedByItsOwnerOnly() throws Exception {
    SubjectId anna = person();
    SubjectId mallory = person();
    RequestPostProcessor login = as(anna, FactorType.PASSWORD);
    assertThat(statusOf(send(upload(DemoFaces.bea()), login))).isEqualTo(201);
    FaceReference face = faceLock.enrolment().faceReferences(anna).get(0);
    assertThat(face.kind()).isEqualTo(FaceReference.Kind.UPLOADED);
    String path = FACES + "/" + face.id().value();

    assertThat(statusOf(send(delete(path), as(mallory, FactorType.PASSWORD)))).isEqualTo(404);
    assertThat(faceLock.enrolment().faceReferences(anna)).hasSize(1);
    // Neither by the face alone, where there is something else.
    assertThat(body(send(delete(path), as(anna, FactorType.FACE)))).contains("step-up-required");
    assertThat(statusOf(send(delete(path), login))).isEqualTo(204);
    assertThat(faceLock.enrolment().faceReferences(anna)).isEmpty();
  }

  @Test
  void nobodySavesAnothersFaceAndNobodyLearnsWhoseItIs() throws Exception {
    SubjectId anna = person();
    SubjectId mallory = person();
    send(upload(DemoFaces.bea()), as(anna, FactorType.PASSWORD));
    var answer = send(upload(DemoFaces.bea()), as(mallory, FactorType.PASSWORD));
    assertThat(statusOf(answer)).isEqualTo(409);
    assertThat(body(answer)).contains("face-refused").doesNotContain(anna.value(), "duplicate");
    assertThat(faceLock.enrolment().faceReferences(mallory)).isEmpty();
  }

  @Test
  void anotherPersonIsNotAddedToAFace() throws Exception {
    SubjectId anna = person();
    RequestPostProcessor login = as(anna, FactorType.PASSWORD);
    send(upload(DemoFaces.bea()), login);
    assertThat(body(send(upload(DemoFaces.dora()), login))).contains("face-different-person");
    assertThat(faceLock.enrolment().faceReferences(anna)).hasSize(1);
  }

  @Test
  void whatIsWrongWithAPictureIsTold() throws Exception {
    SubjectId anna = person();
    RequestPostProcessor login = as(anna, FactorType.PASSWORD);
    byte[] text = "this is no picture".getBytes(StandardCharsets.UTF_8);
    assertThat(body(send(upload(DemoFaces.two()), login)))
        .contains("not-acquired", "\"code\":\"several-faces\"", "\"text\":");
    assertThat(body(send(upload(text), login))).contains("unreadable-picture");
    assertThat(body(send(upload(new byte[0]), login))).contains("unreadable-picture");
    assertThat(body(send(upload(bomb()), login))).contains("unreadable-picture");
    assertThat(statusOf(send(upload(new byte[2_000_000]), login))).isEqualTo(413);
    assertThat(faceLock.enrolment().faceReferences(anna)).isEmpty();
  }

  /** A picture of 60 000 × 60 000 pixels in a few bytes: refused before it is decoded. */
  private static byte[] bomb() {
    ByteBuffer header =
        ByteBuffer.allocate(13).putInt(60_000).putInt(60_000).put(new byte[] {8, 2, 0, 0, 0});
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
    byte[] type = "IHDR".getBytes(StandardCharsets.US_ASCII);
    CRC32 checksum = new CRC32();
    checksum.update(type);
    checksum.update(header.array());
    png.writeBytes(ByteBuffer.allocate(4).putInt(13).array());
    png.writeBytes(type);
    png.writeBytes(header.array());
    png.writeBytes(ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array());
    return png.toByteArray();
  }

  @Test
  void withoutConsentNothingIsLookedAt() throws Exception {
    SubjectId anna = person();
    RequestPostProcessor login = as(anna, FactorType.PASSWORD);
    for (String beside : List.of("{}", "{\"consent\":false}", "{\"consent\":null}")) {
      assertThat(
              body(
                  send(
                      multipart(FACES)
                          .file(beside(beside))
                          .file(
                              new MockMultipartFile(
                                  "picture", "me.jpg", "image/jpeg", DemoFaces.bea())),
                      login)))
          .contains("consent-missing");
    }
    assertThat(
            statusOf(
                send(
                    multipart(FACES)
                        .file(beside("[1"))
                        .file(new MockMultipartFile("picture", DemoFaces.bea())),
                    login)))
        .isEqualTo(400);
    assertThat(faceLock.enrolment().faceReferences(anna)).isEmpty();
  }

  @Test
  void timesAndFramesMustAgree() throws Exception {
    SubjectId anna = person();
    RequestPostProcessor login = as(anna, FactorType.PASSWORD);
    MockHttpSession session = new MockHttpSession();
    draw(login, session);
    assertThat(
            statusOf(
                send(
                    multipart(FACES)
                        .file(beside("{\"consent\":true,\"times\":[0,100]}"))
                        .file(new MockMultipartFile("frame", DemoFaces.bea())),
                    login,
                    session)))
        .isEqualTo(400);
  }
}
