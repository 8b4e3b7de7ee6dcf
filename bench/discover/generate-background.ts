/**
 * Sentences that state no fact of the graph: numbers of cases, history, studies, habits of care. Most bytes of a long
 * article are such prose, and a reader must pass over it.
 *
 * Slots as in generate-phrases.ts; {A} is a link to a page that is not medical, {M} a link to a medical one that is only
 * mentioned.
 */

function lines(text: string): readonly string[] {
  return text.split("\n");
}

/** Sentences by the section they stand in. */
export const background = {
  epidemiology: lines(`About {N} in 100,000 people are affected each year.
Men and women are affected equally.
Most cases are recognised between the ages of {N} and 60.
In {C}, {P} of adults were found to have it in {Y}.
Between {Y} and 2015 the number of new cases fell by {P}.
It is {N} times as frequent in towns as in the countryside.
The highest rates were reported from [[{A}]].
Reliable figures exist for few countries, since reporting was voluntary until {Y}.
A registry founded in {Y} holds {N},000 entries.
Rates differ between neighbouring districts of [[{A}]] by a factor of {N}.
The median age at first contact with a hospital is {N} years.
Around {N} per million were counted in a survey of {Y}, and the figure has hardly moved since.`),
  history: lines(`It was first described in {Y} by the physician [[{A}]].
{S} published the second series in {Y}, with {N} cases from [[{A}]].
The present name was proposed by {S} at a congress in {C} in {Y}.
Earlier writers counted it among the forms of [[{M}]].
In {Y}, {S} and colleagues gave the first full account.
A monograph of {Y} runs to {N} chapters and was translated twice.
Interest faded until {Y}, when a chance observation in {C} revived it.
Until {Y} it was known by {N} different names.
The collection of [[{A}]] still holds the original slides.
A committee settled the terms in {Y}; earlier papers are hard to compare.`),
  outlook: lines(`Most people recover within {N} weeks.
After five years, {P} are free of complaints.
The outlook has improved since {Y}.
Ten-year survival is about {P}.
One in {N} is readmitted within a year.
In a series from {C}, {P} went back to work.
Relapses are seen in {P}, mostly within {N} months.
Survival differs little between centres.
The same authors had studied [[{M}]] in {Y}, with {N} people.`),
  research: lines(`A trial that began in {Y} enrolled {N} people and has not been published.
As of {Y}, {N} studies were registered.
A cohort in [[{A}]] is followed until 2030.
{S} compared {N} samples with those of people who had [[{M}]].
Animal models were introduced in {Y}, first in zebrafish and then in mice.
A genome-wide study of {N},000 people found {N} loci, of which {N} were replicated.
The evidence is of low quality; trials were small and few were blinded.
Results from {C} (95% CI 1.{N}–3.{N}; ''p''&nbsp;<&nbsp;0.0{N}) await confirmation.
A second analysis, with {N} more participants, came to the same result.
Funding comes from a foundation in [[{A}]].`),
  society: lines(`Patient groups exist in {N} countries.
A day of awareness is held each year in {C}.
The novel by [[{A}]] takes its plot from a case of {Y}.
Costs were estimated at {N} million a year in {Y}.
Insurance has covered care in full since {Y}.
In {C} the rules were changed in {Y} after a campaign in the press.
The footballer [[{A}]] spoke about it in {Y}.
A charity based in [[{A}]] answers {N},000 calls a year.`),
  care: lines(`Visits every {N} months are advised.
Guidelines of {Y} leave the choice to the clinician.
Most people are seen as outpatients.
A team that knows the condition should be involved early.
Written advice helps; {P} of families asked for it in a survey.
The first {N} days are decisive for the course.
Opinions differ on when to begin, and practice in {C} is not that of [[{A}]].
Follow-up lasts {N} years.
Doses are raised in {N} steps.
Care is shared between the hospital and the practice near home.
The approach was worked out in {C} in the {N}0s of the last century.
Few have looked at what patients themselves prefer.
The clinic in {C} was set up for people with [[{M}]] and later took in others.
The chapter that follows in the guideline of {Y} is on [[{M}]].
[[{A}]] wrote the leaflet that most hospitals hand out.`),
  physiology: lines(`Experiments on isolated cells go back to {S}, who worked in {C} until {Y}.
The changes begin {N} hours after the first stimulus and peak on day {N}.
Receptors of {N} kinds have been told apart.
Under the electron microscope the membrane looks {N} nm thick.
The pathway has {N} known steps, of which the third sets the pace.
A review of {Y} lists {N} proteins that take part.
Concentrations rise from {N} to {N}0&nbsp;mg/L within a day.
How the signal reaches the nucleus is not settled.
Temperature matters: at 37&nbsp;°C the reaction is {N} times as fast as at 22&nbsp;°C.
Measurements in volunteers gave {N}&nbsp;± {N}&nbsp;mm.
Cells were kept in a [[{S} chamber]] for {N} days.
The stain is named after [[{A}]].
Work on [[{M}]] in {Y} had prepared the ground.`),
  life: lines(`He was born in [[{A}]] in {Y} and grew up in [[{A}]].
She studied under [[{A}]] and took her degree in {Y}.
From {Y} the post was held by [[{A}]].
The work was first shown in {C} on {N} March {Y}.
Critics compared it with that of [[{A}]].
Its population was {N},{N}51 at the census of {Y}.
The line to [[{A}]] was opened in {Y} and closed {N} years later.
It won {N} awards, among them one given by [[{A}]].
The building was restored between {Y} and 1999 after a fire.
In {Y} the company employed {N}00 people in {N} towns.
{S} wrote that it was "the best of its kind", a view not shared in {C}.
It lies {N} km north of [[{A}]] at the mouth of the [[{A}]].
After the war [[{A}]] returned to [[{A}]] and taught mathematics.
The second edition, of {Y}, has {N} plates.
The season ended with {N} wins and a place in the second division.
Males are {N} mm long, females somewhat longer, with {N} spines on each leg.
The species is found from [[{A}]] to [[{A}]], up to {N}00 m above the sea.
The river rises near [[{A}]] and is {N} km long.
Its archive was moved to [[{A}]] in {Y}.
Local elections are held every four years; in {Y} turnout was {P}.`),
} as const;
