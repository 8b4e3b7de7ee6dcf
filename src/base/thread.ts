/**
 * Starts worker threads from a module of this program, compiled or not. A thread started from TypeScript sources
 * (tests) does not inherit the loader of its process, so it registers one before it loads the module.
 */
import { extname } from "node:path";
import { Worker } from "node:worker_threads";

/** Starts a module as a thread: `name` without its extension, beside the module whose `import.meta.url` is given. */
export function startThread(name: string, beside: string, workerData: unknown): Worker {
  const extension = extname(new URL(beside).pathname);
  const url = new URL(`${name}${extension}`, beside);
  if (extension === ".js") return new Worker(url, { workerData });
  const loader = import.meta.resolve("tsx/esm/api");
  const script = `import(${JSON.stringify(loader)}).then(({ register }) => {
    register();
    return import(${JSON.stringify(url.href)});
  });`;
  return new Worker(script, { eval: true, workerData });
}
