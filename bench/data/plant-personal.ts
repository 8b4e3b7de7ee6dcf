/**
 * What could identify a person, put into the stem of a made question in a sentence as records have it. Values are made
 * up by rules of their own that the anonymiser does not know; numbers with a check digit have the right one.
 */
import type { Random } from "../../src/base/random.ts";
import type { Question } from "../../src/records/question.ts";
import { changed, type Planted, withSentence } from "./planted.ts";

const firstNames =
  "Margaret Dolores Kwame Ingrid Tobias Priya Hector Yolanda Seamus Leila Bartholomew Chidi".split(" ");
const lastNames =
  "Ashworth Delacroix Okonkwo Lindqvist Pemberton Ramaswamy Villanueva O'Hara Kowalczyk Haddad Thistlewood".split(
    " ",
  );
const streets = "Maple Birchwood Harbour Sycamore Jefferson Riverside Clement".split(" ");
const towns = ["Springfield", "Cedar Rapids", "Dunmore", "Ashtabula", "Port Huron"];
const months = "January February March April May June July August September October November December".split(
  " ",
);
const hanNames = ["张伟明", "李秀英", "王建国", "陈晓燕", "欧阳志远", "赵雪梅"];
const hospitals = ["北京协和医院", "上海市第六人民医院", "四川大学华西医院"];

interface Told {
  readonly kind: string;
  readonly values: readonly string[];
  readonly sentence: string;
}

/** One sentence of a kind for each draw. */
const tellings: readonly ((random: Random) => Told)[] = [
  (random) => {
    const [first, last] = [random.pick(firstNames), random.pick(lastNames)];
    const sentence = random.pick([
      `The patient, ${first} ${last}, is accompanied by a relative.`,
      `Mr. ${last} has been followed here for years.`,
      `Dr. ${first} ${last} refers the patient.`,
      `Patient name: ${last}, ${first}.`,
    ]);
    return { kind: "name", values: [first, last].filter((one) => sentence.includes(one)), sentence };
  },
  (random) => {
    const number = random.pick([
      `(${area(random)}) ${digits(random, 3, 2)}-${digits(random, 4)}`,
      `${area(random)}-${digits(random, 3, 2)}-${digits(random, 4)}`,
      `+1 ${area(random)} ${digits(random, 3, 2)} ${digits(random, 4)}`,
      `+44 20 7${digits(random, 3)} ${digits(random, 4)}`,
    ]);
    return {
      kind: "phone",
      values: [number],
      sentence: random.pick([
        `Reachable at ${number}.`,
        `Phone: ${number}.`,
        `Call the daughter on ${number} with results.`,
      ]),
    };
  },
  (random) => {
    const number = random.pick([
      digits(random, 8, 1),
      `${digits(random, 3, 1)}-${digits(random, 2)}-${digits(random, 3)}`,
      `A${digits(random, 7)}`,
    ]);
    return {
      kind: "medical record number",
      values: [number],
      sentence: random.pick([
        `MRN: ${number}.`,
        `The medical record number is ${number}.`,
        `MRN ${number} was pulled up.`,
      ]),
    };
  },
  (random) => {
    const number = digits(random, random.integer(2) + 2, 1);
    const street = `${number} ${random.pick(streets)} ${random.pick(["Street", "Avenue", "Lane", "Rd."])}`;
    const town = random.pick(towns);
    return {
      kind: "address",
      values: [street],
      sentence: random.pick([
        `The home address is ${street}, ${town}, OH ${digits(random, 5, 1)}.`,
        `The patient lives at ${street} in ${town}.`,
      ]),
    };
  },
  (random) => {
    const [day, month, year] = [1 + random.integer(28), random.integer(12), 1990 + random.integer(34)];
    const date = random.pick([
      `${months[month]} ${day}, ${year}`,
      `${day} ${months[month]} ${year}`,
      `${two(month + 1)}/${two(day)}/${year}`,
      `${year}-${two(month + 1)}-${two(day)}`,
    ]);
    return {
      kind: "date",
      values: [date],
      sentence: random.pick([
        `Admission was on ${date}.`,
        `The first visit took place on ${date}.`,
        `Date of birth: ${date}.`,
      ]),
    };
  },
  (random) => {
    const address = `${random.pick(firstNames).toLowerCase()}.${random.pick(lastNames).toLowerCase().replace("'", "")}${digits(random, 2)}@${random.pick(["mailbox.org", "clinic-example.com", "uni.example.edu"])}`;
    return {
      kind: "e-mail",
      values: [address],
      sentence: random.pick([`Results go to ${address}.`, `E-mail: ${address}.`]),
    };
  },
  (random) => {
    const number = `${100 + random.integer(500)}-${two(1 + random.integer(98))}-${digits(random, 4, 1)}`;
    return {
      kind: "social security number",
      values: [number],
      sentence: random.pick([`SSN: ${number}.`, `The social security number on file is ${number}.`]),
    };
  },
  (random) => {
    const url = `https://www.${random.pick(lastNames).toLowerCase().replace("'", "")}-family.example.com/${digits(random, 4)}`;
    return { kind: "web address", values: [url], sentence: `A photograph is at ${url} for reference.` };
  },
  (random) => {
    const ip = [
      1 + random.integer(222),
      random.integer(255),
      random.integer(255),
      1 + random.integer(253),
    ].join(".");
    return { kind: "IP address", values: [ip], sentence: `The portal was used from IP address ${ip}.` };
  },
  (random) => {
    const age = 91 + random.integer(13);
    return {
      kind: "age over 89",
      values: [`${age}`],
      sentence: random.pick([
        `The mother is ${age} years old.`,
        `An aunt died at the age of ${age}.`,
        `A ${age}-year-old neighbour helps at home.`,
      ]),
    };
  },
  (random) => {
    const number = `${random.pick(["XHK", "MCB", "WZP"])}${digits(random, 9, 1)}`;
    return { kind: "health plan number", values: [number], sentence: `Insurance member ID: ${number}.` };
  },
  (random) => {
    const number = digits(random, 10, 1);
    return {
      kind: "account number",
      values: [number],
      sentence: `The bill goes to account number ${number}.`,
    };
  },
  (random) => {
    const number = `SN-${digits(random, 4, 1)}${random.pick(["K", "T", "R"])}${digits(random, 4)}`;
    return {
      kind: "device serial number",
      values: [number],
      sentence: `The pacemaker, serial number ${number}, was checked.`,
    };
  },
  (random) => {
    const number = `D${digits(random, 3, 1)}-${digits(random, 4)}-${digits(random, 4)}`;
    return {
      kind: "licence number",
      values: [number],
      sentence: `Driver's license number ${number} was shown at the desk.`,
    };
  },
  (random) => {
    const name = random.pick(hanNames);
    return {
      kind: "Chinese name",
      values: [name],
      sentence: random.pick([`患者姓名：${name}。`, `患者${name}，由家属陪同就诊。`]),
    };
  },
  (random) => {
    const number = residentNumber(random);
    return { kind: "Chinese identity number", values: [number], sentence: `身份证号：${number}。` };
  },
  (random) => {
    const number = `1${random.pick(["38", "59", "86", "77"])}${digits(random, 8)}`;
    return {
      kind: "Chinese telephone",
      values: [number],
      sentence: random.pick([`联系电话：${number}。`, `家属手机${number}。`]),
    };
  },
  (random) => {
    const number = digits(random, 8, 1);
    return {
      kind: "Chinese hospital number",
      values: [number],
      sentence: `住院号：${number}，就诊于${random.pick(hospitals)}。`,
    };
  },
];

/** One kind of personal data in the stem; `turn` walks through the kinds. */
export function plantPersonalData(question: Question, random: Random, turn: number): Planted {
  const { kind, values, sentence } = tellings[turn % tellings.length]!(random);
  const stem = withSentence(question.stem, sentence);
  return {
    fault: "personalData",
    question: changed(question, { stem }),
    how: `${kind}: ${sentence}`,
    values,
  };
}

/** Digits, the first of them at least `least`. */
function digits(random: Random, count: number, least = 0): string {
  return Array.from({ length: count }, (_, i) =>
    i === 0 ? least + random.integer(10 - least) : random.integer(10),
  ).join("");
}

function area(random: Random): string {
  return random.pick(["212", "415", "617", "303", "614", "718"]);
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

/** Eighteen digits with the check character of GB 11643: place, date of birth, order, check. */
function residentNumber(random: Random): string {
  const date = `${1940 + random.integer(70)}${two(1 + random.integer(12))}${two(1 + random.integer(28))}`;
  const body = `${random.pick(["110105", "310104", "440305", "510107"])}${date}${digits(random, 3)}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, i) => total + weight * Number(body[i]), 0);
  return body + "10X98765432"[sum % 11];
}
