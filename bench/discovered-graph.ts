/** The graph that discover makes of pages, in a folder that is gone afterwards, for what is measured on it. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { z } from "zod";
import { stageContext } from "../src/base/fixtures/stage-context.ts";
import { runDiscover } from "../src/discover/discover.ts";
import type { KnowledgeGraph } from "../src/graph/graph.ts";
import { openGraph } from "../src/graph/store.ts";
import { discoverSection } from "../src/recipe/sections/discover.ts";

/** Runs discover on the pages of `settings.source`; pages that it rejects are said on stderr. */
export async function discoveredGraph(settings: z.input<typeof discoverSection>): Promise<KnowledgeGraph> {
  const root = await mkdtemp(join(tmpdir(), "fleming-graph-"));
  try {
    const context = stageContext(root, discoverSection.parse(settings), {
      reject: (item, reason) => console.error(`rejected: ${item}: ${reason}`),
    });
    await runDiscover(context);
    return await openGraph(context.folder);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}
