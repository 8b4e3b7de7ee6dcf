/**
 * What a stage is given and what it gives back. A stage reads the folders of earlier stages, writes into `folder`,
 * and keeps whatever it needs to go on after a kill in `scratch`.
 *
 * Invariant: what a stage writes depends only on its inputs, settings, seed and code, never on the clock or on how
 * often it was interrupted.
 */
import type { Log } from "./log.ts";

/** A pause that may be asked for at any moment; work that can be taken up again waits where it is saved. */
export interface Hold {
  /** Whether a pause is asked for now. */
  isAsked(): boolean;
  /** Waits for its end, which a stop is too; returns at once when none is asked for. */
  over(): Promise<void>;
}

export interface StageContext<Settings> {
  readonly settings: Settings;
  readonly seed: number;
  /** Empty folder for the outputs; renamed to its final name when the stage returns. */
  readonly folder: string;
  /** Folder for checkpoints inside the stage; survives a kill, removed when the stage is done. */
  readonly scratch: string;
  /** Folder that outlives the stage and no other reads, for what a later round goes on from; it may not exist yet. */
  readonly kept: string;
  /** Folder of an earlier stage of this run, by its name. */
  input(stage: string): string;
  readonly log: Log;
  /** Appends one object to `metrics.jsonl`: a named series ("reinforce/stage1"), its step and named values. */
  metric(series: string, step: number, values: Readonly<Record<string, number>>): Promise<void>;
  /** The same for what the clock says (tokens/s, seconds), kept apart because it is not reproducible. */
  clock(series: string, step: number, values: Readonly<Record<string, number>>): Promise<void>;
  /** Forgets the metrics of a series from `step` on, before work goes on from a checkpoint taken there. */
  rewind(series: string, step: number): Promise<void>;
  /** Records a bad item and goes on. */
  reject(item: string, reason: string): void;
  /** Says that the outside world ended the stage early: its outputs stand, and the next run goes on from them. */
  unfinished(): void;
  /** Aborted when the run is to stop; its reason is an `Interrupted` where a signal stops it. */
  readonly signal: AbortSignal;
  /** Pauses the run; absent where nothing asks for one. */
  readonly hold?: Hold;
}

/** Counts for people and for `--json`: "pages", "questions", "rejected" … */
export type Counts = Readonly<Record<string, number>>;

export type RunStage<Settings> = (context: StageContext<Settings>) => Promise<Counts>;
