/** Places for work that may go on at the same time; whoever finds none waits in the order of coming. */
import { SourceRefused } from "./waits.ts";

interface Slots {
  /** Runs `work` in a place of its own. @throws the signal's reason when it is aborted before that. */
  run<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T>;
}

/** `width` places. When the wiki refuses one, those that wait at that moment are refused with it. */
export function openSlots(width: number): Slots {
  let free = width;
  let refusal: SourceRefused | undefined;
  const waiting: (() => void)[] = [];

  function place(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const enter = (): void => {
        signal.removeEventListener("abort", leave);
        resolve();
      };
      const leave = (): void => {
        waiting.splice(waiting.indexOf(enter), 1);
        reject(signal.reason);
      };
      waiting.push(enter);
      signal.addEventListener("abort", leave, { once: true });
    });
  }

  return {
    async run(signal, work) {
      signal.throwIfAborted();
      const before = refusal;
      if (free > 0) free--;
      else await place(signal);
      try {
        if (refusal !== undefined && refusal !== before) throw refusal;
        return await work();
      } catch (error) {
        if (error instanceof SourceRefused) refusal = error;
        throw error;
      } finally {
        const next = waiting.shift();
        if (next === undefined) free++;
        else next();
      }
    },
  };
}
