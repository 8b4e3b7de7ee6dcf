/**
 * Limits told without the name of what they limit: "for maintenance one aims at 0.6–1.0 mg/L" after a lithium of
 * 2.4 mmol/L.
 *
 * A sentence all of whose words speak of limits and ranges is about the one analyte that the question counts in moles or
 * equivalents; of a salt of one charge nobody tells a concentration by mass.
 */
import { kindOf, type UnitFault, unitText } from "./kinds.ts";
import { readingsIn } from "./readings.ts";
import { splitSentences } from "./sentences.ts";
import { quantitiesOf } from "./spelled-quantities.ts";

const words =
  /\b(?:for|in|on|with|of|at|to|and|or|but|so|the|a|an|is|are|was|be|been|being|it|its|this|that|these|which|one|we|you|they|aims?|aim(?:ed|ing)|keeps?|kept|wants?|likes?|prefers?|tries|try|maintenance|maintain(?:ed|s)?|therapeutic|therapy|toxic|toxicity|target|targets?|goal|range|ranges?|window|level|levels|concentration|concentrations|normal|normally|usual|usually|healthy|values?|upper|lower|limits?|limit|lies?|sits?|runs?|around|about|between|from|under|over|above|below|than|less|more|higher|lower|far|beyond|well|hers|his|theirs|acute|chronic|mania|treatment|adults?|elderly|patients?|should|would|must|not|stay|stays|remain|remains|therapeutically|steady|state|trough|serum|plasma|blood|reference|interval|laboratory|labs?|most|typical|typically|safe|ordinarily|long-term|bipolar|prophyla\w+|here|there|then|still|already|only|just|even|very|much|clearly|has|have|had|as|by|if|while|when|what|he|she|her)\b/gi;

/** Concentrations by mass of what has none, in sentences that name nothing else. */
export function carriedFaults(text: string, given: string): readonly UnitFault[] {
  const own = quantitiesOf(text);
  if (!own.some(({ unit }) => kindOf(unit) === "massConcentration")) return [];
  const named = readingsIn(given).filter(({ quantity }) => quantity.never.includes("massConcentration"));
  const keys = new Set(named.map(({ quantity }) => quantity.key));
  const isMassGiven = quantitiesOf(given).some(({ unit }) => kindOf(unit) === "massConcentration");
  const molar = named.find(({ unit }) => unit !== undefined && /mol|eq/.test(unit));
  if (keys.size !== 1 || molar === undefined || isMassGiven) return [];
  return splitSentences(text).flatMap((sentence) => {
    const end = sentence.start + sentence.text.length;
    return own.flatMap((one): UnitFault[] => {
      if (one.start < sentence.start || one.end > end || kindOf(one.unit) !== "massConcentration") return [];
      const rest = `${text.slice(sentence.start, one.start)} ${text.slice(one.end, end)}`;
      const others = rest
        .replace(words, " ")
        .replace(/[^\p{L}]+/gu, " ")
        .replace(new RegExp(molar.name, "gi"), " ");
      if (others.trim() !== "") return [];
      const says = `${molar.name} is told in ${unitText(molar.unit as string)}, not in ${unitText(one.unit)}`;
      return [{ start: one.start, end: one.end, says }];
    });
  });
}
