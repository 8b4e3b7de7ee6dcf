/** How causes and loose ties are worded: the last rows of `claims-wordings.ts`, which say least. */
import type { KindName } from "./claims-kinds.ts";
import { caused, causing, consists } from "./claims-vocabulary.ts";

/** A kind with its wordings; "-" before the kind for words that deny, "!" for words that say what marks a disease out. */
export type Row = readonly [kind: KindName | `-${KindName}` | `!${KindName}`, lines: string];

export const rowsOfCauses: readonly Row[] = [
  [
    "cause",
    `
    A ${causing} B
    A is * responsible_for|to_blame_for|behind B
    B is * ${caused} by A
    B goes|go|traces|dates|reaches back_to|back to? A
    * organism|agent|microbe|bacterium|virus|parasite|germ|gene|mutation|thing|one that|which|what causes|cause|produces|brings_about|leads_to B is A
    what causes|brings_about|produces|underlies B is A
    B is * due_to|result_of|attributable_to|consequence_of|secondary_to|product_of|down_to A
    B results|result|arises|arise|stems|stem|comes|come|develops|develop|originates|originate|arising|derives|springs from|out_of|through|via|by|because_of A
    B follows|follow A
    * cause|culprit|agent|causative_agent|causative_organism|pathogen|organism|etiology|aetiology|origin|trigger|microbe|bacterium|virus of|behind|for|in|underlying B ${consists} A
    A is * cause|culprit|agent|causative_agent|causative_organism|pathogen|organism|trigger|source|reason|microbe|etiology of|for|behind|in B
    B cause is A
    B has A as * cause
    A is what causes B
    B is * attributed|traced|traceable|blamed|ascribed|imputed|put_down to|on A
    B is * infection with|by|from|due_to A
    `,
  ],
  [
    "-related",
    `
    A has nothing_to_do with B
    A is unrelated|unconnected to|with B
    A is irrelevant|independent|unaffected|immaterial to|of|from|by|for B
    A says nothing about B
    A leaves|leave B untouched|unchanged|unaffected
    PAIR is unrelated|unconnected
    PAIR have|has nothing_to_do with_each_other
    `,
  ],
  [
    "related",
    `
    A is * associated|linked|related|connected|tied with|to B
    A has * link|association|relationship|connection|relation|bearing|connexion to|with|on B
    A is * involved|implicated in B
    A plays|play|has * role|part in B
    A affects|influences|affect B
    A goes|go with|together_with B
    link|association|relationship|connection between PAIR
    `,
  ],
];
