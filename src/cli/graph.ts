/** `fleming graph stats|show|path`: looking into the knowledge graph of a run. */
import { join } from "node:path";
import { findEntity } from "../graph/lookup.ts";
import { renderPaths, shortestPaths } from "../graph/path.ts";
import { renderEntity, showEntity } from "../graph/show.ts";
import { graphStatistics, renderStatistics } from "../graph/statistics.ts";
import { openGraph } from "../graph/store.ts";
import { existingRun, wholeNumber } from "./flags.ts";
import type { Output } from "./output.ts";

interface GraphFlags {
  readonly run: string;
  readonly json?: boolean;
}

function graphFolder(flags: GraphFlags): string {
  return join(existingRun(flags.run), "discover");
}

/** Counts by kind, and every quote held against its page. */
export async function graphStats(flags: GraphFlags, output: Output): Promise<void> {
  const statistics = await graphStatistics(graphFolder(flags));
  if (flags.json) output.json(statistics);
  else output.print(renderStatistics(statistics));
}

/** One entity with its relations and their sentences. */
export async function graphShow(name: string, flags: GraphFlags, output: Output): Promise<void> {
  const shown = showEntity(await openGraph(graphFolder(flags)), name);
  if (flags.json) output.json(shown);
  else output.print(renderEntity(shown));
}

/** The shortest paths between two entities. */
export async function graphPath(
  from: string,
  to: string,
  flags: GraphFlags & { readonly count: string },
  output: Output,
): Promise<void> {
  const graph = await openGraph(graphFolder(flags));
  const [head, tail] = [findEntity(graph, from).id, findEntity(graph, to).id];
  const paths = shortestPaths(graph, head, tail, Math.max(1, wholeNumber(flags.count, "--count")));
  if (flags.json) output.json({ from: head, to: tail, paths });
  else output.print(renderPaths(paths));
}
