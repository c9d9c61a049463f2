// The starter's JSON. One place that knows the base path, the CSRF token and what a problem looks like.
const base = document.documentElement.dataset.base ?? '/facelock';
const admin = `${base}/api/admin`;

let token;

async function csrf() {
  token ??= fetch(`${base}/api/csrf`, { headers: { Accept: 'application/json' } }).then((answer) => answer.json());
  return token;
}

/** What went wrong, in words; `problem` is the document of RFC 9457 where there is one. */
export class Refused extends Error {
  constructor(status, problem) {
    super(problem?.detail ?? (status ? `The server answered ${status}.` : 'The server cannot be reached.'));
    this.status = status;
    this.problem = problem ?? {};
    this.code = String(this.problem.type ?? '').replace('urn:facelock:problem:', '');
  }
}

async function send(method, path, { query, json, file, type, repeat = true } = {}) {
  const address = new URL(admin + path, location.href);
  for (const [name, value] of Object.entries(query ?? {})) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== '') address.searchParams.append(name, one);
    }
  }
  const headers = { Accept: 'application/json, application/problem+json' };
  let body;
  if (json !== undefined) {
    headers['Content-Type'] = 'application/json';
    body = JSON.stringify(json);
  } else if (file) {
    headers['Content-Type'] = type ?? file.type;
    body = file;
  }
  let answer;
  try {
    if (method !== 'GET') {
      const { headerName, token: value } = await csrf();
      headers[headerName] = value;
    }
    answer = await fetch(address, { method, headers, body, cache: 'no-store' });
  } catch {
    throw new Refused(0);
  }
  if (answer.ok) {
    return answer.status === 204 || !answer.headers.get('Content-Type')?.includes('json') ? undefined : answer.json();
  }
  const problem = answer.headers.get('Content-Type')?.includes('json') ? await answer.json().catch(() => undefined) : undefined;
  const refused = new Refused(answer.status, problem);
  if (refused.code === 'csrf' && repeat) {
    token = undefined;
    return send(method, path, { query, json, file, type, repeat: false });
  }
  if (answer.status === 401) location.assign(`${base}/login`);
  throw refused;
}

export const get = (path, query) => send('GET', path, { query });
export const post = (path, json) => send('POST', path, { json });
export const put = (path, json) => send('PUT', path, { json });
export const remove = (path) => send('DELETE', path);
export const upload = (path, file, query, type) => send('POST', path, { file, query, type });
export const address = (path, query = {}) => {
  const full = new URL(admin + path, location.href);
  for (const [name, value] of Object.entries(query)) if (value) full.searchParams.append(name, value);
  return full.pathname + full.search;
};
