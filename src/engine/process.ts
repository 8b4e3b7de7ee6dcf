/**
 * The engine's process: receives calls from client.ts, one at a time, and answers them.
 *
 * It leaves when its channel closes, so it never outlives its parent.
 */
import { createHost } from "./host.ts";
import { failureOf, type Message, type Reply } from "./protocol.ts";

const host = createHost(JSON.parse(process.argv[2] ?? "{}"));
const send = (reply: Reply): void => {
  process.send?.(reply);
};

let queue = Promise.resolve();
process.on("message", (message: Message) => {
  if (message.method === "abort") {
    host.abort(message.id, message.request);
    return;
  }
  queue = queue
    .then(() => host.answer(message.id, message, (tokens) => send({ id: message.id, tokens })))
    .then(
      (value) => send({ id: message.id, value }),
      (error: unknown) => send({ id: message.id, failure: failureOf(error) }),
    );
});
process.on("disconnect", () => process.exit(0));
send({ id: 0, value: undefined });
