/** A process of its own that reads a list of titles from a wiki into a cache, a few at a time, until it is killed. */
import { openApi } from "../src/discover/sources/api/open-api.ts";
import { discoverSection } from "../src/recipe/sections/discover.ts";

const [address, cache, list] = process.argv.slice(2) as [string, string, string];
const { api } = discoverSection.parse({ api: { userAgent: "test/1.0 (https://example.org/test)", cache } });
const source = openApi(address, api, { reject: () => {} });
const titles = JSON.parse(list) as string[];
for (let at = 0; at < titles.length; at += 3) {
  await source.lookup(titles.slice(at, at + 3), new AbortController().signal);
  // From here on the next page may be half written at any moment.
  if (at === 0) process.send?.("under way");
}
process.disconnect?.();
