/** What decided the course of the two stages (paper §3.3), for the report: the plateau, the rounds, the validation. */
import { shareOf } from "../base/wilson.ts";
import type { SeriesOutcome } from "../models/training-loop.ts";
import type { ReinforceSection } from "../recipe/sections/reinforce.ts";
import type { Curriculum } from "../records/curriculum.ts";
import { isPlateau, plateauFigures, type RewardHistory } from "./plateau.ts";
import type { Stage2State } from "./stages.ts";
import { bestOf, hasStopped } from "./validation.ts";

/** The figures and the words of both stages. */
export function describeCurriculum(
  settings: Pick<ReinforceSection, "plateau" | "stage2">,
  stage1: SeriesOutcome<RewardHistory>,
  stage2: SeriesOutcome<Stage2State>,
): Curriculum {
  const { plateau, stage2: rule } = settings;
  const { slope, sparsity } = plateauFigures(stage1.state);
  const isFlat = isPlateau(stage1.state, plateau);
  const { rounds, validations } = stage2.state;
  const looks = validations.map(({ step, n, right }) => ({ step, ...shareOf(right, n)! }));
  const best = validations.length === 0 ? null : bestOf(validations);
  const isStopped = rounds.length < rule.rounds && hasStopped(validations, rule.patience);
  const figures = `the reward ${slope < 0 ? "falls" : "rises"} by ${Math.abs(slope).toFixed(5)} a step and ${percent(sparsity)} of groups have no spread, over ${stage1.state.reward.length} steps`;
  const limits = `limits ${plateau.slope} and ${percent(plateau.tiedShare)}, for ${plateau.patience} steps in a row`;
  const words = [
    isFlat
      ? `stage 1 ends after ${stage1.steps} steps on a plateau: ${figures} (${limits})`
      : `stage 1 ends after ${stage1.steps} steps, all that it has, without a plateau: ${figures} (${limits})`,
    `stage 2 took ${rounds.length} of at most ${rule.rounds} rounds${isStopped ? `: validation did not improve for ${rule.patience}` : ""}`,
    ...(best === null
      ? []
      : [
          `validation was best ${best === 0 ? "before the first round, so stage 2 keeps the model of stage 1" : `after round ${best}, whose model is kept`}: ${looks.map(({ share }) => percent(share)).join(", ")}`,
        ]),
  ];
  return {
    stage1: { steps: stage1.steps, isPlateau: isFlat, slope, sparsity, rule: { ...plateau } },
    stage2: {
      steps: stage2.steps,
      rounds: rounds.map(({ round, step, paths, rightCounts, tokens, hard }) => ({
        round,
        step,
        paths,
        hard,
        rightCounts: [...rightCounts],
        tokens,
      })),
      validations: looks,
      best,
      isStopped,
    },
    words,
  };
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}
