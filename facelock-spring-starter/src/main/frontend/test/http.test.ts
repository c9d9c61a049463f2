import { beforeEach, describe, expect, it, vi } from 'vitest';
import { framesForm, post, sameOrigin, serverOf } from '../src/http';

beforeEach(() => {
  document.head.innerHTML =
    '<meta name="facelock-base" content="/auth/"><meta name="facelock-csrf" content="t0ken">';
});

describe('The server', () => {
  it('is read from the page', () => {
    expect(serverOf()).toEqual({ base: '/auth', csrf: 't0ken', csrfHeader: 'X-CSRF-TOKEN' });
    document.head.innerHTML = '<meta name="facelock-csrf-header" content="X-XSRF">';
    expect(serverOf()).toEqual({ base: '/facelock', csrf: '', csrfHeader: 'X-XSRF' });
  });

  it('gets the token, the language, and no cookie of another site', async () => {
    const fetched = vi.fn(() => Promise.resolve(new Response('{"a":1}', { status: 200 })));
    vi.stubGlobal('fetch', fetched);
    const answer = await post(serverOf(), '/x', { b: 2 }, { language: 'hi' });
    expect(answer).toEqual({ status: 200, body: { a: 1 }, retryAfterMs: undefined });
    expect(fetched).toHaveBeenCalledWith(
      '/x',
      expect.objectContaining({
        method: 'POST',
        body: '{"b":2}',
        credentials: 'same-origin',
        redirect: 'error',
        headers: expect.objectContaining({
          'X-CSRF-TOKEN': 't0ken',
          'Content-Type': 'application/json',
          'Accept-Language': 'hi',
        }) as unknown,
      }),
    );
  });

  it.each([['<html>'], ['null'], ['"text"'], ['']])(
    'may answer %j, which is no JSON object',
    async (text) => {
      vi.stubGlobal(
        'fetch',
        vi.fn(() => Promise.resolve(new Response(text, { status: 500, headers: { 'Retry-After': '3' } }))),
      );
      expect(await post(serverOf(), '/x', {})).toEqual({ status: 500, body: undefined, retryAfterMs: 3_000 });
    },
  );
});

describe('The form of a recording', () => {
  it('has the request as JSON with the times, then the frames in order', async () => {
    const frames = [0, 1, 2].map((n) => new Blob([String(n)], { type: 'image/jpeg' }));
    const form = framesForm({ transaction: 'h', factor: 'face' }, frames, [0, 100, 203]);
    const entries = [...form.entries()];
    expect(entries.map(([name]) => name)).toEqual(['request', 'frame', 'frame', 'frame']);
    const request = entries[0]?.[1] as File;
    expect(request.type).toBe('application/json');
    expect(JSON.parse(await request.text())).toEqual({
      transaction: 'h',
      factor: 'face',
      times: [0, 100, 203],
    });
    expect(await Promise.all(entries.slice(1).map(([, file]) => (file as File).text()))).toEqual([
      '0',
      '1',
      '2',
    ]);
    expect((entries[1]?.[1] as File).type).toBe('image/jpeg');
  });
});

describe('An address', () => {
  it('is followed only within the site', () => {
    expect(sameOrigin('/home')).toBe(`${location.origin}/home`);
    for (const elsewhere of [
      'https://evil.example/',
      '//evil.example/x',
      '/\\evil.example',
      'javascript:alert(1)',
      'data:text/html,x',
      'http://[',
      undefined,
      null,
      7,
    ]) {
      expect(sameOrigin(elsewhere)).toBeUndefined();
    }
  });
});
