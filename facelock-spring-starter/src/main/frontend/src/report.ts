/** Text of the server, or nothing. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** When one may try again, as the person's clock shows it. */
export function timeOf(until: unknown, retryAfterMs: number | undefined): string {
  const at = typeof until === 'string' ? new Date(until) : new Date(Date.now() + (retryAfterMs ?? 60_000));
  return Number.isNaN(at.getTime())
    ? ''
    : at.toLocaleTimeString(document.documentElement.lang || undefined, {
        hour: '2-digit',
        minute: '2-digit',
      });
}
