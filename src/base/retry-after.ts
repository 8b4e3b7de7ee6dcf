/** How long a server asks its client to wait: Retry-After as seconds or as a date (RFC 9110, 10.2.3). */

/** Milliseconds; undefined where nothing is asked. A date is read by the server's own clock where it shows one. */
export function retryAfterMs(headers: Headers, now = Date.now()): number | undefined {
  const text = headers.get("retry-after")?.trim();
  if (text === undefined) return undefined;
  if (/^\d+(?:\.\d+)?$/u.test(text)) return 1000 * Number(text);
  const shown = Date.parse(headers.get("date") ?? "");
  const ms = Date.parse(text) - (Number.isNaN(shown) ? now : shown);
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
