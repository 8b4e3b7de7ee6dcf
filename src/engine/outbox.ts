/**
 * Replies on their way out of the engine's process, one at a time and in order.
 *
 * Tokens that are drawn while a slow reader keeps the channel busy join the piece that is waiting already, so that
 * no more than one piece of each call waits, however many steps it is made of.
 */
import type { Reply } from "./protocol.ts";

/** Sends replies with `send`, which says when the channel has taken one. */
export function createOutbox(send: (reply: Reply, taken: () => void) => void): (reply: Reply) => void {
  const waiting: Reply[] = [];
  /** Tokens of the last that waits, where it is a piece of a stream. */
  let piece: number[] | undefined;
  let busy = false;
  const next = (): void => {
    const reply = waiting.shift();
    busy = reply !== undefined;
    if (waiting.length === 0) piece = undefined;
    if (reply !== undefined) send(reply, next);
  };
  return (reply) => {
    if (!("tokens" in reply)) {
      piece = undefined;
      waiting.push(reply);
    } else if (piece !== undefined && waiting.at(-1)?.id === reply.id) {
      for (const value of reply.tokens) piece.push(value);
    } else {
      piece = [...reply.tokens];
      waiting.push({ id: reply.id, tokens: piece });
    }
    if (!busy) next();
  };
}
