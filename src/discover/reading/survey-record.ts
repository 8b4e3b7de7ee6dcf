/**
 * What one reading of a page gives, before any other page is known (paper §3.1): what kind of thing the page is about
 * and the places that name other things. Names are joined to entities later, when every page has been read, so a page
 * is parsed once and pages can be read in any number of threads.
 *
 * Invariant: a survey depends on nothing but the page; it is plain data and survives JSON.
 */
import type { EntityType, Rarity } from "../../records/entity.ts";
import type { Predicate, Relation } from "../../records/relation.ts";
import type { Role } from "../relations/tables.ts";

/** A statement's place in the page, quoted to the character. */
export interface Place {
  /** Heading; "" is the lead, "infobox:<field>" a field of a box. */
  readonly section: string;
  readonly start: number;
  readonly end: number;
  readonly quote: string;
}

/** A place that names something: a link, or the plain words of a field. */
export interface Mention {
  /** Title that the link leads to; absent for plain words. */
  readonly target?: string;
  readonly words: string;
  /** How its relation would be known; "section" is an item of a list under a heading that says what it lists. */
  readonly method: Relation["method"];
  /** What the field or the section is about. */
  readonly role?: Role;
  /** What the words around it say, the nearest first; for sentences. */
  readonly cues?: readonly Role[];
  /** What the words say that govern it directly, or the list it opens an item of. */
  readonly near?: Role;
  /** It is the state in which something holds, in a clause or in a bracket: "in people with diabetes". */
  readonly isScope?: "clause" | "bracket";
  /** Index of its place in `EntitySurvey.places`. */
  readonly place: number;
  /** Predicates that the words around it deny. */
  readonly against?: readonly Predicate[];
  /** The one predicate that a denying clause still affirms: "must not be given in gout". */
  readonly only?: Predicate;
  /** Said to happen seldom: trusted less. */
  readonly isSeldom?: true;
  /** Named as the hallmark: a sign here is a telling finding. */
  readonly isMark?: true;
  /** What a model proposed; resolved to this predicate or to none. */
  readonly proposed?: {
    readonly predicate: Predicate;
    readonly type: EntityType;
    readonly confidence: number;
  };
  readonly frequency?: string;
  readonly condition?: string;
  readonly hedge?: string;
}

/** A name that a page gives a type to; it counts where the name has no page of its own. */
export interface Vote {
  readonly name: string;
  readonly type: EntityType;
  readonly weight: number;
  readonly reason: string;
}

/** A thing that a page may well name, used only where it names nothing of its type more clearly. */
export interface Candidate {
  readonly name: string;
  readonly type: EntityType;
  readonly reason: string;
}

interface Read {
  readonly title: string;
  readonly pageId: number;
  readonly revision: number;
}

/** A page about a medical entity. */
export interface EntitySurvey extends Read {
  readonly kind: "entity";
  readonly type: EntityType;
  /** From 0 to 1. */
  readonly typeScore: number;
  readonly typeReasons: readonly string[];
  readonly aliases: readonly string[];
  readonly identifiers: Readonly<Record<string, string>>;
  /** Titles of the page in other languages, by language; absent where there is none. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly rarity: Rarity;
  readonly places: readonly Place[];
  readonly mentions: readonly Mention[];
  readonly votes: readonly Vote[];
  /** Names that the page gives a type to clearly, in prose. */
  readonly clearly: readonly string[];
  readonly likely: readonly Candidate[];
}

/** A page that is no entity; what it is may still matter to links that lead to it. */
export type OtherSurvey =
  | (Read & { readonly kind: "redirect"; readonly to: string })
  /** A page that tells namesakes apart: the pages it lists. */
  | (Read & { readonly kind: "disambiguation"; readonly options: readonly string[] })
  /** A person, a place, a company, a list … */
  | (Read & { readonly kind: "notMedical"; readonly reason: string })
  /** Nothing medical is known of it; a field of another page may still name it. */
  | (Read & { readonly kind: "unknown" });

export type PageSurvey = EntitySurvey | OtherSurvey;
