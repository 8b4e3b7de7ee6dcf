/** Citations as articles carry them: most of the bytes of a long article. Authors, journals and papers are made up. */
import { between, type Draw, oneOf } from "./generate-draw.ts";
import { nounPhrase } from "./generate-lexicon.ts";
import { placeName, surname } from "./generate-names.ts";

const subjects =
  "Long-term outcome|Early recognition|Clinical spectrum|Molecular basis|Natural course|Prevalence|Imaging features|Surgical management|Genetic heterogeneity|Risk of relapse|Diagnostic value of serum markers|Mortality|Quality of life|Pathways to care|Dose finding|Tissue distribution|Late effects|Burden|Seasonal pattern|Cost|Mechanisms".split(
    "|",
  );
const scopes =
  "a population-based cohort|children under five|older adults|a tertiary centre|three hospitals|a mouse model|twins|pregnant women|rural districts|a multicentre randomised trial|intensive care|routine data|primary care|two siblings|a prospective registry|migrant workers|a case series of {n} patients|{n} consecutive cases".split(
    "|",
  );
const kinds =
  "a systematic review and meta-analysis|a cohort study|an update|report of a working group|a consensus statement|a nationwide survey|a retrospective analysis|a critical appraisal|what have we learned?|current concepts|a review of the literature".split(
    "|",
  );
const journals =
  "Annals of Applied Medicine|Journal of Clinical Pathways|Archives of Regional Disease|The Northern Medical Letters|European Review of Therapeutics|Acta Medica Borealis|Proceedings in Human Genetics|Bulletin of Tropical Health|Clinical Imaging Reports|International Journal of Rare Disorders|Neurology Letters and Notes|Journal of Experimental Morphology|Paediatric Practice Quarterly|Open Microbiology Notes|Surgery & Outcomes|Cell Signals and Disease|The Practitioner's Digest|Drug Safety Reports".split(
    "|",
  );
const publishers =
  "Harrow & Lind|Meridian Academic|University Press of Oakford|Castell Medical Books|Nordhaven|Blue Quill Press".split(
    "|",
  );
const months = "January|February|March|April|May|June|July|August|September|October|November|December".split(
  "|",
);
const hosts =
  "example-health.org|medlibrary.example|stats.example.int|news.example.com|archive.example.net|registry.example.org".split(
    "|",
  );

/** A citation template in full, and a short name for it. */
export function citation(draw: Draw): { text: string; key: string } {
  const form = draw();
  const author = surname(between(draw, 0, 3999));
  const year = between(draw, 1968, 2025);
  const key = plain(author) + year;
  if (form < 0.66) return { text: journalCitation(draw, author, year), key };
  if (form < 0.84) return { text: webCitation(draw), key };
  if (form < 0.96) return { text: bookCitation(draw, author, year), key };
  const city = placeName(between(draw, 0, 900));
  return {
    text: `${author}, ''${oneOf(draw, subjects)} in ${city}'', ${oneOf(draw, publishers)}, ${year}, p. ${between(draw, 3, 400)}`,
    key,
  };
}

function plain(name: string): string {
  return /^[A-Za-z]+$/.test(name) ? name : "Ref";
}

function paperTitle(draw: Draw): string {
  const scope = oneOf(draw, scopes).replace("{n}", String(between(draw, 11, 900)));
  return draw() < 0.5
    ? `${oneOf(draw, subjects)} in ${scope}: ${oneOf(draw, kinds)}`
    : `${oneOf(draw, subjects)} and ${nounPhrase(draw)}, ${nounPhrase(draw)} in ${scope}`;
}

function journalCitation(draw: Draw, first: string, year: number): string {
  const page = between(draw, 1, 1900);
  const doi = `10.${between(draw, 1001, 1199)}/j.${between(draw, 1000, 9999)}.${year}.${between(draw, 10000, 99999)}`;
  let text = "";
  if (draw() < 0.6) {
    text = `{{cite journal |vauthors=${first} ${initials(draw)}`;
    for (let n = between(draw, 0, 5); n > 0; n--)
      text += `, ${surname(between(draw, 0, 3999))} ${initials(draw)}`;
  } else {
    text = `{{cite journal |last1=${first} |first1=${initials(draw)}`;
    for (let n = 2, last = between(draw, 1, 5); n <= last; n++) {
      text += ` |last${n}=${surname(between(draw, 0, 3999))} |first${n}=${initials(draw)}`;
    }
  }
  text += ` |title=${paperTitle(draw)} |journal=${oneOf(draw, journals)} |volume=${between(draw, 2, 390)} |issue=${between(draw, 1, 12)} |pages=${page}–${page + between(draw, 2, 14)} |date=${oneOf(draw, months)} ${year} |pmid=${between(draw, 1_000_000, 39_000_000)} |doi=${doi}`;
  if (draw() < 0.35) text += ` |pmc=${between(draw, 100_000, 9_900_000)} |doi-access=free`;
  if (draw() < 0.3) text += ` |s2cid=${between(draw, 1_000_000, 250_000_000)}`;
  return `${text} }}`;
}

function initials(draw: Draw): string {
  const first = String.fromCharCode(65 + between(draw, 0, 25));
  return draw() < 0.5 ? first : first + String.fromCharCode(65 + between(draw, 0, 25));
}

/** A citation of a page on the web. */
export function webCitation(draw: Draw): string {
  const year = between(draw, 2004, 2025);
  const date = `${between(draw, 1, 28)} ${oneOf(draw, months)} ${year}`;
  const url = `https://www.${oneOf(draw, hosts)}/${between(draw, 100, 999)}/${oneOf(draw, subjects).toLowerCase().replaceAll(" ", "-")}-${between(draw, 1000, 99999)}.html`;
  let text = `{{cite web |url=${url} |title=${oneOf(draw, subjects)} – ${nounPhrase(draw)}, ${nounPhrase(draw)} |website=${oneOf(draw, hosts)} |date=${date} |access-date=${between(draw, 1, 28)} ${oneOf(draw, months)} ${year + 1}`;
  if (draw() < 0.5) {
    const stamp = `${year + 1}0${between(draw, 1, 9)}${between(draw, 10, 28)}${between(draw, 100_000, 235_959)}`;
    text += ` |archive-url=https://web.archive.org/web/${stamp}/${url} |archive-date=${between(draw, 1, 28)} ${oneOf(draw, months)} ${year + 1} |url-status=live`;
  }
  return `${text}}}`;
}

function bookCitation(draw: Draw, author: string, year: number): string {
  const isbn = `978-${between(draw, 0, 9)}-${between(draw, 1000, 9999)}-${between(draw, 1000, 9999)}-${between(draw, 0, 9)}`;
  return `{{cite book |last=${author} |first=${initials(draw)}. |title=${oneOf(draw, subjects)} and ${oneOf(draw, subjects).toLowerCase()}: ${oneOf(draw, kinds)} |edition=${between(draw, 2, 12)}th |publisher=${oneOf(draw, publishers)} |location=${placeName(between(draw, 0, 900))} |year=${year} |isbn=${isbn} |pages=${between(draw, 2, 300)}–${between(draw, 301, 600)}}}`;
}
