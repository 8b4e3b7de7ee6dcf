/** What the stage is given: its settings beside those of the engine and of the cold start, for controls that fine-tune. */
import type { StageContext } from "../base/stage.ts";
import type { ColdstartSection } from "../recipe/sections/coldstart.ts";
import type { EngineSection } from "../recipe/sections/engine.ts";
import type { ReinforceSection } from "../recipe/sections/reinforce.ts";

export type ReinforceContext = StageContext<
  ReinforceSection & { readonly engine: EngineSection; readonly coldstart: ColdstartSection }
>;
