/**
 * The wording of a stem in Chinese (paper §3.1), in the manner of licensing examinations: "患者，男，45岁，因“…”就诊。
 * 查体…。最可能的诊断是哪一项？", or a direct question. "plain" has one or two short sentences for a very small model.
 *
 * Invariant: every told name stands in the stem as it is written, the hidden one never; a stem ends in "？". What a
 * name says of the patient is read from the English title, which is its id.
 */
import { invariant } from "../../base/errors.ts";
import type { Random } from "../../base/random.ts";
import type { Ask } from "../types.ts";
import { personOf } from "./patient.ts";
import type { Name, Told } from "./told.ts";
import { isReportable, paceOf } from "./vignette.ts";
import { asksZh, patientAsksZh } from "./zh-asks.ts";
import { factClauseZh, factSentenceZh, listZh } from "./zh-phrases.ts";

/** The stem of a question in Chinese: a new wording at each call, as the generator goes on. */
export function writeStemZh(told: Told, style: "clinical" | "plain", random: Random): string {
  if (style === "plain") return plainStem(told, random);
  if (told.type.told === "name") return namedStem(told, random);
  const isDirect = told.type.ask === "disease" && told.facts.length > 0;
  if (isDirect && (told.findings.length === 0 || random.integer(3) === 0)) return directStem(told, random);
  return `${vignette(told, random)}${filled(random.pick(asksZh(told.type)), told, random.pick(unnamed))}`;
}

/** Words for the disease that is not named. */
const unnamed = ["该病", "该疾病", "所患疾病", "上述疾病"];

/** Asked after a patient who has the disease or takes the drug. */
const suspected: ReadonlySet<Ask> = new Set(["test"]);
const had: ReadonlySet<Ask> = new Set([
  "mechanism",
  "drug",
  "cause",
  "complication",
  "sideEffect",
  "drugClass",
  "target",
  "classEffect",
  "enzyme",
  "avoid",
]);

function namedStem(told: Told, random: Random): string {
  const { type, subject } = told;
  invariant(subject !== undefined, `a stem of ${type.name} has no subject`);
  const [kind] = type.subjects;
  const hasPatient =
    type.form === "attribute" &&
    (kind === "disease" || kind === "drug") &&
    (suspected.has(type.ask) || had.has(type.ask));
  if (!hasPatient || random.integer(2) === 0) return filled(random.pick(asksZh(type)), told, subject.text);
  const { words } = patientOf(told, random, true);
  const ways =
    kind === "drug"
      ? ["正在使用{s}治疗", "正在接受{s}治疗", "近期开始使用{s}"]
      : suspected.has(type.ask)
        ? ["疑诊为{s}", "临床怀疑{s}", "考虑{s}可能"]
        : ["确诊为{s}", "诊断为{s}", "患有{s}"];
  const said = `${words}，${random.pick(ways).replace("{s}", () => subject.text)}。`;
  const history = told.history ? historySentence(told.history, random) : "";
  const it = kind === "drug" ? random.pick(["该药", "该药物"]) : random.pick(["该病", "该疾病"]);
  const ask = random.pick(told.history ? patientAsksZh(type) : asksZh(type));
  return `${said}${history}${filled(ask, told, it)}`;
}

/** Facts without a patient: "下列哪种疾病可用甲治疗，且以乙为危险因素？" */
function directStem(told: Told, random: Random): string {
  const clauses = told.facts.map((fact) => factClauseZh(fact, random));
  if (told.findings.length > 0)
    clauses.unshift(`${random.pick(["可表现为", "可出现"])}${listZh(told.findings)}`);
  if (told.absent.length > 0) clauses.push(`通常不引起${listZh(told.absent, "或")}`);
  const said =
    clauses.length <= 1 ? clauses.join("") : `${clauses.slice(0, -1).join("，")}，且${clauses.at(-1)}`;
  return random.pick([
    `下列哪种疾病${said}？`,
    `下列疾病中，哪一种${said}？`,
    `某种疾病${said}。该病是下列哪一种？`,
    `已知某病${said}。该病最可能是下列哪一项？`,
  ]);
}

function plainStem(told: Told, random: Random): string {
  const { type, subject, findings, absent } = told;
  const ask = random.pick(asksZh(type));
  if (type.told === "name") {
    invariant(subject !== undefined, `a stem of ${type.name} has no subject`);
    return filled(ask, told, subject.text);
  }
  const no = absent.length > 0 ? `无${listZh(absent, "、")}` : "";
  const shown = findings.length > 0 ? `${random.pick(["有", "出现"])}${listZh(findings)}` : "";
  const patient = [shown, no].filter((part) => part !== "").join("，");
  const facts = told.facts.map((fact) => `该病${factClauseZh(fact, random)}。`);
  const history = told.history && !ask.includes("{h}") ? `患者另有${told.history.text}。` : "";
  const story = patient === "" ? "" : `患者${patient}。`;
  return `${story}${facts.join("")}${history}${filled(ask, told, random.pick(unnamed))}`;
}

function filled(ask: string, { history, other }: Told, subject: string): string {
  return ask
    .replaceAll("{d}", () => subject)
    .replaceAll("{h}", () => history?.text ?? "")
    .replaceAll("{o}", () => other?.text ?? "");
}

interface Patient {
  /** "患者，男，45岁". */
  readonly words: string;
  /** Too young to tell: others bring the patient. */
  readonly isSmallChild: boolean;
}

function patientOf(told: Told, random: Random, isNeutral = false): Patient {
  const person = personOf(told, random, isNeutral);
  if (person === undefined) return { words: "某患者", isSmallChild: false };
  const { years, sex } = person;
  const ofSex = sex === undefined ? "" : sex === "female" ? "女" : "男";
  const age =
    years < 0.1
      ? `出生${2 + Math.floor(years * 250)}天`
      : years < 1
        ? `${Math.max(2, Math.floor(years * 12))}个月`
        : `${Math.floor(years)}岁`;
  const noun = years < 0.1 ? "新生儿" : years < 14 ? "患儿" : "患者";
  const ways =
    ofSex === ""
      ? [`${noun}，${age}`, `一名${noun}，${age}`]
      : [`${noun}，${ofSex}，${age}`, `${noun}${ofSex}性，${age}`, `${ofSex}性${noun}，${age}`];
  return { words: random.pick(ways), isSmallChild: years < 5 };
}

/** The sentences before the question. */
function vignette(told: Told, random: Random): string {
  const patient = patientOf(told, random);
  const { words } = patient;
  const complaints = told.findings.filter(isComplaint);
  const others = told.findings.filter((name) => !isComplaint(name));
  const sentences: string[] = [];
  if (complaints.length > 0) {
    // The chief complaint leads; some patients tell all at once.
    const count = complaints.length <= 2 || random.integer(2) === 0 ? complaints.length : 2;
    sentences.push(opening(complaints.slice(0, count), patient, courseOf(told, random), random));
    const more = complaints.slice(count);
    if (more.length > 0) sentences.push(`${random.pick(["伴", "同时有", "病程中还出现"])}${listZh(more)}。`);
    if (others.length > 0) sentences.push(found(others, random));
  } else if (others.length > 0)
    sentences.push(
      random.pick([
        `${words}，因发现${listZh(others)}前来就诊。`,
        `${words}，就诊时发现${listZh(others)}。`,
        `${words}，检查发现${listZh(others)}。`,
      ]),
    );
  else sentences.push(`${words}，${random.pick(["前来就诊", "因疑似患病接受评估"])}。`);
  for (const fact of told.facts) sentences.push(factSentenceZh(fact, random));
  if (told.absent.length > 0) sentences.push(absence(told.absent, patient, random));
  if (told.history) sentences.push(historySentence(told.history, random));
  return sentences.join("");
}

function isComplaint(name: Name): boolean {
  return isReportable({ ...name, text: name.id });
}

function opening(
  names: readonly Name[],
  { words, isSmallChild }: Patient,
  course: { readonly inside: string; readonly after: string },
  random: Random,
): string {
  const shown = listZh(names, "、");
  const quoted = `“${shown}${course.inside}”`;
  const ways = [
    `${words}，因${quoted}就诊${course.after}。`,
    `${words}，因${quoted}来诊${course.after}。`,
    `${words}，主诉：${shown}${course.inside}${course.after}。`,
    `${words}，${random.pick(["出现", "有"])}${listZh(names)}${course.inside === "" ? "" : `，已${course.inside}`}${course.after}。`,
  ];
  return isSmallChild ? `${words}，因${quoted}由家长带来就诊${course.after}。` : random.pick(ways);
}

/** Since when, where it cannot be wrong; empty otherwise, and now and then. Names speak by their English titles. */
function courseOf(told: Told, random: Random): { readonly inside: string; readonly after: string } {
  const byTitle = (name: Name): Name => ({ ...name, text: name.id });
  const pace = paceOf({
    ...told,
    findings: told.findings.map(byTitle),
    ...(told.hidden ? { hidden: byTitle(told.hidden) } : {}),
    ...(told.subject ? { subject: byTitle(told.subject) } : {}),
  });
  if (pace === undefined || random.integer(5) === 0) return { inside: "", after: "" };
  if (pace === "quick") return { inside: "", after: random.pick(["，起病较急", "，近期起病", "，病程较短"]) };
  return random.integer(3) === 0
    ? { inside: "", after: random.pick(["，起病缓慢", "，病情逐渐进展"]) }
    : { inside: random.pick([`${2 + random.integer(10)}个月`, "数月"]), after: "" };
}

function found(names: readonly Name[], random: Random): string {
  const isBodily = names.every(({ type, id }) => type === "sign" && !/uria\b|emia\b|blood|urine/i.test(id));
  const ways = isBodily ? ["查体：", "查体发现", "体格检查可见"] : ["检查发现", "进一步检查发现", "检查可见"];
  return `${random.pick(ways)}${listZh(names)}。`;
}

function absence(names: readonly Name[], { isSmallChild }: Patient, random: Random): string {
  const canBeDenied = !isSmallChild && names.every(isComplaint);
  const ways = [
    `无${listZh(names, "、")}。`,
    `未见${listZh(names, "或")}。`,
    `病程中无${listZh(names, "或")}。`,
  ];
  if (canBeDenied) ways.push(`否认${listZh(names, "、")}。`, `患者否认${listZh(names, "或")}。`);
  return random.pick(ways);
}

/** What the patient has besides, in words that fit what it is: a state, a plan, a habit, a disease. */
function historySentence({ id, text, type }: Name, random: Random): string {
  if (/^pregnancy$/i.test(id))
    return random.pick([`目前${text}第${8 + random.integer(29)}周。`, `患者目前处于${text}状态。`]);
  if (/^breast-?feeding$|^lactation$/i.test(id))
    return random.pick([`患者产后不久，需继续${text}。`, `患者希望继续${text}。`]);
  if (/^(?:childhood|old age|ageing|aging)$|\bsex$/i.test(id)) return `用药时须考虑${text}这一因素。`;
  if (/vaccination|surgery|anesthesia|anaesthesia/i.test(id) && !/recent/i.test(id))
    return random.pick([`近期有${text}的计划。`, `患者近期有${text}的安排。`]);
  if (/anaphyla|allerg|hypersensitiv/i.test(id))
    return random.pick([`既往有${text}史。`, `既往史：曾发生${text}。`]);
  const ways = [`同时存在${text}。`, `另外，患者还存在${text}。`, `病历中还记录有${text}。`];
  if (type === "risk factor") return random.pick([`病历中还记录有${text}。`, `病史提示存在${text}。`]);
  if (type === "disease" && !/\bactive|\bacute|crisis|injury/i.test(id))
    ways.push(`既往有${text}病史。`, `合并${text}。`, `同时患有${text}。`);
  return random.pick(ways);
}
