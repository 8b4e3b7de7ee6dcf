/**
 * Anonymisation measured: `npm run bench -- phi [--asq FILE] [--faulty]`.
 *
 * On our own cases, the half the rules were written with and the half held out; and on ASQ-PHI where its file is
 * given (by --asq or FLEMING_ASQ_PHI). Values are never printed; --faulty prints numbers of texts.
 */
import { existsSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { UsageError } from "../../src/base/errors.ts";
import { findAll } from "../../src/refine/anonymise/anonymise.ts";
import { phiClasses } from "../../src/refine/anonymise/rule.ts";
import { type PhiScore, scorePhi } from "./phi-score.ts";
import { type LabelledText, readAsqPhi, readOwnCases } from "./phi-sets.ts";

/** Names of ASQ-PHI for the HIPAA classes, beside those its file holds examples of. */
const asqClasses = [
  "NAME",
  "GEOGRAPHIC_LOCATION",
  "DATE",
  "PHONE_NUMBER",
  "FAX_NUMBER",
  "EMAIL_ADDRESS",
  "SOCIAL_SECURITY_NUMBER",
  "MEDICAL_RECORD_NUMBER",
  "HEALTH_PLAN_BENEFICIARY_NUMBER",
  "ACCOUNT_NUMBER",
  "vehicle",
  "device",
  "url",
  "biometric",
  "picture",
];

/** Prints recall by class, precision, F2, hard negatives changed and leaks of each set. */
export async function measurePhi(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { asq: { type: "string" }, faulty: { type: "boolean", default: false } },
  });
  const own = readOwnCases();
  const classes = Object.keys(phiClasses);
  print(
    "own cases, development half",
    own.filter((one) => !one.held),
    classes,
    values.faulty,
  );
  print(
    "own cases, held out",
    own.filter((one) => one.held),
    classes,
    values.faulty,
  );
  const file = values.asq ?? process.env["FLEMING_ASQ_PHI"];
  if (file === undefined) {
    console.log("\nASQ-PHI: not measured; give its file with --asq (docs say where it is published)");
    return;
  }
  if (!existsSync(file))
    throw new UsageError(`--asq ${file}: no such file; expected synthetic_clinical_queries.txt`);
  const { texts, lost } = readAsqPhi(readFileSync(file, "utf8"));
  if (texts.length === 0)
    throw new UsageError(`--asq ${file}: no "===QUERY===" in it; expected the file of ASQ-PHI`);
  print("ASQ-PHI", texts, asqClasses, values.faulty);
  console.log(`values that do not stand in their query: ${lost}`);
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

function print(
  title: string,
  texts: readonly LabelledText[],
  classes: readonly string[],
  faulty: boolean,
): void {
  const started = performance.now();
  const score = scorePhi(texts, findAll);
  const rate = Math.round(texts.length / ((performance.now() - started) / 1000));
  console.log(`\n${title}: ${score.texts} texts, ${score.elements} elements, ${rate} texts/s`);
  for (const line of table(score, classes)) console.log(line);
  console.log(
    `recall ${percent(score.recall)}  precision ${percent(score.precision)}  F2 ${score.f2.toFixed(3)}  ` +
      `leaked ${score.leaked}  hard negatives changed ${score.negativesChanged} of ${score.negatives}`,
  );
  if (faulty) console.log(`texts with a leak or a false alarm: ${score.faulty.join(" ")}`);
}

function table(score: PhiScore, classes: readonly string[]): string[] {
  const measured = new Map(score.byClass.map((one) => [one.class, one]));
  return [...new Set([...classes, ...measured.keys()])].map((kind) => {
    const one = measured.get(kind);
    if (one === undefined) return `  ${kind.padEnd(32)} not measured`;
    const { low, high } = one.interval;
    return `  ${kind.padEnd(32)} ${one.found}/${one.n}  ${percent(one.found / one.n)} [${percent(low)}, ${percent(high)}]`;
  });
}
