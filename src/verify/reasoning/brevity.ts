/**
 * Whether reasoning is brief (paper §3.2): not longer than so many words, in Chinese characters, and not padded with
 * sentences that only announce thinking ("Okay, let me think about this step by step.").
 */
import type { Check } from "../../records/check.ts";
import { foldWidth } from "../text.ts";
import type { ReasoningCheck } from "./reasoning.ts";
import { splitSentences } from "./sentences.ts";
import { wordsOf } from "./words.ts";

/** Below so many empty sentences a text is not called padded, whatever their share. */
const FEW = 4;
const MOST_FILLER = 0.3;

const opener =
  "(?:okay|ok|alright|all right|well|hmm+|hm+|um+|uh|so|now|wait|right|sure|yes|no|actually|oh|great|good|and|but|first|first of all|next|then|again|hold on|let's see|let me see)";
const musing =
  "(?:let me (?:just )?(?:think|see|start|begin|try|look|go|consider|check|recall|remember|re-?read|break (?:this|it) down|take a (?:look|moment|step back)|step back|double[- ]check|work|proceed|continue|move on)|let(?:'s| us) (?:think|see|start|begin|try|look|go|break (?:this|it) down|take a (?:look|moment|step back)|step back|dive|work|proceed|continue|move on)|i (?:need|have|want|should|will|am going|must|'ll) ?(?:to )?(?:think|start|begin|look|be careful|consider (?:this|it|that|everything)|go|take|re-?read|figure this out)|i'm (?:going to|trying to) (?:think|figure)|this is (?:a|an|quite a|such a) (?:tricky|interesting|good|hard|difficult|tough|great|complex|challenging|important|classic) (?:one|question|case|problem)|that(?:'s| is) (?:a|an) (?:tricky|interesting|good|hard|great) (?:one|question|point|case)|i wonder|where was i|what else|what do we have|how should i (?:approach|go about) (?:this|it))";
const tail =
  "(?: (?:about|at|through|over|into|with|again|carefully|once more|more|further|step by step|one by one|a bit|deeper|this|that|it|the|these|all|question|case|problem|options?|choices?|each|of|for|a|moment|second|what|is|being|asked|here|now|slowly|in detail|systematically|methodically|by|thinking|reading|analy[sz]ing|looking|very|really|and|everything|information|given|carefully|to|on|next|one))*";
const filler = new RegExp(
  `^(?:(?:${opener}[,. ]*)+(?:${musing}${tail})?|${musing}${tail})[ .,!?…:]*$|^(?:${opener}[,. ]*)*(?:here we go|that makes sense|makes sense|interesting|i see|got it|let's go|you know|to be honest)[ .,!?…]*$`,
  "iu",
);
const emptyHan =
  /^(?:嗯|好的?|那么|首先|现在|等等|等一下|让我|我们?来|我来|我|我需要|我们?需要|我得|一步一步|仔细|慢慢|再|先|重新|好好|地|来|看看|看一下|想想|想一想|思考一下|思考|分析一下|分析|考虑一下|考虑|回顾一下|梳理一下|这道?题|这个问题|题目|有点|比较|很|难|有意思|吧|呢|啊|[，。,.！!？?…、：: ])+$/u;

/** A check that reasoning has at most so many words and little filler. */
export function brevityChecker(maxWords: number): ReasoningCheck {
  return ({ text }) => {
    const faults: Check[] = [];
    const words = wordsOf(text);
    const first = words[maxWords];
    if (first)
      faults.push({
        name: "brevity",
        passed: false,
        found: `${words.length} words, at most ${maxWords} are wanted; the rest starts here`,
        span: [first.start, text.length],
      });
    const sentences = splitSentences(foldWidth(text));
    const empty = sentences.filter(({ text: said }) => filler.test(said) || emptyHan.test(said));
    const last = empty.at(-1);
    if (last && empty.length >= FEW && empty.length > MOST_FILLER * sentences.length)
      faults.push({
        name: "brevity",
        passed: false,
        found: `${empty.length} of ${sentences.length} sentences only announce thinking, the last "${last.text.slice(0, 60)}"`,
        span: [last.start, last.start + last.text.length],
      });
    if (faults.length > 0) return faults;
    return [{ name: "brevity", passed: true, found: `${words.length} words of ${maxWords}` }];
  };
}
