/** How busy other programs keep the machine: figures taken beside them are not worth keeping. */
import { cpus } from "node:os";
import { setTimeout } from "node:timers/promises";

/** Cores' worth of work that is done while this program waits for a second. */
export async function otherLoad(): Promise<number> {
  const before = busyMilliseconds();
  const start = performance.now();
  await setTimeout(1000);
  return (busyMilliseconds() - before) / (performance.now() - start);
}

function busyMilliseconds(): number {
  return cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0);
}
