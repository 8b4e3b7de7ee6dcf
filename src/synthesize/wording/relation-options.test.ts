import { expect, test } from "vitest";
import { predicates } from "../../records/relation.ts";
import { relationPhrase } from "./relation-options.ts";

test("every predicate has a statement of its own, alike in length", () => {
  const said = predicates.map((predicate) => relationPhrase(predicate, { head: "x", tail: "y" }));
  expect(new Set(said).size).toBe(predicates.length);
  for (const statement of said) {
    expect(statement).toMatch(/^X (?:is|has|can|acts|arises|belongs|affects|develops) .*y/);
    expect(statement.split(" ").length).toBeGreaterThanOrEqual(4);
    expect(statement.split(" ").length).toBeLessThanOrEqual(9);
  }
});

test("a statement reads from head to tail and leaves their names as they are", () => {
  expect(relationPhrase("CONTRAINDICATED_IN", { head: "methotrexate", tail: "pregnancy" })).toBe(
    "Methotrexate is contraindicated in pregnancy",
  );
  expect(relationPhrase("HAS_SIDE_EFFECT", { head: "aspirin", tail: "$& #" })).toBe(
    "Aspirin can cause $& # as an adverse effect",
  );
});
