/** What can go wrong in front of the camera; each has a title and a text that says what to do. */
export type FaultCode =
  | 'insecure'
  | 'unsupported'
  | 'denied'
  | 'policy'
  | 'none'
  | 'busy'
  | 'unplugged'
  | 'silent'
  | 'slow'
  | 'hidden'
  | 'virtual'
  | 'challenge'
  | 'unavailable'
  | 'unknown'
  | 'network'
  | 'server'
  | 'locked'
  | 'refused';

/** A fault that a person can do something about. */
export class CaptureFault extends Error {
  constructor(
    readonly code: FaultCode,
    cause?: unknown,
  ) {
    super(code, { cause });
    this.name = 'CaptureFault';
  }
}

/** What a refusal of `getUserMedia` means. */
export function faultOf(cause: unknown): CaptureFault {
  if (cause instanceof CaptureFault) {
    return cause;
  }
  const name = cause instanceof Error || cause instanceof DOMException ? cause.name : '';
  switch (name) {
    case 'NotAllowedError':
    case 'PermissionDeniedError':
    case 'SecurityError':
      return new CaptureFault(allowedByPolicy() ? 'denied' : 'policy', cause);
    case 'NotFoundError':
    case 'DevicesNotFoundError':
    case 'OverconstrainedError':
      return new CaptureFault('none', cause);
    case 'NotReadableError':
    case 'TrackStartError':
    case 'AbortError':
      return new CaptureFault('busy', cause);
    default:
      return new CaptureFault('unknown', cause);
  }
}

/** Whether the page's Permissions-Policy leaves it the camera; browsers that do not tell say yes. */
function allowedByPolicy(): boolean {
  const policy = (document as { featurePolicy?: { allowsFeature(feature: string): boolean } }).featurePolicy;
  return policy?.allowsFeature('camera') ?? true;
}
