/** Everyday words that fill prose and titles, so that text is as various, and packs as hard, as what people write. */
import { type Draw, oneOf } from "./generate-draw.ts";

function list(words: string): readonly string[] {
  return words.split(" ");
}

const adjectives = list(
  "early late local broad narrow careful sudden slow rapid steady uneven modest striking formal informal shared " +
    "separate remote urban rural coastal northern southern central mobile private public regular irregular novel " +
    "older younger partial complete precise rough detailed brief lengthy costly cheap reliable doubtful hidden open " +
    "joint single double triple mixed pure dense sparse warm cold dry wet seasonal annual weekly daily hourly mutual " +
    "prior later former current future practical abstract visual verbal written printed digital manual automatic " +
    "uniform varied stable fragile robust flexible rigid smooth coarse bright faint loud quiet heavy light strong weak " +
    "large small medium minor major average typical unusual foreign domestic native imported modern ancient medieval " +
    "industrial commercial technical legal political social economic cultural academic military civil royal federal",
);
const nouns = list(
  "access account advice agency agreement aim allowance analysis approach archive area argument arrangement " +
    "assembly assessment assistance balance barrier basis benefit border branch bridge budget building campaign canal " +
    "capacity census centre change channel charge chart choice circle claim class climate coast code collection " +
    "college comment committee community comparison competition complaint concern condition conference contact " +
    "contract contrast control correspondence council country course court cover credit criterion custom cycle data " +
    "debate decade decision decline degree delay delivery demand density design detail device diary diet difference " +
    "direction discovery discussion display distance district document drawing economy edition effort election " +
    "employment equipment error estimate event example exchange exhibition expansion experience experiment export " +
    "factor failure family farm feature figure finance fleet forest form foundation framework function future garden " +
    "gallery government grant group growth guide habit harbour harvest height holiday household housing idea image " +
    "import income increase industry influence inquiry institute insurance interest interview inventory island item " +
    "journey judgement kitchen knowledge labour lake landscape language law layer league lecture letter level library " +
    "licence limit list location machine majority management map margin market material measure meeting member memoir " +
    "message method migration mine minority model museum music narrative network notebook notice number observation " +
    "office opinion order origin outline output ownership panel paper parish park partner passage pattern payment " +
    "period permission phase photograph plan plate policy population port position practice preference preparation " +
    "press price principle print prize problem procession product programme project proposal protocol province " +
    "publication quality quantity quarter question quota railway range rate reaction record reform region register " +
    "regulation rehearsal relation remark rent repair report request reserve residence resolution response result " +
    "review revision reward river road route rule sample scale scheme school sculpture season sector selection series " +
    "service session settlement share shift signal site sketch society source space speech stage standard statement " +
    "station statistic strategy street strike structure study subject supply support survey system table target task " +
    "tax team technique temperature tendency territory theatre theme theory title topic tower trade tradition training " +
    "transfer transport travel treaty trend union unit value variation vehicle version village visit volume wage " +
    "warehouse waterway weather weight winter workshop yield",
);

/** An adjective and a noun. */
export function nounPhrase(draw: Draw): string {
  return `${oneOf(draw, adjectives)} ${oneOf(draw, nouns)}`;
}

const tails = [
  ", with {W} and {W}",
  " in spite of {W}",
  ", a matter of {W} more than of {W}",
  "; the {W} was left for later",
  " after {W} and {W} had changed",
  ", as the {W} of {S} shows",
  ", though not where {W} prevails",
  " (see the {W} of {Y})",
  ", and the {W} with it",
  ", under the {W} of the time",
] as const;

/** What may follow the words of a sentence, with {W} for a noun phrase and the slots of generate-background.ts. */
export const sentenceTails: readonly string[] = tails;
