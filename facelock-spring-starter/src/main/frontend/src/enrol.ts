import { FaceEnrolment } from './face-enrolment';
import { FaceLockCapture } from './facelock-capture';
import { browserTravel } from './travel';

document.querySelectorAll('facelock-capture[data-submit]').forEach((capture) => {
  if (capture instanceof FaceLockCapture) {
    new FaceEnrolment(capture, browserTravel);
  }
});
