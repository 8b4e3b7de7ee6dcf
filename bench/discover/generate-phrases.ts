/**
 * Sentences of a made-up encyclopedia, by what they state: plainly, with a frequency, with a doubt, under a condition,
 * or as a denial.
 *
 * A line is one sentence. {L} is a list of two to four links, {l} a single link, {T} the page's own name; {P} a
 * percentage, {N} a small number, {Y} a year, {S} a surname, {C} a place; <…> marks the words that say how often, how
 * surely or when. Reasons for the mix: an encyclopedia hedges about an eighth of its statements and denies a twentieth.
 */
import type { Predicate } from "../../src/records/relation.ts";

/** How a sentence states its fact. */
export type Manner = "plain" | "frequency" | "hedge" | "condition" | "denial";

export interface Topic {
  readonly predicate: Predicate;
  /** True when the page is about the tail. */
  readonly isReverse?: boolean;
  readonly sentences: Readonly<Record<Manner, string>>;
}

export const always = { frequency: "", hedge: "", condition: "", denial: "" };

/** What can be said of a disease. */
export const conditionTopics = {
  symptoms: {
    predicate: "HAS_SYMPTOM",
    sentences: {
      plain: `People with {T} usually complain of {L}.
The main symptoms are {L}.
Symptoms include {L}.
It typically presents with {L}.
The illness begins with {L}, and strength is lost over the next {N} days.
Typical features are {L}.
{L} are common.
{L} develop over {N} weeks and then stay.
{l} is the leading symptom.
The condition causes {L}.
Patients seek help because of {L}, as a rule after {N} weeks.
{l} is often the first complaint, and it was the one that {S} described in {Y}.
Early on there is {l}; {l} follows.`,
      frequency: `{l} occurs <in {P} of cases>.
<About {P} of patients> report {l}.
{l} is seen <in {P} of those affected>.
<In {P} of people> the first complaint is {l}.
{l} is present <in most patients>.
<Occasionally>, {l} is seen.
{L} are found <in more than half of all people with the disease>.
{l} affects <{N} in every hundred patients>.`,
      hedge: `{l} <may> also occur.
It <may> be accompanied by {L}.
{l} <is thought to> be part of the picture.
{L} <have been suggested> as early symptoms.
{l} <can> appear in the later course.`,
      condition: `<In older people>, {l} is often the only symptom.
<In children> the disease presents with {L}.
<If it is not treated>, {l} appears within {N} months.
<During pregnancy>, {l} is usual.`,
      denial: `{l} does not occur.
There is no {l}.
Patients do not have {l}.
{l} is absent.
The disease runs without {l}.
{l} is not a symptom of the disease.`,
    },
  },
  findings: {
    predicate: "HAS_FINDING",
    sentences: {
      plain: `The hallmark is {l}.
Blood tests show {l}.
Examination reveals {l}.
{l} is characteristic.
Microscopy shows {l} in nearly every field.`,
      frequency: `{l} is found <in {P} of patients>.
<In about {P} of cases>, {l} is detected.
The laboratory reports {l} <in most cases>.`,
      hedge: `Laboratory tests <may> show {l}.
{l} <is probably> an early finding.`,
      condition: `<In acute disease>, tests show {l}.`,
      denial: `{l} is not found.
Laboratory tests do not show {l}.`,
    },
  },
  cause: {
    predicate: "CAUSED_BY",
    sentences: {
      plain: `It is caused by {l}.
The cause is infection with {l}.
{l} is the causative organism.
The disease results from infection with {l}, which enters through the skin or the airways.
It is transmitted in dust and caused by {l}, as {S} showed in {Y}.`,
      frequency: `<In {P} of cases> it is caused by {l}.
{l} is the cause <in most outbreaks>.`,
      hedge: `It <may> be caused by {l}.
It <is thought to> be caused by {l}.
{l} is the <suspected> cause.`,
      condition: `<In people with weak immunity>, it is caused by {l}.`,
      denial: `It is not caused by {l}.
{l} is not the cause, although {S} thought so in {Y}.
An infection with {l} has been ruled out as the cause.`,
    },
  },
  genes: {
    predicate: "CAUSED_BY",
    sentences: {
      plain: `It is caused by mutations in the {l} gene.
Mutations in {l} cause the disease.
The disease is due to a mutation of {l}, which {S} mapped in {Y}.
Variants in {l} are responsible.`,
      frequency: `<In {P} of families>, the disease is caused by mutations in {l}.
Mutations in {l} are the cause <in {P} of cases>.`,
      hedge: `Variants in {l} <may> be responsible.
A mutation of {l} <is thought to> cause the disease.`,
      condition: `<In families with early onset>, it is caused by mutations in {l}.`,
      denial: `Mutations in {l} are not the cause.
The disease is not due to {l}.`,
    },
  },
  risks: {
    predicate: "HAS_RISK_FACTOR",
    sentences: {
      plain: `Risk factors include {L}.
{l} is a risk factor.
The risk is increased by {L}.
{l} raises the risk {N}-fold.
The disease is more common in people with {l}.
The main risk factor is {l}.`,
      frequency: `{l} is the risk factor <in {P} of cases>.
<In {P} of patients>, {l} had come before.`,
      hedge: `{l} <may> increase the risk.
{l} <possibly> raises the risk.
{L} <are suspected> risk factors.`,
      condition: `<In smokers>, {l} increases the risk.
<After the age of 60>, {l} is a risk factor.`,
      denial: `{l} is not a risk factor.
{l} does not increase the risk.
No link with {l} was found in {Y}.`,
    },
  },
  mechanism: {
    predicate: "HAS_MECHANISM",
    sentences: {
      plain: `The underlying mechanism involves {l}.
{l} underlies the disease.
The disease is driven by {l}.
Tissue is damaged through {l}, as experiments in {C} showed.`,
      frequency: `{l} is the mechanism <in most cases>.`,
      hedge: `{l} <is believed to> be the mechanism.
The disease <may> involve {l}.`,
      condition: `<In the acute phase>, the disease is driven by {l}.`,
      denial: `{l} is not involved.
The mechanism is not {l}.`,
    },
  },
  tests: {
    predicate: "DIAGNOSED_BY",
    sentences: {
      plain: `The diagnosis is made by {l}.
Diagnosis is based on {L}.
It is diagnosed by {L}.
{l} confirms the diagnosis.
The diagnosis is confirmed by {l}, which takes {N} days.
{l} is the test of choice.`,
      frequency: `{l} is positive <in {P} of patients> and confirms the diagnosis.
<In {P} of cases> the diagnosis is made by {l}.`,
      hedge: `{l} <may> help to confirm the diagnosis.
The diagnosis <can> be established by {l}.`,
      condition: `<If the first test is negative>, the diagnosis is made by {l}.
<In children>, the diagnosis is confirmed by {l}.`,
      denial: `{l} is not useful for the diagnosis.
The diagnosis cannot be made by {l}.
{l} is not needed.`,
    },
  },
  differential: {
    predicate: "DIFFERENTIAL_DIAGNOSIS",
    sentences: {
      plain: `The differential diagnosis includes {L}.
Differential diagnoses include {L}.
The differential diagnosis is {l}.`,
      frequency: `The differential diagnosis includes {l} <in most patients>.`,
      hedge: `The differential diagnosis <may> include {l}.`,
      condition: `<In infants>, the differential diagnosis includes {l}.`,
      denial: `{l} is not part of the differential diagnosis.`,
    },
  },
  treatment: {
    predicate: "TREATED_WITH",
    sentences: {
      plain: `It is treated with {L}.
Treatment is with {l}.
Treatment includes {L}.
{l} is the treatment of choice.
The disease is managed with {L}.
{l} is used, at first in low doses.
{l} is given for {N} weeks.
Most centres in {C} begin with {l}.`,
      frequency: `Treatment with {l} is successful <in {P} of cases>.
<About {P} of patients> respond to {l}.`,
      hedge: `{l} <may> be used.
Treatment with {l} <is probably> effective.
{l} <can> be tried.`,
      condition: `<In severe cases>, {l} is used.
<If symptoms persist>, treatment is with {l}.
<In pregnant women>, {l} is given.`,
      denial: `{l} is not effective.
{l} should not be used.
The disease does not respond to {l}.
Treatment with {l} is not recommended.
There is no benefit from {l}.`,
    },
  },
  prevention: {
    predicate: "PREVENTED_BY",
    sentences: {
      plain: `It can be prevented by {l}.
It is prevented with {l}, begun {N} days before exposure.
Prevention is by {l}.`,
      frequency: `{l} prevents it <in {P} of cases>.`,
      hedge: `{l} <may> prevent the disease.`,
      condition: `<In people at high risk>, it is prevented with {l}.`,
      denial: `It cannot be prevented by {l}.
{l} does not prevent the disease.`,
    },
  },
  complications: {
    predicate: "HAS_COMPLICATION",
    sentences: {
      plain: `Complications include {L}.
It can lead to {l}.
The most feared complication is {l}.
The disease is complicated by {l}.
It progresses to {l} over {N} years.`,
      frequency: `It progresses to {l} <in {P} of cases>.
{l} is a complication <in {P} of patients>.
<Sometimes>, {l} is a complication.`,
      hedge: `It <may> lead to {l}.
{l} <is thought to> be a late complication.`,
      condition: `<Without treatment>, it leads to {l}.
<In diabetics>, complications include {l}.`,
      denial: `It does not lead to {l}.
{l} is not a complication.`,
    },
  },
  specialty: {
    predicate: "BELONGS_TO_SPECIALTY",
    sentences: { ...always, plain: `It belongs to the field of {l}.\nPatients are seen in {l}.` },
  },
  anatomy: {
    predicate: "AFFECTS_ANATOMY",
    sentences: {
      plain: `It affects the {l}.\nThe disease involves the {l}.\nThe {l} is affected first.`,
      frequency: `It affects the {l} <in {P} of cases>.`,
      hedge: `It <may> affect the {l}.`,
      condition: `<In late disease>, the {l} is affected.`,
      denial: `It does not affect the {l}.\nThe {l} is spared.`,
    },
  },
} as const satisfies Readonly<Record<string, Topic>>;
