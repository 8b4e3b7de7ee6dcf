/** Trajectories of the cold start: written by the teacher, kept only when every check of every turn holds. */
import type { Random } from "../base/random.ts";
import type { Teacher } from "../models/graph-teacher.ts";
import type { SyntheticQuestion } from "../records/question.ts";
import type { Trajectory } from "../records/trajectory.ts";
import { rewardOf } from "../verify/reward.ts";

/** One trajectory a question; a question whose trajectory fails a check is rejected with the check that failed. */
export function writeTrajectories(
  questions: readonly SyntheticQuestion[],
  teacher: Teacher,
  random: Random,
  reject: (item: string, reason: string) => void,
): Trajectory[] {
  return questions.flatMap((question) => {
    const trajectory = teacher(question, random);
    const failure = firstFailure(question, trajectory);
    if (failure === undefined) return [trajectory];
    reject(question.id, failure);
    return [];
  });
}

/** The check that a trajectory fails, in words: an edge that is not there, or a reply the verifier does not accept. */
function firstFailure(question: SyntheticQuestion, trajectory: Trajectory): string | undefined {
  const turnCheck = trajectory.turns.flatMap((turn) => turn.checks).find((check) => !check.passed);
  if (turnCheck !== undefined) return `${turnCheck.name}: ${turnCheck.found}`;
  const reward = rewardOf({ question, reply: trajectory.reply, finish: "stop" });
  const rewardCheck = reward.checks.find((check) => !check.passed);
  return rewardCheck === undefined ? undefined : `${rewardCheck.name}: ${rewardCheck.found}`;
}
