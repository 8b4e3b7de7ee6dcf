/** Anything that answers prompts: the embedded engine, an endpoint, the graph. A stage knows only this of a model. */

export interface ReplyRequest {
  readonly id: string;
  /** The user's turn, as `renderQuestion` makes it; the sampler applies its model's own chat template. */
  readonly prompt: string;
  readonly maxTokens: number;
  /** 0 takes the most probable token. */
  readonly temperature: number;
  /** Texts that end the reply; neither they nor what follows is part of it. */
  readonly stop?: readonly string[];
  /** A request with the same prompt and seed gets the same reply from a deterministic sampler. */
  readonly seed: number | string;
}

export interface Reply {
  readonly id: string;
  /** Everything the model wrote, thinking included, without marks that end a turn. */
  readonly text: string;
  readonly finish: "stop" | "length" | "refused";
  /** Length of the reply in tokens; 0 where the sampler does not count. */
  readonly tokens: number;
  /** Length of what the model read in tokens, where the sampler counts it. */
  readonly promptTokens?: number;
  /** Thinking that came apart from the text, as some endpoints send it. */
  readonly reasoning?: string;
}

/** A request that has no reply, and is no wrong answer for it: another run may ask it again. */
export interface Missing {
  readonly id: string;
  /** "failed": the attempts are used up, or this one request is not taken; "budget": it was not asked. */
  readonly cause: "failed" | "budget";
  /** For people. */
  readonly reason: string;
}

export interface AnswerOptions {
  /** When it aborts nothing new is asked; replies under way may still come before the call ends with its reason. */
  readonly signal?: AbortSignal;
  readonly onReply?: (reply: Reply) => void;
  /** Told of each request without a reply while the others go on; when absent such a request ends the call with an error. */
  readonly onMissing?: (missing: Missing) => void;
  /** Whether the model has answered such requests before: then those that fail are missing, however many they are. */
  readonly isKnown?: boolean;
  /** Asked before each request is sent, by samplers that cost something; once it says no, nothing more is sent. */
  readonly admit?: (request: ReplyRequest) => boolean | Promise<boolean>;
}

export interface Sampler {
  readonly name: string;
  /** One reply a request, in the order of the requests; those that are missing are left out. */
  answer(requests: readonly ReplyRequest[], options?: AnswerOptions): Promise<readonly Reply[]>;
}
