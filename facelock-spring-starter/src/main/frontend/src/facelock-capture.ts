import { FaceLockCapture, type CaptureEvents } from './element';

export { FaceLockCapture };
export type { CapturedDetail, CaptureEvents } from './element';

declare global {
  interface HTMLElementTagNameMap {
    'facelock-capture': FaceLockCapture;
  }
  interface HTMLElementEventMap {
    'facelock-captured': CustomEvent<CaptureEvents['facelock-captured']>;
    'facelock-needs': CustomEvent<CaptureEvents['facelock-needs']>;
    'facelock-expired': CustomEvent<CaptureEvents['facelock-expired']>;
    'facelock-another-factor': CustomEvent<CaptureEvents['facelock-another-factor']>;
    'facelock-start': CustomEvent<CaptureEvents['facelock-start']>;
    'facelock-retry': CustomEvent<CaptureEvents['facelock-retry']>;
    'facelock-fault': CustomEvent<CaptureEvents['facelock-fault']>;
    'facelock-state': CustomEvent<CaptureEvents['facelock-state']>;
  }
}

if (customElements.get('facelock-capture') === undefined) {
  customElements.define('facelock-capture', FaceLockCapture);
}
