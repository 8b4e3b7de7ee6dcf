/** Who verifies labels: the model at an endpoint, its replies kept on disk, or the graph when no model is named. */
import { join } from "node:path";
import type { KnowledgeGraph } from "../../graph/graph.ts";
import { openEndpoint } from "../../models/endpoint.ts";
import { graphValidator } from "../../models/graph-validator/graph-validator.ts";
import { keptReplies } from "../../models/reply-cache.ts";
import type { Sampler } from "../../models/sampler.ts";
import type { EndpointSection } from "../../recipe/sections/endpoint.ts";

/** The validator of a recipe; `kept` is the folder that outlives the stage. */
export function labelSampler(
  validator: EndpointSection | undefined,
  graph: KnowledgeGraph,
  kept: string,
  notice: (text: string) => void,
): Sampler {
  if (validator === undefined) return graphValidator(graph);
  const { url, name, keyVariable, concurrency } = validator;
  return keptReplies(
    openEndpoint({ url, model: name, keyVariable, concurrency, notice }),
    join(kept, "labels"),
  );
}
