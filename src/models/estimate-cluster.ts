/**
 * What training a model would take on GPUs, by rule of thumb: for models that no machine of this program's can train.
 *
 * Full fine-tuning in mixed precision holds 16 bytes a weight (2 the weight, 2 its gradient, 4 the float32 copy, 8 the
 * two moments), spread over all GPUs; reinforcement holds 2 more for the copy that writes rollouts, and 2 for a
 * reference where there is a KL term. An adapter leaves 2 for the frozen weights. Nothing here was measured.
 */

/** Bytes of a GPU of today's usual size, and what of them activations, caches and buffers leave. */
const GPU_BYTES = 80e9;
const LEFT_FOR_STATE = 52e9;
/** Operations a second of such a GPU in bfloat16: while training (two fifths of its peak), and while writing replies. */
const TRAIN_RATE = 400e12;
const SAMPLE_RATE = 100e12;

/** What is trained, and how much. */
export interface ClusterWork {
  readonly parameters: number;
  readonly trainedTokens: number;
  readonly sampledTokens: number;
  readonly isAdapter: boolean;
  readonly hasReference: boolean;
}

/** The estimate, with what it was made of. */
export interface ClusterEstimate {
  /** Bytes of weights, gradients, moments and copies on all GPUs together. */
  readonly stateBytes: number;
  /** GPUs of 80 GB: the next power of two that holds the state. */
  readonly gpus: number;
  /** Hours of all GPUs together. */
  readonly gpuHours: number;
  readonly rule: string;
}

/** GPUs and their hours. */
export function clusterEstimate(work: ClusterWork): ClusterEstimate {
  const { parameters, trainedTokens, sampledTokens, isAdapter, hasReference } = work;
  const training = isAdapter ? 2 : 16;
  const rollouts = sampledTokens > 0 ? 2 : 0;
  const reference = hasReference && !isAdapter ? 2 : 0;
  const stateBytes = parameters * (training + rollouts + reference);
  const gpus = 2 ** Math.ceil(Math.log2(Math.max(1, stateBytes / LEFT_FOR_STATE)));
  const perToken = isAdapter ? 4 : 6;
  const seconds =
    (perToken * parameters * trainedTokens) / TRAIN_RATE + (2 * parameters * sampledTokens) / SAMPLE_RATE;
  const rule =
    `${training} bytes a weight to train${rollouts > 0 ? ", 2 for the copy that writes rollouts" : ""}` +
    `${reference > 0 ? ", 2 for the reference" : ""}; ${LEFT_FOR_STATE / 1e9} of a GPU's ${GPU_BYTES / 1e9} GB for them`;
  return { stateBytes, gpus, gpuHours: seconds / 3600, rule };
}
