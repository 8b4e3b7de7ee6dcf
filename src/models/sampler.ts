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
  /** Thinking that came apart from the text, as some endpoints send it. */
  readonly reasoning?: string;
}

interface AnswerOptions {
  readonly signal?: AbortSignal;
  readonly onReply?: (reply: Reply) => void;
}

export interface Sampler {
  readonly name: string;
  /** One reply a request, in the order of the requests. */
  answer(requests: readonly ReplyRequest[], options?: AnswerOptions): Promise<readonly Reply[]>;
}
