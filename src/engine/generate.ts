/**
 * Generation with continuous batching: a sequence that ends leaves the batch at once and a waiting prompt takes
 * its place.
 *
 * Completions of one prompt are one sequence until they draw different tokens; then the sequence branches and its
 * keys are copied. So what completions share is computed once. Invariant: what a request gets depends on its
 * prompt, seed and settings only. Its arithmetic is row-wise, its padding follows from its own length, and its
 * random numbers are its own.
 */
import { type Random, seededRandom } from "../base/random.ts";
import { CacheGroup, cacheBytesOf, capacityFor } from "./cache.ts";
import type { GenerateRequest, Generation } from "./client.ts";
import type { ModelConfig } from "./config.ts";
import { HIDDEN } from "./pack.ts";
import { draw } from "./sampling.ts";
import { type Feeds, floats, integers, type ModelSessions, type Results } from "./session.ts";

/** A request and its place among all requests of the call. */
interface IndexedRequest {
  readonly index: number;
  readonly request: GenerateRequest;
}

export interface GenerateLimits {
  /** Sequences that are decoded together, at most. */
  readonly slots: number;
  /** Memory of their keys and values together; one sequence is decoded however long it is. */
  readonly cacheBytes: number;
  /** Prompt tokens that are prefilled together. */
  readonly prefillTokens: number;
}

/** One completion: all that is its own. */
interface Branch {
  readonly index: number;
  readonly request: GenerateRequest;
  readonly random: Random;
  readonly tokens: number[];
  readonly logProbs: number[];
  readonly entropies: number[];
}

/** A completion as a worker makes it. */
export interface Completion extends Omit<Generation, "entropy"> {
  /** Entropy in nats of the distribution that each token was drawn from. */
  readonly entropies: Float32Array;
}

/** Completions that have drawn the same tokens so far. */
interface Sequence {
  branches: readonly Branch[];
  /** The newest token, which has no key yet. */
  token: number;
  /** Keys in the cache: all tokens but the newest. */
  length: number;
}

/** Requests with the same prompt and temperature. */
interface Prompt {
  readonly tokens: readonly number[];
  readonly requests: IndexedRequest[];
}

/** Hears each token of a request; true ends the request there. */
export type Emit = (index: number, token: number) => boolean;

/** Generates all requests; `stopped` is asked between steps. */
export async function generateAll(
  sessions: ModelSessions,
  requests: readonly IndexedRequest[],
  limits: GenerateLimits,
  emit: Emit,
  stopped: () => boolean,
): Promise<ReadonlyMap<number, Completion>> {
  const waiting = distinctPrompts(requests);
  const groups = new Map<number, CacheGroup<Sequence>>();
  const done = new Map<number, Completion>();
  const room = roomOf(sessions.config, requests, limits);
  await sessions.freeze();

  const place = (
    sequence: Sequence,
    keys: Float32Array[],
    values: Float32Array[],
    row: number,
    stride: number,
  ): void => {
    const capacity = capacityFor(sequence.length + 1);
    let group = groups.get(capacity);
    if (group === undefined) {
      group = new CacheGroup(sessions.config, capacity, Math.min(room, requests.length));
      groups.set(capacity, group);
    }
    group.admit(sequence, sequence.length, keys, values, row, stride);
  };

  for (;;) {
    if (stopped()) return done;
    const active = [...groups.values()].reduce((sum, group) => sum + openBranches(group), 0);
    const admitted = takePrompts(waiting, limits, room, active);
    if (admitted.length > 0) await prefill(sessions, admitted, place, emit, done);
    else if (active === 0) return done;
    for (const [capacity, group] of [...groups]) {
      if (group.members.length > 0) await decode(sessions, group, place, emit, done);
      if (group.members.length === 0) groups.delete(capacity);
    }
  }
}

/** Sequences that fit the memory for keys and values when each is as long as the longest may become. */
function roomOf(config: ModelConfig, requests: readonly IndexedRequest[], limits: GenerateLimits): number {
  let longest = 1;
  for (const { request } of requests) longest = Math.max(longest, request.prompt.length + request.maxTokens);
  return Math.max(1, Math.min(limits.slots, Math.floor(limits.cacheBytes / cacheBytesOf(config, longest))));
}

function openBranches({ members }: CacheGroup<Sequence>): number {
  return members.reduce((sum, { branches }) => sum + branches.length, 0);
}

function distinctPrompts(requests: readonly IndexedRequest[]): Prompt[] {
  const prompts = new Map<string, Prompt>();
  for (const indexed of requests) {
    const key = `${coolnessOf(indexed.request)} ${indexed.request.prompt.join(",")}`;
    const prompt = prompts.get(key);
    if (prompt === undefined) prompts.set(key, { tokens: indexed.request.prompt, requests: [indexed] });
    else prompt.requests.push(indexed);
  }
  // Longest first: prompts of one length run together, and the longest sequences start earliest.
  return [...prompts.values()].sort((a, b) => b.tokens.length - a.tokens.length);
}

/** Rows of a prefill are padded to a multiple of this, by their own length. */
const PROMPT_STEP = 16;
const paddedLength = (prompt: Prompt): number => Math.ceil(prompt.tokens.length / PROMPT_STEP) * PROMPT_STEP;

/** Removes from `waiting` the prompts to start now: alike in padded length, as many as there is room for. */
function takePrompts(waiting: Prompt[], limits: GenerateLimits, room: number, active: number): Prompt[] {
  const taken: Prompt[] = [];
  let left = room - active;
  while (waiting.length > 0 && left > 0) {
    const next = waiting[0] as Prompt;
    const first = taken[0];
    if (first !== undefined) {
      if (paddedLength(next) !== paddedLength(first) || next.requests.length > left) break;
      if ((taken.length + 1) * paddedLength(next) > limits.prefillTokens) break;
    } else if (next.requests.length > left) {
      // More than fit even an empty batch are taken in parts; others wait until they fit together.
      if (active > 0) break;
      return [{ tokens: next.tokens, requests: next.requests.splice(0, left) }];
    }
    taken.push(next);
    waiting.shift();
    left -= next.requests.length;
  }
  return taken;
}

type Place = (
  sequence: Sequence,
  keys: Float32Array[],
  values: Float32Array[],
  row: number,
  stride: number,
) => void;

async function prefill(
  sessions: ModelSessions,
  prompts: readonly Prompt[],
  place: Place,
  emit: Emit,
  done: Map<number, Completion>,
): Promise<void> {
  const time = paddedLength(prompts[0] as Prompt);
  const rows = prompts.length;
  const tokens = new Int32Array(rows * time);
  const positions = new Int32Array(rows * time);
  for (const [row, prompt] of prompts.entries()) tokens.set(prompt.tokens, row * time);
  for (let place = 0; place < rows * time; place++) positions[place] = place % time;
  const mask = new Float32Array(time * time).fill(HIDDEN);
  for (let t = 0; t < time; t++) mask.fill(0, t * time, t * time + t + 1);
  // At least two rows: the kernels add up a single row of weights that are no constants in another order.
  const picks = prompts.map(({ tokens: own }, row) => row * time + own.length - 1);
  const coolness = prompts.map(({ requests }) => coolnessOf(requests[0]!.request));
  if (picks.length === 1) {
    picks.push(picks[0]!);
    coolness.push(coolness[0]!);
  }
  const results = await sessions.run(
    "prefill",
    {
      tokens: integers(tokens, [rows, time]),
      positions: integers(positions, [rows, time]),
      mask: floats(mask, [1, 1, 1, time, time]),
      picks: integers(Int32Array.from(picks), [picks.length]),
      coolness: floats(Float32Array.from(coolness), [picks.length, 1]),
    },
    time,
  );
  const keys = sessions.layers.map((layer) => results[`keys.${layer}`] as Float32Array);
  const values = sessions.layers.map((layer) => results[`values.${layer}`] as Float32Array);
  for (const [row, prompt] of prompts.entries()) {
    const branches = prompt.requests.map(
      ({ index, request }): Branch => ({
        index,
        request,
        random: seededRandom(request.seed, "generate"),
        tokens: [],
        logProbs: [],
        entropies: [],
      }),
    );
    for (const sequence of branch(
      branches,
      prompt.tokens.length,
      results,
      row,
      sessions.config,
      emit,
      done,
    )) {
      place(sequence, keys, values, row, time);
    }
  }
}

async function decode(
  sessions: ModelSessions,
  group: CacheGroup<Sequence>,
  place: Place,
  emit: Emit,
  done: Map<number, Completion>,
): Promise<void> {
  const { rows, members, capacity } = group;
  const { numKeyValueHeads: heads, headDim } = sessions.config;
  const tokens = new Int32Array(rows);
  const positions = new Int32Array(rows);
  const coolness = new Float32Array(rows).fill(1);
  let furthest = 0;
  for (const [slot, sequence] of members.entries()) {
    tokens[slot] = sequence.token;
    positions[slot] = sequence.length;
    coolness[slot] = coolnessOf(sequence.branches[0]!.request);
    furthest = Math.max(furthest, sequence.length);
  }
  const feeds: Feeds = {
    tokens: integers(tokens, [rows, 1]),
    positions: integers(positions, [rows, 1]),
    mask: floats(group.mask.subarray(0, rows * (capacity + 1)), [rows, 1, 1, capacity + 1]),
    coolness: floats(coolness, [rows, 1]),
  };
  for (const layer of sessions.layers) {
    const shape = [rows, heads, capacity, headDim];
    feeds[`cache.keys.${layer}`] = floats(group.used(group.keys[layer] as Float32Array), shape);
    feeds[`cache.values.${layer}`] = floats(group.used(group.values[layer] as Float32Array), shape);
  }
  const results = await sessions.run("decode", feeds, furthest + 1);
  for (const layer of sessions.layers) {
    group.append(
      layer,
      results[`keys.${layer}`] as Float32Array,
      results[`values.${layer}`] as Float32Array,
      (sequence) => sequence.length,
    );
  }
  // From the last slot down, so that a removal moves only slots already dealt with.
  for (let slot = members.length - 1; slot >= 0; slot--) {
    const sequence = members[slot] as Sequence;
    group.reveal(slot, sequence.length);
    const { keys, values } = group;
    const [first, ...others] = branch(
      sequence.branches,
      sequence.length + 1,
      results,
      slot,
      sessions.config,
      emit,
      done,
    );
    for (const other of others) place(other, keys, values, slot, capacity);
    if (first !== undefined && first.length < capacity) {
      members[slot] = first;
      continue;
    }
    if (first !== undefined) place(first, keys, values, slot, capacity);
    group.remove(slot);
  }
}

/** 1 / temperature; a greedy request looks at the policy itself. */
function coolnessOf({ temperature }: GenerateRequest): number {
  return temperature === 0 ? 1 : 1 / temperature;
}

/** Draws the next token of each branch from row `row`; those that go on, together while they agree. */
function branch(
  branches: readonly Branch[],
  length: number,
  results: Results,
  row: number,
  { vocabSize }: ModelConfig,
  emit: Emit,
  done: Map<number, Completion>,
): readonly Sequence[] {
  const probabilities = results["probabilities"]!.subarray(row * vocabSize, (row + 1) * vocabSize);
  const entropy = results["entropy"]![row]!;
  const shift = results["shift"]![row]!;
  const going = new Map<number, Branch[]>();
  for (const one of branches) {
    const { request, index } = one;
    const drawn = draw(probabilities, request, one.random);
    one.tokens.push(drawn.token);
    one.logProbs.push(Math.log(probabilities[drawn.token]!) / coolnessOf(request) + shift);
    one.entropies.push(drawn.entropy ?? entropy);
    const enough = emit(index, drawn.token);
    const stop = enough || request.stopTokens.includes(drawn.token);
    if (stop || one.tokens.length === request.maxTokens) {
      done.set(index, {
        tokens: one.tokens,
        logProbs: Float32Array.from(one.logProbs),
        entropies: Float32Array.from(one.entropies),
        finish: stop ? "stop" : "length",
      });
      continue;
    }
    const alike = going.get(drawn.token);
    if (alike === undefined) going.set(drawn.token, [one]);
    else alike.push(one);
  }
  return [...going].map(([token, alike]) => ({ branches: alike, token, length }));
}
