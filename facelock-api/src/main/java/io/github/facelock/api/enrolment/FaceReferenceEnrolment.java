package io.github.facelock.api.enrolment;

import io.github.facelock.api.RequestContext;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.LivenessChallenge;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Biometric references. Thread-safe; the application guards these methods. */
public interface FaceReferenceEnrolment {

  /**
   * Adds a face to the subject's references, after checks of quality, liveness, sameness over the
   * frames, agreement with the references that exist, duplicates among other subjects, and the
   * watch-list.
   *
   * @param subject an active subject
   * @param capture one or more frames of the person
   * @param consent what the person agreed to
   * @return what became of it
   */
  FaceEnrolment enrolFace(SubjectId subject, Capture capture, Consent consent);

  /**
   * Draws what the person is asked to do in front of the camera while being enrolled, as a login
   * would ask it. The caller keeps the challenge and the time at which it was drawn, where the
   * person cannot write, and uses both once.
   *
   * @param subject who will be enrolled
   * @param request where the wish came from; its {@link io.github.facelock.api.face.LivenessNeed
   *     needs} leave actions out
   * @return the challenge; empty if no policy asks for one, then {@link #enrolFace(SubjectId,
   *     Capture, Consent)} judges pictures
   * @throws IllegalArgumentException if the needs leave too few challenges
   */
  Optional<LivenessChallenge> drawChallenge(SubjectId subject, RequestContext request);

  /**
   * Adds a face from a clip that answers a challenge, judged as strictly as the strictest policy
   * judges a login; the checks of {@link #enrolFace(SubjectId, Capture, Consent)} follow.
   *
   * @param subject an active subject
   * @param clip what the camera saw, from before the first action until after the last
   * @param consent what the person agreed to
   * @param challenge from {@link #drawChallenge}, not answered before
   * @param waited from the drawing to the arrival of the clip, by the caller's clock
   * @return what became of it; {@link io.github.facelock.api.face.Guidance#REPEAT_CHALLENGE} if the
   *     answer came too late
   */
  FaceEnrolment enrolFace(
      SubjectId subject,
      Capture clip,
      Consent consent,
      LivenessChallenge challenge,
      Duration waited);

  /**
   * Adds a face from pictures that were taken elsewhere, a passport photograph for example. No
   * liveness is judged, as a photograph has none: somebody has seen that it is the person's. All
   * other checks are those of {@link #enrolFace}.
   *
   * @param subject an active subject
   * @param pictures one or more pictures of the person alone
   * @param consent what the person agreed to
   * @return what became of it
   */
  FaceEnrolment enrolFaceFromUpload(SubjectId subject, Capture pictures, Consent consent);

  /**
   * Lists what is kept of a subject's face.
   *
   * @param subject the subject
   * @return the references of all models, in the order in which they were made
   */
  List<FaceReference> faceReferences(SubjectId subject);

  /**
   * Forgets what was learnt at logins; the enrolled references stay.
   *
   * @param subject the subject
   * @return how many adapted references there were
   */
  int undoFaceAdaptation(SubjectId subject);
}
