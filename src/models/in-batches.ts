/**
 * A sampler that tells its replies at the end of a call, made to tell them batch by batch, so that a kill loses a batch
 * at most, and to ask before each request whether it may be sent, as samplers do that cost something.
 */
import { setImmediate } from "node:timers/promises";
import type { Reply, ReplyRequest, Sampler } from "./sampler.ts";

/** The same sampler, asked `size` requests at a time. */
export function inBatches(sampler: Sampler, size: number): Sampler {
  return {
    name: sampler.name,
    async answer(requests, options = {}) {
      const { signal, admit, onMissing } = options;
      const replies: Reply[] = [];
      let batch: ReplyRequest[] = [];
      const send = async (): Promise<void> => {
        signal?.throwIfAborted();
        if (batch.length > 0) replies.push(...(await sampler.answer(batch, options)));
        batch = [];
      };
      for (const [at, request] of requests.entries()) {
        const admission = Promise.resolve(admit?.(request) ?? true);
        // One that waits for the cost of those under way would wait for its own batch.
        const isSettled = await Promise.race([admission.then(() => true), setImmediate(false)]);
        if (!isSettled) await send();
        if (!(await admission)) {
          await send();
          for (const { id } of requests.slice(at))
            onMissing?.({ id, cause: "budget", reason: `request "${id}" was not sent: the budget is spent` });
          return replies;
        }
        batch.push(request);
        if (batch.length === size) await send();
      }
      await send();
      return replies;
    },
  };
}
