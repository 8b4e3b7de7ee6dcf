/**
 * Pages that are not medical: people (some of them physicians), places, animals, works, clubs, lists, disambiguations.
 *
 * They are what a reader of the whole must pass over: some link to diseases, some have boxes that look like a pathogen's.
 */
import { box, type Field } from "./generate-box.ts";
import { type Draft, linkTo, singleReference } from "./generate-draft.ts";
import { between, oneOf } from "./generate-draw.ts";
import { capitalised, personName, placeName } from "./generate-names.ts";
import { type OtherArticle, otherTitle } from "./generate-other-titles.ts";
import { ending, heading, image, prose, table } from "./generate-parts.ts";
import { drawThing, nameOf } from "./generate-world.ts";

/** Writes a page that holds no medical fact. */
export function writeOther(draft: Draft, { kind, n }: OtherArticle): void {
  switch (kind) {
    case "disambiguation":
      writeDisambiguation(draft);
      break;
    case "list":
      writeList(draft);
      break;
    case "season":
      writeSeason(draft);
      break;
    default:
      writeArticle(draft, kind, n);
  }
}

function someTitle(draft: Draft): string {
  return otherTitle(draft.world, between(draft.draw, 0, Math.max(0, draft.world.other - 1)));
}

function writeArticle(
  draft: Draft,
  kind: "person" | "place" | "species" | "work" | "organisation",
  n: number,
): void {
  const { draw, title } = draft;
  const isPhysician = kind === "person" && n % 12 === 0;
  if (draw() < 0.6) draft.text += `{{Short description|${capitalised(kind)}}}\n`;
  if (draw() < 0.2) draft.text += "{{Use dmy dates|date=August 2022}}\n";
  if (draw() < 0.75) draft.text += boxOf(draft, kind, isPhysician);
  if (draw() < 0.25) draft.text += image(draft);
  draft.text += `${opening(draft, kind, isPhysician)}${singleReference(draft)} `;
  if (isPhysician && draft.world.medical > 0) {
    const studied = drawThing(draft.world, "disease", n % 40, draw);
    draft.text += `${oneOf(draw, ["He", "She"])} wrote on ${linkTo(draft, studied)} and treated it with ${nameOf(draft.world, drawThing(draft.world, "drug", n % 40, draw))}. `;
  }
  const room = draft.target - ENDING;
  prose(draft, "life", Math.min(room, draft.text.length + room * 0.25));
  const headings = headingsOf[kind];
  const count = Math.max(0, Math.min(headings.length, Math.floor(room / 900)));
  const from = draft.text.length;
  for (let i = 0; i < count; i++) {
    heading(draft, headings[i] as string);
    if (draw() < 0.08) table(draft, between(draw, 3, 25));
    prose(draft, "life", from + ((room - from) * (i + 1)) / count);
  }
  const links =
    draw() < 0.3 ? `* [https://www.example.org/${between(draw, 100, 99_999)} Official website]\n` : "";
  ending(
    draft,
    [],
    links,
    draw() < 0.4 ? `{{${placeName(between(draw, 0, 300))}}}` : "",
    categoriesOf(draft, kind, isPhysician, title),
  );
}

const ENDING = 300;

const headingsOf = {
  person: ["Early life", "Career", "Later life", "Personal life", "Works", "Legacy"],
  place: ["History", "Geography", "Demographics", "Economy", "Transport", "Notable people"],
  species: ["Description", "Distribution and habitat", "Behaviour", "Taxonomy"],
  work: ["Plot", "Production", "Reception", "Release", "Cast"],
  organisation: ["History", "Organisation", "Grounds", "Facilities", "Notable members"],
} as const;

function boxOf(draft: Draft, kind: keyof typeof headingsOf, isPhysician: boolean): string {
  const { draw, title } = draft;
  const link = (): string => `[[${someTitle(draft)}]]`;
  switch (kind) {
    case "person": {
      const fields: Field[] = [
        ["name", title],
        [
          "birth_date",
          `{{birth date|${between(draw, 1780, 1995)}|${between(draw, 1, 12)}|${between(draw, 1, 28)}}}`,
        ],
        ["birth_place", link()],
        [
          "occupation",
          isPhysician ? "[[Physician]]" : oneOf(draw, ["Painter", "Footballer", "Engineer", "Judge", "Poet"]),
        ],
        ["known_for", draw() < 0.3 ? link() : ""],
        ["spouse", draw() < 0.3 ? personName(between(draw, 0, 9_000)) : ""],
      ];
      return box(draft, isPhysician ? "Infobox medical person" : "Infobox person", fields);
    }
    case "place":
      return box(draft, "Infobox settlement", [
        ["name", title],
        ["settlement_type", oneOf(draw, ["Town", "Village", "Municipality"])],
        ["subdivision_name", link()],
        ["population_total", String(between(draw, 90, 900_000))],
        [
          "coordinates",
          `{{coord|${between(draw, 1, 70)}|${between(draw, 0, 59)}|N|${between(draw, 1, 170)}|${between(draw, 0, 59)}|E|display=inline,title}}`,
        ],
      ]);
    case "species":
      return box(draft, oneOf(draw, ["Speciesbox", "Taxobox", "Automatic taxobox"]), [
        ["name", `''${title}''`],
        ["genus", title.split(" ")[0] as string],
        ["species", title.split(" ")[1] ?? ""],
        ["authority", `(${oneOf(draw, ["Linnaeus", "Fabricius", "Walker"])}, ${between(draw, 1758, 1960)})`],
        ["familia", "Carabidae"],
      ]);
    case "work":
      return box(draft, oneOf(draw, ["Infobox film", "Infobox book", "Infobox album"]), [
        ["name", title],
        ["director", link()],
        ["released", `{{Film date|${between(draw, 1920, 2024)}}}`],
        ["runtime", `${between(draw, 40, 190)} minutes`],
        ["country", placeName(between(draw, 0, 90))],
      ]);
    case "organisation":
      return box(draft, oneOf(draw, ["Infobox company", "Infobox university", "Infobox organization"]), [
        ["name", title],
        ["founded", String(between(draw, 1700, 2015))],
        ["location", link()],
        ["num_employees", String(between(draw, 10, 90_000))],
        ["website", `{{URL|example.org/${between(draw, 1, 999)}}}`],
      ]);
    default:
      return kind satisfies never;
  }
}

function opening(draft: Draft, kind: keyof typeof headingsOf, isPhysician: boolean): string {
  const { draw, title } = draft;
  const link = `[[${someTitle(draft)}]]`;
  switch (kind) {
    case "person": {
      const trade = isPhysician
        ? "physician"
        : oneOf(draw, ["painter", "footballer", "engineer", "judge", "poet", "botanist"]);
      return `'''${title}''' (${between(draw, 1780, 1930)}–${between(draw, 1931, 2020)}) was a ${trade} from ${link}.`;
    }
    case "place":
      return `'''${title}''' is a ${oneOf(draw, ["town", "village", "river port"])} in ${link}.`;
    case "species":
      return `'''''${title}''''' is a species of ${oneOf(draw, ["ground beetle", "fern", "moth", "land snail", "orchid"])} found in ${link}.`;
    case "work":
      return `'''''${title}''''' is a ${between(draw, 1920, 2024)} ${oneOf(draw, ["drama film", "novel", "studio album", "television play"])} by ${link}.`;
    case "organisation":
      return `'''${title}''' is ${oneOf(draw, ["an institution", "a company", "a club"])} in ${link}.`;
    default:
      return kind satisfies never;
  }
}

function categoriesOf(
  draft: Draft,
  kind: keyof typeof headingsOf,
  isPhysician: boolean,
  title: string,
): string[] {
  const { draw } = draft;
  const year = between(draw, 1780, 2015);
  switch (kind) {
    case "person":
      return [
        `${year} births`,
        isPhysician ? "19th-century physicians" : "People from a small town",
        "Living people",
      ];
    case "place":
      return ["Populated places on rivers", `Places established in ${year}`];
    case "species":
      return [`Species described in ${Math.max(1758, year)}`, "Carabidae", `${title.split(" ")[0]}`];
    case "work":
      return [`${year} films`, "English-language works"];
    case "organisation":
      return [`Organizations established in ${year}`];
    default:
      return kind satisfies never;
  }
}

function writeDisambiguation(draft: Draft): void {
  const { draw, title, world } = draft;
  const name = title.replace(" (disambiguation)", "");
  draft.text += `'''${name}''' may refer to:\n\n`;
  for (let i = between(draw, 3, 14); i > 0; i--) {
    draft.text += `* [[${someTitle(draft)}]], ${oneOf(draw, ["a village", "a painter", "a river", "a song of the group", "a footballer"])}${draw() < 0.4 ? ` born in ${between(draw, 1800, 2000)}` : ""}\n`;
  }
  if (draw() < 0.15 && world.medical > 0)
    draft.text += `* ${linkTo(draft, drawThing(world, "disease", between(draw, 0, 39), draw), true)}, a disease\n`;
  draft.text += `\n==See also==\n* {{look from|${name}}}\n\n{{disambiguation}}\n`;
}

function writeList(draft: Draft): void {
  const { draw, title } = draft;
  draft.text += `This is a '''${title.charAt(0).toLowerCase()}${title.slice(1)}'''.${singleReference(draft)}\n\n`;
  const asTable = draw() < 0.5;
  let part = 0;
  do {
    heading(draft, String.fromCharCode(65 + (part++ % 26)));
    if (asTable) table(draft, between(draw, 8, 40));
    else {
      for (let i = between(draw, 6, 25); i > 0; i--) {
        draft.text += `* [[${someTitle(draft)}]] – ${placeName(between(draw, 0, 4_000))}, ${between(draw, 1700, 2020)}\n`;
      }
    }
  } while (draft.text.length < draft.target);
  ending(draft, [], "", "", ["Lists of places"]);
}

function writeSeason(draft: Draft): void {
  const { draw, title } = draft;
  draft.text += `The '''${title}''' was the ${between(draw, 2, 110)}th season of the club.${singleReference(draft)}\n\n`;
  do {
    heading(draft, oneOf(draw, ["Results", "Squad", "Transfers", "Cup"]));
    let text = `{| class="wikitable" style="text-align:center"\n! Date !! Opponents !! Result !! Scorers !! Attendance\n`;
    for (let i = between(draw, 8, 30); i > 0; i--) {
      text += `|-\n| ${between(draw, 1, 28)} March || [[${someTitle(draft)}]] || ${between(draw, 0, 6)}–${between(draw, 0, 6)} || [[${personName(between(draw, 0, 20_000))}|${personName(
        between(draw, 0, 900),
      )
        .split(" ")
        .at(-1)}]] ${between(draw, 1, 90)}' || ${between(draw, 200, 60_000)}\n`;
    }
    draft.text += `${text}|}\n`;
  } while (draft.text.length < draft.target);
  ending(draft, [], "", "", ["Football club seasons"]);
}
