/**
 * Keeps options from giving the answer away: an entity should be the right option as often as chance has it wherever
 * it is an option at all. One that is always right, or never, could be told without reading the question.
 *
 * Counts are kept by what is asked, since the options themselves show that.
 */

export interface Balance {
  /** How often an entity is going to be the answer. */
  plan(ask: string, entity: string, times: number): void;
  /** Whether an entity is the answer of so many paths already that wrong uses could never make up for it. */
  isWornOut(ask: string, entity: string): boolean;
  /** How welcome an entity is as a wrong option: 1 where it is due, less the more it was used. */
  asWrong(ask: string, entity: string): number;
  /** How welcome an entity is as the answer, where that is chosen freely. */
  asAnswer(ask: string, entity: string): number;
  used(ask: string, answer: string, wrong: readonly string[]): void;
  /** Entities that are going to be the answer of some path, in order of planning. */
  answersOf(ask: string): readonly string[];
}

interface Count {
  planned: number;
  right: number;
  wrong: number;
}

/** Most of the paths of one ask that may have the same answer, beside a few that any may have. */
const mostOfAsk = 0.06;
const freePaths = 3;

/** Counts for questions of a number of options. */
export function openBalance(options: number): Balance {
  const counts = new Map<string, Count>();
  const paths = new Map<string, number>();
  const answers = new Map<string, number>();
  const listed = new Map<string, string[]>();
  const of = (ask: string, entity: string): Count => {
    const key = `${ask}|${entity}`;
    const known = counts.get(key);
    if (known) return known;
    const count = { planned: 0, right: 0, wrong: 0 };
    counts.set(key, count);
    return count;
  };
  return {
    plan(ask, entity, times) {
      of(ask, entity).planned += times;
      paths.set(ask, (paths.get(ask) ?? 0) + 1);
      const key = `${ask}|${entity}`;
      const before = answers.get(key) ?? 0;
      answers.set(key, before + 1);
      if (before > 0) return;
      const list = listed.get(ask);
      if (list) list.push(entity);
      else listed.set(ask, [entity]);
    },
    isWornOut: (ask, entity) =>
      (answers.get(`${ask}|${entity}`) ?? 0) >= freePaths + mostOfAsk * (paths.get(ask) ?? 0),
    asWrong(ask, entity) {
      const { planned, right, wrong } = of(ask, entity);
      const due = (options - 1) * Math.max(planned, right);
      if (due === 0) return 0.002 / (1 + wrong);
      const lack = (due - wrong) / (options - 1);
      return lack > 0 ? 0.3 + Math.sqrt(lack) : 0.05 * 2 ** (lack - 1);
    },
    asAnswer(ask, entity) {
      const { right, wrong } = of(ask, entity);
      const due = wrong / (options - 1);
      return Math.exp(Math.max(-6, Math.min(3, due - right - 1)));
    },
    used(ask, answer, wrong) {
      of(ask, answer).right += 1;
      for (const entity of wrong) of(ask, entity).wrong += 1;
    },
    answersOf: (ask) => listed.get(ask) ?? [],
  };
}
