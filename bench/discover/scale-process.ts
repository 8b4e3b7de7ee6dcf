/**
 * A program run as its own process group, its memory sampled while it runs; it can be killed at a set moment.
 *
 * Memory is what the kernel counts as resident over the process and its children together (shared pages more than
 * once, so the figure errs upwards), and the high-water mark of the process itself, which no sampling can miss.
 */
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

export interface Watched {
  readonly seconds: number;
  /** Exit code; undefined where a signal ended it. */
  readonly code: number | undefined;
  /** Largest sum of resident memory over the process tree; 0 where the system does not tell. */
  readonly peakBytes: number;
  /** Largest resident memory of the process itself, by the kernel's own mark. */
  readonly highWaterBytes: number;
  /** CPU seconds of the process tree so far as the kernel had told before its end. */
  readonly cpuSeconds: number;
  readonly output: string;
  /** Lines of stderr with the second at which each came. */
  readonly lines: readonly { readonly at: number; readonly text: string }[];
}

const SAMPLE_MS = 100;
/** Clock ticks a second in /proc; the same on every Linux that Node runs on. */
const TICKS = 100;

/** Runs Node with these arguments, `killAfterMs` with SIGKILL to its whole group. */
export function watch(args: readonly string[], killAfterMs?: number): Promise<Watched> {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const child = spawn(process.execPath, args, { detached: true, stdio: ["ignore", "pipe", "pipe"] });
    const elapsed = (): number => (performance.now() - startedAt) / 1000;
    const lines: { at: number; text: string }[] = [];
    let output = "";
    let rest = "";
    let peakBytes = 0;
    let highWaterBytes = 0;
    let cpuSeconds = 0;
    const kill = (): void => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
      } catch {
        // It has ended by itself.
      }
    };
    const sampling = setInterval(() => {
      if (child.pid === undefined) return;
      const { resident, highWater, cpu } = memoryOf(child.pid);
      peakBytes = Math.max(peakBytes, resident);
      highWaterBytes = Math.max(highWaterBytes, highWater);
      cpuSeconds = Math.max(cpuSeconds, cpu);
    }, SAMPLE_MS);
    const killing = killAfterMs === undefined ? undefined : setTimeout(kill, killAfterMs);
    process.once("exit", kill);
    child.stdout.on("data", (piece: Buffer) => {
      output += piece.toString();
    });
    child.stderr.on("data", (piece: Buffer) => {
      const parts = (rest + piece.toString()).split("\n");
      rest = parts.pop() ?? "";
      for (const text of parts) lines.push({ at: elapsed(), text });
    });
    child.on("error", reject);
    child.on("close", (code) => {
      clearInterval(sampling);
      clearTimeout(killing);
      process.off("exit", kill);
      if (rest !== "") lines.push({ at: elapsed(), text: rest });
      resolve({
        seconds: elapsed(),
        code: code ?? undefined,
        peakBytes,
        highWaterBytes,
        cpuSeconds,
        output,
        lines,
      });
    });
  });
}

interface Memory {
  readonly resident: number;
  readonly highWater: number;
  readonly cpu: number;
}

/** Memory and CPU time of a process with all its children; zeros where /proc tells nothing. */
function memoryOf(pid: number): Memory {
  let resident = 0;
  let highWater = 0;
  let cpu = 0;
  for (const one of treeOf(pid)) {
    try {
      const status = readFileSync(`/proc/${one}/status`, "utf8");
      resident += kilobytes(status, "VmRSS") * 1024;
      if (one === pid) highWater = kilobytes(status, "VmHWM") * 1024;
      const fields = (readFileSync(`/proc/${one}/stat`, "utf8").split(") ")[1] ?? "").split(" ");
      cpu += (Number(fields[11]) + Number(fields[12])) / TICKS;
    } catch {
      // It has ended between two looks.
    }
  }
  return { resident, highWater, cpu };
}

function kilobytes(status: string, field: string): number {
  return Number(new RegExp(`^${field}:\\s+(\\d+)`, "m").exec(status)?.[1] ?? 0);
}

function treeOf(pid: number): number[] {
  const out = [pid];
  try {
    for (const thread of readdirSync(`/proc/${pid}/task`)) {
      const children = readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8");
      for (const child of children.split(" ")) if (child !== "") out.push(...treeOf(Number(child)));
    }
  } catch {
    // It has ended, or this system has no /proc.
  }
  return out;
}
