/** A thread that surveys portions, one after another; what it is sent and sends is in `survey-threads.ts`. */
import { parentPort } from "node:worker_threads";
import { boundary, invariant, messageOf, UsageError } from "../base/errors.ts";
import { portionName, surveyPortion } from "./survey-portion.ts";
import type { SurveyReply, SurveyTask } from "./survey-threads.ts";

const port = parentPort;
invariant(port !== null, "survey-thread.ts is the module of a thread");
port.on("message", async ({ portion, folder }: SurveyTask) => {
  // A message loses the code of an error, so it is classified on this side.
  const work = boundary(portionName(portion), () => surveyPortion(portion, folder));
  port.postMessage(
    await work.then(
      (counts): SurveyReply => ({ counts }),
      (error: unknown): SurveyReply => ({
        failure: { message: messageOf(error), isUsage: error instanceof UsageError },
      }),
    ),
  );
});
