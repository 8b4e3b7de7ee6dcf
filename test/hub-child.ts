/** A process of its own that fetches one model from the Hub of its environment and tells where it lies. */
import { silentLog } from "../src/base/log.ts";
import { resolveModel } from "../src/models/hub.ts";

const path = await resolveModel(process.argv[2]!, silentLog);
process.send?.(path);
process.disconnect?.();
