package io.github.facelock.api.enrolment;

import io.github.facelock.api.SubjectId;
import io.github.facelock.api.face.Capture;
import java.util.List;

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
