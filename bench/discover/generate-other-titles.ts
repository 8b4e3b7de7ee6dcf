/** The pages of a made-up encyclopedia that are not medical: which there are, and how each is called. */
import {
  capitalised,
  organisationName,
  personName,
  placeName,
  speciesName,
  surname,
  workName,
} from "./generate-names.ts";
import { medicalRedirect, type World } from "./generate-world.ts";

type OtherKind =
  | "person"
  | "place"
  | "species"
  | "work"
  | "organisation"
  | "list"
  | "disambiguation"
  | "season";

/** An article that is not medical: the n-th of its kind. */
export interface OtherArticle {
  readonly kind: OtherKind;
  readonly n: number;
}

/** Which kinds any twenty articles in a row are. */
const twenty: readonly OtherKind[] = [
  ...["person", "place", "work", "person", "species", "organisation", "person", "place", "disambiguation"],
  ...[
    "work",
    "person",
    "season",
    "place",
    "species",
    "person",
    "list",
    "organisation",
    "work",
    "place",
    "person",
  ],
] as OtherKind[];

/** How many of its kind stand before each of the twenty. */
const before = twenty.map((kind, i) => twenty.slice(0, i).filter((other) => other === kind).length);
const inTwenty = Object.fromEntries(
  [...new Set(twenty)].map((kind) => [kind, twenty.filter((other) => other === kind).length]),
) as Record<OtherKind, number>;

/** What page a number from 0 to `world.other` is: redirects to medical pages, then to others, then articles. */
export function otherPage(
  world: World,
  number: number,
):
  | { kind: "redirect"; title: string; to: "medical" | "other"; k: number }
  | { kind: "article"; article: OtherArticle } {
  if (number < world.medicalRedirects)
    return { kind: "redirect", title: medicalRedirect(world, number).title, to: "medical", k: number };
  const k = number - world.medicalRedirects;
  if (k < world.otherRedirects) {
    const title = `${articleTitle(articleAt(k * REDIRECT_STEP))} ${redirectTails[k % redirectTails.length]}`;
    return { kind: "redirect", title, to: "other", k };
  }
  return { kind: "article", article: articleAt(k - world.otherRedirects) };
}

const REDIRECT_STEP = 3;
const redirectTails = ["(history)", "(name)", "(overview)", "(old spelling)"];

/** The title that the k-th redirect to a page that is not medical leads to. */
export function redirectedTitle(k: number): string {
  return articleTitle(articleAt(k * REDIRECT_STEP));
}

function articleAt(number: number): OtherArticle {
  const at = number % twenty.length;
  const kind = twenty[at] as OtherKind;
  return { kind, n: Math.floor(number / twenty.length) * inTwenty[kind] + (before[at] as number) };
}

/** The title of an article. */
export function articleTitle({ kind, n }: OtherArticle): string {
  switch (kind) {
    case "person":
      return personName(n);
    case "place":
      return placeName(n);
    case "species":
      return speciesName(n);
    case "work":
      return workName(n);
    case "organisation":
      return organisationName(n);
    case "list":
      return `List of ${listed[n % listed.length]} in ${placeName(Math.floor(n / listed.length))}`;
    case "disambiguation":
      return capitalised(`${surname(n)} (disambiguation)`);
    case "season":
      return `${1890 + (n % 120)}–${String((1891 + (n % 120)) % 100).padStart(2, "0")} ${organisationName(Math.floor(n / 120))} season`;
    default:
      return kind satisfies never;
  }
}

const listed = ["rivers", "churches", "railway stations", "mayors", "listed buildings", "schools", "castles"];

/** The title of any page that is not medical, for a link. */
export function otherTitle(world: World, number: number): string {
  if (number < world.medicalRedirects || world.other === 0) return placeName(number);
  const page = otherPage(world, number);
  return page.kind === "redirect" ? page.title : articleTitle(page.article);
}
