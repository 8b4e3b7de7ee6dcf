// Forms of Retry-After that RFC 9110 allows, and what is none.
import { expect, test } from "vitest";
import { retryAfterMs } from "./retry-after.ts";

const noon = Date.parse("2026-01-01T12:00:00Z");
const later = "Thu, 01 Jan 2026 12:00:30 GMT";

test("seconds and dates become milliseconds, anything else is nothing", () => {
  const of = (headers: Record<string, string>): number | undefined =>
    retryAfterMs(new Headers(headers), noon);
  expect(of({})).toBeUndefined();
  expect(of({ "retry-after": "7" })).toBe(7000);
  expect(of({ "retry-after": " 1.5 " })).toBe(1500);
  expect(of({ "retry-after": later })).toBe(30_000);
  expect(of({ "retry-after": later, date: "Thu, 01 Jan 2026 12:00:20 GMT" })).toBe(10_000);
  expect(of({ "retry-after": later, date: "Thu, 01 Jan 2026 13:00:00 GMT" })).toBe(0);
  expect(of({ "retry-after": "soon" })).toBeUndefined();
});
