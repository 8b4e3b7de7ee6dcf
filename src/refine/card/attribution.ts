/**
 * The attribution manifest: one line a page that the questions quote or rest on, with its revision, licence and, where
 * the wiki is known, the address of that revision. CC BY and CC BY-SA ask for it of everyone who passes the questions on.
 */
import { revisionLink } from "../../graph/revision-link.ts";
import type { Question } from "../../records/question.ts";

export interface Attribution {
  readonly title: string;
  readonly pageId: number;
  /** 0 where the page came without one. */
  readonly revision: number;
  readonly licence: string;
  readonly link?: string;
  /** Questions that rest on it. */
  readonly questions: number;
}

/** The pages behind questions, in order of title; `site` is the address of the wiki's index.php. */
export function attributionOf(questions: Iterable<Question>, site: string | undefined): Attribution[] {
  const pages = new Map<string, { line: Attribution; count: number }>();
  for (const { evidence } of questions) {
    const here = new Set<string>();
    for (const one of evidence) {
      if (one.kind !== "page") continue;
      const { page: title, pageId, revision, licence } = one;
      const key = [title, pageId, revision, licence].join("\u001f");
      if (here.has(key)) continue;
      here.add(key);
      const known = pages.get(key);
      if (known) known.count += 1;
      else {
        const link = revisionLink(one, site);
        const line = {
          title,
          pageId,
          revision,
          licence,
          ...(link === undefined ? {} : { link }),
          questions: 0,
        };
        pages.set(key, { line, count: 1 });
      }
    }
  }
  return [...pages]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { line, count }]) => ({ ...line, questions: count }));
}
