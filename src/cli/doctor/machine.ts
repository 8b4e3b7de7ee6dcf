/** What this machine is: cores, memory, disk, Node, and the rate of its matrix products, which training rests on. */
import { existsSync, readFileSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { availableParallelism, cpus, freemem, loadavg, totalmem } from "node:os";
import { dirname, resolve } from "node:path";
import { input } from "../../engine/graph.ts";
import { matmul } from "../../engine/ops/matmul.ts";
import { compile, floats } from "../../engine/session.ts";

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  /** Processes that want a core, as a mean of the last minute. */
  readonly load: number;
  readonly memoryBytes: number;
  /** Memory that programs can still have. */
  readonly availableBytes: number;
  /** Free on the disk of the run folder. */
  readonly diskBytes: number;
  readonly node: string;
  readonly threads: number;
  /** Operations a second of a product of 2,048² matrices with those threads; the best of those timed. */
  readonly productRate: number;
  /** Processor time that the products got, as a share of what their threads could have had. */
  readonly processorShare: number;
}

/** Below this share of the processor other programs count as in the way. */
export const BUSY = 0.8;
const LEAST_SHARE = 0.1;

/** How many times longer work takes here now than on the same machine alone. */
export function slowdown({ processorShare }: Pick<Machine, "processorShare">): number {
  return processorShare < BUSY ? 1 / Math.max(LEAST_SHARE, processorShare) : 1;
}

const SIZE = 2048;
const SECONDS = 1.2;

/** Looks at the machine; the products take a second and a half. `folder` is the one whose disk is asked. */
export async function lookAtMachine(threads: number, folder: string): Promise<Machine> {
  return {
    processor: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    load: loadavg()[0] ?? 0,
    memoryBytes: memoryLimit(),
    availableBytes: Math.min(memoryLimit(), availableMemory()),
    diskBytes: await freeDisk(folder),
    node: process.versions.node,
    threads,
    ...(await measureProducts(threads)),
  };
}

/** Total memory, or what a container allows of it. */
function memoryLimit(): number {
  const allowed = process.constrainedMemory() ?? 0;
  return allowed > 0 ? Math.min(totalmem(), allowed) : totalmem();
}

/** Linux counts what caches would give back; elsewhere only what is free is known. */
function availableMemory(): number {
  const file = "/proc/meminfo";
  const found = existsSync(file) ? /^MemAvailable:\s+(\d+) kB/mu.exec(readFileSync(file, "utf8")) : null;
  return found === null ? freemem() : Number(found[1]) * 1024;
}

async function freeDisk(folder: string): Promise<number> {
  let there = resolve(folder);
  while (!existsSync(there) && there !== dirname(there)) there = dirname(there);
  const { bavail, bsize } = await statfs(there);
  return bavail * bsize;
}

async function measureProducts(threads: number): Promise<Pick<Machine, "productRate" | "processorShare">> {
  const product = matmul(input("a", ["rows", "inner"]), input("b", ["inner", "columns"]));
  const session = await compile({ product }, { threads });
  const matrix = floats(new Float32Array(SIZE * SIZE).fill(1 / SIZE), [SIZE, SIZE]);
  const feeds = { a: matrix, b: matrix };
  await session.run(feeds);
  let productRate = 0;
  const [startedAt, before] = [performance.now(), process.cpuUsage()];
  while (performance.now() - startedAt < 1000 * SECONDS) {
    const from = performance.now();
    await session.run(feeds);
    productRate = Math.max(productRate, (2 * SIZE ** 3) / ((performance.now() - from) / 1000));
  }
  const wall = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(before);
  await session.release();
  return { productRate, processorShare: Math.min(1, (user + system) / 1000 / (wall * threads)) };
}
