import { FaceLockCapture } from './facelock-capture';
import { FaceStep } from './face-step';
import { browserTravel } from './travel';

document.querySelectorAll('facelock-capture[data-transaction]').forEach((capture) => {
  if (capture instanceof FaceLockCapture) {
    new FaceStep(capture, browserTravel).begin();
  }
});
