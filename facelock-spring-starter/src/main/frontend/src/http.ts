/** Where the server's JSON is, and the token that changes need; from the page's meta elements. */
export interface Server {
  readonly base: string;
  readonly csrfHeader: string;
  readonly csrf: string;
}

/** Reads `facelock-base`, `facelock-csrf` and, where it has another name, `facelock-csrf-header`. */
export function serverOf(page: Document = document): Server {
  return {
    base: (meta(page, 'facelock-base') ?? '/facelock').replace(/\/$/, ''),
    csrf: meta(page, 'facelock-csrf') ?? '',
    csrfHeader: meta(page, 'facelock-csrf-header') ?? 'X-CSRF-TOKEN',
  };
}

/** The content of a meta element. */
export function meta(page: Document, name: string): string | undefined {
  return page.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content;
}

/** An answer, whatever its status; `body` is undefined where it is no JSON. */
export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>> | undefined;
  readonly retryAfterMs: number | undefined;
}

/**
 * Sends JSON or a form.
 *
 * @throws if there was no answer at all: a broken connection, or the signal
 */
export async function post(
  server: Server,
  url: string,
  body: FormData | object,
  options: { readonly language?: string; readonly signal?: AbortSignal } = {},
): Promise<Answer> {
  const headers: Record<string, string> = { Accept: 'application/json, application/problem+json' };
  if (server.csrf !== '') {
    headers[server.csrfHeader] = server.csrf;
  }
  if (options.language !== undefined) {
    headers['Accept-Language'] = options.language;
  }
  if (!(body instanceof FormData)) {
    headers['Content-Type'] = 'application/json';
  }
  const answer = await fetch(url, {
    method: 'POST',
    headers,
    body: body instanceof FormData ? body : JSON.stringify(body),
    credentials: 'same-origin',
    cache: 'no-store',
    redirect: 'error',
    ...(options.signal ? { signal: options.signal } : {}),
  });
  const after = Number(answer.headers.get('Retry-After') ?? Number.NaN);
  return {
    status: answer.status,
    body: await jsonOf(answer),
    retryAfterMs: Number.isFinite(after) ? after * 1_000 : undefined,
  };
}

async function jsonOf(answer: Response): Promise<Answer['body']> {
  try {
    const body: unknown = await answer.json();
    return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The multipart form of a recording: one part `request` of JSON, and the frames in order.
 *
 * @param request what stands beside the frames; their times are added
 */
export function framesForm(
  request: Readonly<Record<string, unknown>>,
  frames: readonly Blob[],
  times: readonly number[],
): FormData {
  const form = new FormData();
  form.append(
    'request',
    new Blob([JSON.stringify({ ...request, times })], { type: 'application/json' }),
    'request.json',
  );
  frames.forEach((frame, index) => {
    form.append('frame', frame, `${String(index).padStart(3, '0')}.jpg`);
  });
  return form;
}

/** An address of this site, or undefined: nobody is sent elsewhere by an answer. */
export function sameOrigin(address: unknown): string | undefined {
  if (typeof address !== 'string') {
    return undefined;
  }
  try {
    const url = new URL(address, document.baseURI);
    return url.origin === location.origin ? url.href : undefined;
  } catch {
    return undefined;
  }
}
