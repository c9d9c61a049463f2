import { beforeEach, describe, expect, it, vi } from 'vitest';
import { openCamera, rememberCamera } from '../src/camera';

const fail = (name: string): Promise<never> => Promise.reject(new DOMException('no', name));

function devices(getUserMedia: (wish: MediaStreamConstraints) => Promise<MediaStream>): void {
  vi.stubGlobal('isSecureContext', true);
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia: vi.fn(getUserMedia) } });
}

beforeEach(() => {
  localStorage.clear();
});

describe('A camera', () => {
  it.each([
    ['NotAllowedError', 'denied'],
    ['SecurityError', 'denied'],
    ['NotFoundError', 'none'],
    ['OverconstrainedError', 'none'],
    ['NotReadableError', 'busy'],
    ['AbortError', 'busy'],
    ['TypeError', 'unknown'],
  ])('that the browser refuses with %s is %s', async (name, code) => {
    devices(() => fail(name));
    await expect(openCamera()).rejects.toMatchObject({ code });
  });

  it('that the page’s policy keeps from it is told so', async () => {
    devices(() => fail('NotAllowedError'));
    Object.assign(document, { featurePolicy: { allowsFeature: () => false } });
    await expect(openCamera()).rejects.toMatchObject({ code: 'policy' });
    Reflect.deleteProperty(document, 'featurePolicy');
  });

  it('is had in a secure context only, and in browsers that have one', async () => {
    vi.stubGlobal('isSecureContext', false);
    await expect(openCamera()).rejects.toMatchObject({ code: 'insecure' });
    vi.stubGlobal('isSecureContext', true);
    vi.stubGlobal('navigator', {});
    await expect(openCamera()).rejects.toMatchObject({ code: 'unsupported' });
  });

  it('that was remembered and is gone gives way to another', async () => {
    rememberCamera('gone');
    const wishes: unknown[] = [];
    devices((wish) => {
      wishes.push(wish.video);
      return fail('OverconstrainedError');
    });
    await expect(openCamera()).rejects.toMatchObject({ code: 'none' });
    expect(wishes).toEqual([
      expect.objectContaining({ deviceId: { exact: 'gone' } }),
      expect.objectContaining({ facingMode: 'user' }),
    ]);
  });
});
