// Sentences of hand-made pages: what governs a name decides what is said of it, and whether anything is.
import { expect, test } from "vitest";
import { readingsOf, said, saidOfDisease, saidOfDrug } from "./fixtures/triples.ts";

test("what a disease has to be told apart from is its differential diagnosis, a mere contrast is not", () => {
  const expected = ["DIFFERENTIAL_DIAGNOSIS Gout", "DIFFERENTIAL_DIAGNOSIS Measles"];
  for (const text of [
    "It has to be told apart from [[measles]] and from [[gout]].",
    "Zedosis must be distinguished from [[measles]] and, in infants, from [[gout]].",
    "It may be mistaken for [[measles]] or [[gout]].",
  ])
    expect(saidOfDisease("Diagnosis", text), text).toEqual(expected);
  for (const text of [
    "Unlike in [[measles]], blood is normal.",
    "It must not be confused with [[measles]].",
    "A rash distinguishes [[measles]].",
  ])
    expect(saidOfDisease("Diagnosis", text), text).toEqual([]);
});

test("the state in which something holds is no tail", () => {
  expect(saidOfDisease("Differential diagnosis", "* [[Measles]] (in [[gout]])")).toEqual([
    "DIFFERENTIAL_DIAGNOSIS Measles",
  ]);
  expect(saidOfDisease("Complications", "Spread occurs mostly in [[gout]].")).toEqual([]);
  expect(saidOfDisease("Complications", "It results in [[gout]].")).toEqual(["HAS_COMPLICATION Gout"]);
  expect(saidOfDisease("Cause", "It is seen chiefly in people with [[gout]].")).toEqual([
    "HAS_RISK_FACTOR Gout",
  ]);
  expect(saidOfDrug("Contraindications", "It is contraindicated in [[gout]].")).toEqual([
    "CONTRAINDICATED_IN Gout",
  ]);
});

test("receptors, channels and enzymes are targets of drugs and no causes of diseases", () => {
  expect(
    saidOfDrug(
      "Mechanism of action",
      "It blocks the [[potassium channel]] and inhibits [[vitamin K epoxide reductase]].",
    ),
  ).toEqual(["TARGETS Potassium channel", "TARGETS Vitamin K epoxide reductase"]);
  expect(saidOfDrug("Mechanism of action", "It acts by [[neuromuscular blockade]].")).toEqual([
    "ACTS_BY Neuromuscular blockade",
  ]);
  expect(saidOfDisease("Mechanism", "The [[acetylcholine receptor]] is lost.")).toEqual([]);
});

test("the lead says what a disease is a kind of, and what it affects", () => {
  const lead = (text: string): string[] =>
    said("Zedosis", `{{Infobox medical condition|name=Zedosis}}\n${text}`);
  expect(lead("'''Zedosis''' is a rare, inherited [[porphyria]] that begins early.")).toEqual([
    "SUBTYPE_OF Porphyria",
  ]);
  expect(lead("'''Zedosis''' is a form of [[gout]] in which no joint is spared.")).toEqual([
    "SUBTYPE_OF Gout",
  ]);
  expect(lead("'''Zedosis''' is a [[gout]] sufferer's word.")).toEqual([]);
  expect(lead("'''Zedosis''' is a [[disease]] of the [[liver]].")).toEqual(["AFFECTS_ANATOMY Liver"]);
  expect(lead("'''Zedosis''' is an infection. It can affect the [[liver]] and the [[heart]].")).toEqual([
    "AFFECTS_ANATOMY Heart",
    "AFFECTS_ANATOMY Liver",
  ]);
});

test("the prose of organs names vessels, nerves and the whole they belong to", () => {
  const page =
    "{{Infobox anatomy|name=Zedon}}\nThe '''zedon''' is an organ, part of the [[digestive system]].\n\n== Structure ==\n" +
    "It is supplied by the [[splenic artery]], drains into the [[portal vein]] and is innervated by the [[vagus nerve]].";
  expect(said("Zedon", page)).toEqual([
    "DRAINED_BY Portal vein",
    "INNERVATED_BY Vagus nerve",
    "PART_OF Digestive system",
    "SUPPLIED_BY Splenic artery",
  ]);
});

test("pages of symptoms tell causes, remedies and what follows", () => {
  const page = (heading: string, text: string): string[] =>
    said(
      "Zedache",
      `{{Infobox symptom|name=Zedache}}\n'''Zedache''' is a [[symptom]].\n\n== ${heading} ==\n${text}`,
    );
  expect(page("Causes", "It can be a sign of:\n* [[Gout]]\n* [[Measles]]")).toEqual([
    "CAUSED_BY Gout",
    "CAUSED_BY Measles",
  ]);
  expect(page("Complications", "It can lead to [[asthma]] and [[fever]].")).toEqual([
    "HAS_COMPLICATION Asthma",
    "HAS_COMPLICATION Fever",
  ]);
  expect(page("Treatment", "[[Aspirin]] helps; [[warfarin]] may make it worse.")).toEqual([
    "TREATED_WITH Aspirin",
  ]);
});

test("remedies without a page are known by the words that govern them", () => {
  expect(saidOfDisease("Treatment", "[[Zyprozet]] may ease it, and [[quinamol]] is an alternative.")).toEqual(
    ["TREATED_WITH Quinamol", "TREATED_WITH Zyprozet"],
  );
  expect(saidOfDisease("Treatment", "The [[committee]] of the [[World Health Organization]] met.")).toEqual(
    [],
  );
  expect(saidOfDisease("Treatment", "The [[measles vaccine]] is given.")).toEqual([
    "PREVENTED_BY Measles vaccine",
  ]);
});

test("what is taken back, unproven, or a comparison of others is not stated", () => {
  for (const text of [
    "A link with [[measles virus]] was suspected, which was not confirmed.",
    "There is little evidence that [[measles virus]] causes it.",
    "Zedosis virus is of a family to which [[measles virus]] belongs.",
    "Claims that it is caused by [[measles virus]] have been refuted.",
  ])
    expect(saidOfDisease("Cause", text), text).toEqual([]);
});

test("what should not be combined interacts, what can be added safely does not", () => {
  expect(saidOfDrug("Interactions", "It should not be combined with [[warfarin]].")).toEqual([
    "INTERACTS_WITH Warfarin",
  ]);
  expect(saidOfDrug("Interactions", "[[Warfarin]] can be added safely.")).toEqual([]);
});

test("plain words are read in a list of links, where they name something known and nothing narrower", () => {
  expect(saidOfDisease("Symptoms", "[[Headache]], fever and malaise of unknown kind are common.")).toEqual([
    "HAS_SYMPTOM Fever",
    "HAS_SYMPTOM Headache",
  ]);
  expect(saidOfDisease("Symptoms", "* Fever\n* Headaches in the morning")).toEqual([
    "HAS_SYMPTOM Fever",
    "HAS_SYMPTOM Headache",
  ]);
  expect(saidOfDrug("Contraindications", "[[Gout]], and asthmas with polyps.")).toEqual([
    "CONTRAINDICATED_IN Gout",
  ]);
  expect(saidOfDisease("Symptoms", "[[Headache]] is absent, and fever may come.")).toEqual([]);
});

test("side effects and uses are read from the lead", () => {
  const page =
    "{{Drugbox|drug_name=Zedol}}\n'''Zedol''' is a medication used for [[asthma]] and [[headache]]. " +
    "Common side effects are drowsiness, [[fever]] and [[akathisia]].";
  expect(said("Zedol", page)).toEqual([
    "HAS_SIDE_EFFECT Akathisia",
    "HAS_SIDE_EFFECT Fever",
    "TREATS Asthma",
    "TREATS Headache",
  ]);
});

test("persons and general words are no tails", () => {
  expect(
    saidOfDisease("Treatment", "[[Harvey Cushing]] gave [[medication]]s to [[patient]]s; [[drug]]s help."),
  ).toEqual([]);
  expect(saidOfDisease("Cause", "It is caused by a [[virus]].")).toEqual([]);
});

test("every quote is the text of the page", () => {
  const wikitext =
    "{{Infobox medical condition|name=Zedosis|causes=often ''[[Measles virus]]'' (in children)}}\n'''Zedosis''' is a disease.\n\n" +
    "== Symptoms ==\n''[[Fever]]'', headache and, rarely, '''[[gout]]''' occur.";
  const readings = readingsOf("Zedosis", wikitext);
  expect(readings.length).toBeGreaterThan(2);
  for (const { place } of readings) expect(wikitext.slice(place.start, place.end)).toBe(place.quote);
});
