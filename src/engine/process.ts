/**
 * The engine's process: receives calls from channel.ts, answers them one at a time, and never outlives its parent.
 *
 * An interrupt from the keyboard or a scheduler reaches every process of a job, and so may the signal to pause. What
 * it means is the parent's to decide, which may want this step finished and saved; so it is not heeded here.
 */
import { createHost } from "./host.ts";
import { createOutbox } from "./outbox.ts";
import { leave, leaveWithParent } from "./parent-watch.ts";
import { failureOf, type Message, type Reply } from "./protocol.ts";

for (const signal of ["SIGINT", "SIGTERM", "SIGUSR2"]) process.on(signal, () => {});
leaveWithParent();

const transmit = (reply: Reply, taken: () => void): void => {
  process.send?.(reply, undefined, undefined, taken);
};
// A thread that is gone, or a mistake outside any call, leaves a state that no later call can rely on.
process.once("uncaughtException", (error) => {
  process.on("uncaughtException", () => {});
  transmit({ id: 0, failure: failureOf(error) }, leave);
});

const host = createHost(JSON.parse(process.argv[2] ?? "{}"));
const post = createOutbox(transmit);
const open = new Set<number>();

let queue = Promise.resolve();
process.on("message", (message: Message) => {
  const { id } = message;
  if (message.method === "abort") {
    // The call may have been answered while this was on its way.
    if (open.has(id)) host.abort(id, message.request);
    return;
  }
  open.add(id);
  queue = queue
    .then(() => host.answer(id, message, (tokens) => post({ id, tokens })))
    .then(
      (value) => post({ id, value, steps: host.steps }),
      (error: unknown) => post({ id, failure: failureOf(error) }),
    )
    .finally(() => open.delete(id));
});
post({ id: 0, value: undefined, steps: 0 });
