/** The words of a question in a language: entities by the names they have in it, then the grammar of the language. */
import type { Random } from "../../base/random.ts";
import type { Fact } from "../../records/question.ts";
import type { Predicate } from "../../records/relation.ts";
import type { Option } from "../draft.ts";
import type { Sources } from "../sources.ts";
import type { QuestionType } from "../types.ts";
import { withArticle } from "./articles.ts";
import { relationPhrase } from "./relation-options.ts";
import { writeStem } from "./stem.ts";
import type { Name, Told } from "./told.ts";
import { writeStemZh } from "./zh.ts";
import { nameIn, relationPhraseZh } from "./zh-phrases.ts";

export type Language = "en" | "zh";

/** What is to be written. */
interface Unwritten {
  readonly type: QuestionType;
  readonly subject: string;
  readonly facts: readonly Fact[];
  readonly options: readonly Option[];
}

export interface Words {
  /** Stem and option texts; undefined where an entity has no name in the language. */
  write(
    question: Unwritten,
    style: "clinical" | "plain",
    random: Random,
  ): { readonly stem: string; readonly options: readonly string[] } | undefined;
}

interface Grammar {
  stem(told: Told, style: "clinical" | "plain", random: Random): string;
  statement(predicate: Predicate, ends: { readonly head: string; readonly tail: string }): string;
  /** The other end of a statement as it stands in it. */
  object(predicate: Predicate, name: Name): string;
}

const grammars: Readonly<Record<Language, Grammar>> = {
  en: {
    stem: writeStem,
    statement: relationPhrase,
    // Classes and targets are named, all else is met with.
    object: (predicate, name) =>
      predicate === "MEMBER_OF_CLASS" || predicate === "TARGETS" || name.type === "gene"
        ? name.text
        : withArticle(name),
  },
  zh: { stem: writeStemZh, statement: relationPhraseZh, object: (_, name) => name.text },
};

/** The words of a language over a graph. */
export function wordsOf(language: Language, { graph, nameOf }: Pick<Sources, "graph" | "nameOf">): Words {
  const grammar = grammars[language];
  const named = (id: string): Name | undefined => {
    const entity = graph.entities.get(id);
    const text = language === "en" ? nameOf(id) : entity && nameIn(entity, language);
    return entity && text ? { id, text, type: entity.type } : undefined;
  };
  return {
    write({ type, subject, facts, options }, style, random) {
      const ids = [subject, ...facts.map(({ entity }) => entity), ...options.map(({ entity }) => entity)];
      const names = new Map(ids.map((id) => [id, named(id)]));
      if ([...names.values()].includes(undefined)) return undefined;
      const nameOfId = (id: string): Name => names.get(id) as Name;
      const told = (say: Fact["say"]): Name[] =>
        facts.filter((fact) => fact.say === say).map(({ entity }) => nameOfId(entity));
      const [history] = told("history");
      const [other] = told("other");
      const isMixed = type.form === "intersection";
      const stem = grammar.stem(
        {
          type,
          ...(type.told === "name" ? { subject: nameOfId(subject) } : { hidden: nameOfId(subject) }),
          findings: isMixed ? [] : told("has"),
          absent: told("lacks"),
          facts: isMixed
            ? facts.flatMap(({ predicate, entity }) =>
                predicate ? [{ predicate, entity: nameOfId(entity) }] : [],
              )
            : [],
          ...(history ? { history } : {}),
          ...(other ? { other } : {}),
        },
        style,
        random,
      );
      const head = nameOfId(subject).text;
      return {
        stem,
        options: options.map(({ entity, predicate }) =>
          predicate === undefined
            ? nameOfId(entity).text
            : grammar.statement(predicate, { head, tail: grammar.object(predicate, nameOfId(entity)) }),
        ),
      };
    },
  };
}
