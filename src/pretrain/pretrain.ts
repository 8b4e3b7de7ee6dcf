/**
 * Stage `pretrain` (paper §4.1.3): the base model that cold start and reinforcement begin from. The paper starts from
 * Qwen2.5-7B and Qwen3-32B; a recipe that names a checkpoint gets that one. Without one, a tokenizer and a small
 * model of the same architecture are trained here from the pages and the graph, so that everything runs on a laptop.
 */
import { existsSync } from "node:fs";
import { cp, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "../base/errors.ts";
import { writeJson } from "../base/files.ts";
import { loadJsonl, readJsonl } from "../base/jsonl.ts";
import { type Random, seededRandom } from "../base/random.ts";
import type { Counts, StageContext } from "../base/stage.ts";
import { type Engine, startEngine, type TrainSequence } from "../engine/client.ts";
import type { ModelConfig } from "../engine/config.ts";
import { openGraph } from "../graph/store.ts";
import { resolveModel } from "../models/hub.ts";
import { commitOf } from "../models/hub-cache.ts";
import { renderDirectReply, renderQuestion } from "../models/prompt.ts";
import { copyTokenizer, openTokenizer, type Tokenizer } from "../models/tokenizer.ts";
import { runSeries } from "../models/training-loop.ts";
import { type EngineSection, engineSettings } from "../recipe/sections/engine.ts";
import type { PretrainSection } from "../recipe/sections/pretrain.ts";
import { questionSchema } from "../records/question.ts";
import { trainBytePairs } from "./bpe.ts";
import { type CorpusSources, corpusSources, drawDocument, factsOf } from "./documents.ts";
import { corpusLineSchema } from "./prose.ts";
import { markCount, writeTokenizer } from "./tokenizer-files.ts";

export type PretrainSettings = PretrainSection & { readonly engine: EngineSection };

/** Makes or copies the base model into `model/`; `base.json` names the commit of one that comes from the Hub. */
export async function runPretrain(context: StageContext<PretrainSettings>): Promise<Counts> {
  const { settings, folder } = context;
  const target = join(folder, "model");
  if (settings.base !== undefined) {
    const base = await resolveModel(settings.base, context.log);
    if (settings.base.startsWith("hf:")) {
      const commit = commitOf(base);
      context.log.info(`${settings.base} at commit ${commit}`);
      await writeJson(join(folder, "base.json"), { base: settings.base, commit });
    }
    await using engine = await startEngine(engineSettings(settings.engine));
    await engine.load(base);
    // A folder as it is, files instead of the links that the Hub's cache holds; from a .gguf file one is made.
    if (existsSync(join(base, "config.json"))) await cp(base, target, { recursive: true, dereference: true });
    else {
      await mkdir(target, { recursive: true });
      await engine.save(target);
      await copyTokenizer(base, target);
    }
    return { parameters: (await engine.stats()).parameters };
  }
  await mkdir(target, { recursive: true });
  const sources = await readSources(context);
  const random = seededRandom(context.seed, "pretrain");
  const pairs = trainBytePairs(
    tokenizerTexts(sources, random.fork("tokenizer")),
    settings.vocabulary - markCount,
  );
  await writeTokenizer(target, pairs, {
    lowercase: settings.lowercase,
    maxLength: settings.model.contextLength,
  });
  const tokenizer = await openTokenizer(target);
  await using engine = await startEngine(engineSettings(settings.engine));
  await engine.create(modelConfig(settings, tokenizer), settings.init, context.seed);
  const { parameters } = await engine.stats();
  context.log.info(`${parameters.toLocaleString("en")} parameters, ${tokenizer.vocabularySize} tokens`);
  const outcome = await train(engine, tokenizer, sources, context);
  await engine.save(target);
  const { vocabularySize } = tokenizer;
  return { parameters, vocabulary: vocabularySize, steps: outcome.steps, tokens: outcome.tokens.trained };
}

async function train(
  engine: Engine,
  tokenizer: Tokenizer,
  sources: CorpusSources,
  context: StageContext<PretrainSettings>,
) {
  const { settings, seed } = context;
  const budget = settings.rowsPerStep * settings.rowTokens;
  return await runSeries(
    engine,
    {
      name: "pretrain",
      steps: settings.steps,
      saveEvery: settings.saveEvery,
      optimizer: settings.optimizer,
      start: null,
      plan: async (step) => ({
        sequences: documentsOfStep(
          sources,
          tokenizer,
          settings,
          budget,
          seededRandom(seed, "pretrain", String(step)),
        ),
        metrics: {},
        state: null,
      }),
    },
    context,
    join(context.scratch, "training"),
  );
}

/** Documents up to a budget of tokens; every token counts the same in the step's mean loss. */
function documentsOfStep(
  sources: CorpusSources,
  tokenizer: Tokenizer,
  settings: PretrainSettings,
  budget: number,
  random: Random,
): TrainSequence[] {
  const rows: number[][] = [];
  let left = budget;
  while (left > 8) {
    const tokens = documentTokens(sources, tokenizer, settings, random).slice(
      0,
      Math.min(settings.rowTokens, left),
    );
    if (tokens.length < 2) continue;
    rows.push(tokens);
    left -= tokens.length;
  }
  const predicted = rows.reduce((sum, tokens) => sum + tokens.length - 1, 0);
  return rows.map((tokens) => ({ tokens, weights: tokens.map((_, at) => (at === 0 ? 0 : 1 / predicted)) }));
}

function documentTokens(
  sources: CorpusSources,
  tokenizer: Tokenizer,
  settings: PretrainSettings,
  random: Random,
): number[] {
  const document = drawDocument(sources, settings.corpus, random);
  if (document.kind === "text") {
    const text = tokenizer.encode(` ${document.text}`);
    return [tokenizer.boundaryToken, ...text, tokenizer.boundaryToken];
  }
  const { question } = document;
  const prompt = tokenizer.renderChat([{ role: "user", content: renderQuestion(question) }]);
  const answer = question.options[question.gold[0]!]!;
  return [...tokenizer.encode(prompt + renderDirectReply(answer)), tokenizer.endToken];
}

/**
 * What the tokenizer learns its words from: the prose once and the facts several times over, since names of
 * conditions, tests and drugs should be whole words to a small model.
 */
function tokenizerTexts(sources: CorpusSources, random: Random): string[] {
  const told = [...sources.conditions, ...sources.drugs];
  const facts = Array.from({ length: 8 }, () =>
    told.map((entity) => factsOf(sources, entity, random)),
  ).flat();
  const questions = random.sample(sources.questions, 2000).map(renderQuestion);
  return [...sources.prose, ...facts, ...questions].map((text) => text.toLowerCase());
}

async function readSources(context: StageContext<PretrainSettings>): Promise<CorpusSources> {
  const graph = await openGraph(context.input("discover"));
  const prose: string[] = [];
  for await (const { text } of readJsonl(join(context.input("discover"), "corpus.jsonl"), corpusLineSchema))
    prose.push(text);
  const questions = await loadJsonl(join(context.input("refine"), "train.jsonl"), questionSchema);
  if (graph.entities.size === 0)
    throw new UsageError("pretrain: the graph is empty; look at discover/rejects.jsonl");
  return corpusSources(graph, context.settings.corpus.predicates, { prose, questions });
}

function modelConfig({ model }: PretrainSettings, tokenizer: Tokenizer): ModelConfig {
  return {
    architecture: "qwen2",
    vocabSize: tokenizer.vocabularySize,
    hiddenSize: model.width,
    intermediateSize: model.feedForward,
    numHiddenLayers: model.layers,
    numAttentionHeads: model.heads,
    numKeyValueHeads: model.kvHeads,
    headDim: model.width / model.heads,
    maxPositionEmbeddings: model.contextLength,
    ropeTheta: model.ropeTheta,
    rmsNormEps: 1e-6,
    tieWordEmbeddings: true,
    bosTokenId: tokenizer.boundaryToken,
    eosTokenIds: [tokenizer.endToken],
    padTokenId: tokenizer.boundaryToken,
  };
}
