import { describe, expect, it, vi } from 'vitest';
import { openVirtualCamera, readClips } from '../src/virtual-camera';

const base = new URL('http://localhost/camera/anna/clips.json');

describe('The list of a virtual camera', () => {
  it('has pictures with times, or a tenth of a second apart, beside the list', () => {
    const clips = readClips(
      {
        'hold-still': [
          { url: 'still/0.jpg', at: 0 },
          { url: '/other/1.jpg', at: 83 },
        ],
        'turn-left': ['left/0.jpg', 'left/1.jpg'],
        juggle: ['ball.jpg'],
      },
      base,
    );
    expect(clips).toEqual({
      'hold-still': [
        { url: 'http://localhost/camera/anna/still/0.jpg', at: 0 },
        { url: 'http://localhost/other/1.jpg', at: 83 },
      ],
      'turn-left': [
        { url: 'http://localhost/camera/anna/left/0.jpg', at: 0 },
        { url: 'http://localhost/camera/anna/left/1.jpg', at: 100 },
      ],
    });
  });

  it.each([
    [null],
    ['text'],
    [{}],
    [{ 'turn-left': ['a.jpg'] }],
    [{ 'hold-still': [] }],
    [{ 'hold-still': [{ url: 'a.jpg' }] }],
    [{ 'hold-still': [{ url: 'a.jpg', at: -1 }] }],
  ])('is refused where it is %j', (list) => {
    expect(() => readClips(list, base)).toThrow('virtual');
  });

  it.each([
    ['is not there', new Response('', { status: 404 })],
    ['is no JSON', new Response('<html>', { status: 200 })],
  ])('is a fault of the virtual camera where it %s', async (_, answer) => {
    vi.stubGlobal(
      'fetch',
      vi.fn(() => Promise.resolve(answer)),
    );
    await expect(openVirtualCamera('/camera/')).rejects.toMatchObject({ code: 'virtual' });
  });
});
