/** Requests one at a time, as Wikimedia asks for; whoever comes meanwhile waits in the order of coming. */
import { SourceRefused } from "./waits.ts";

/** Runs `work` when its turn comes. @throws the signal's reason when it is aborted by then. */
type InTurn = <T>(signal: AbortSignal, work: () => Promise<T>) => Promise<T>;

/** A queue. When the wiki refuses one, those that wait at that moment are refused with it. */
export function openQueue(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  let refusal: SourceRefused | undefined;
  return (signal, work) => {
    const before = refusal;
    const turn = last.then(async () => {
      signal.throwIfAborted();
      if (refusal !== undefined && refusal !== before) throw refusal;
      return await work();
    });
    last = turn.catch((error: unknown) => {
      if (error instanceof SourceRefused) refusal = error;
    });
    return turn;
  };
}
