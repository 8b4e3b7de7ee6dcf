/** Guideline files as they come, and claims that agree, disagree, or speak of other things. */
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { guidelineChecker, readGuidelines } from "./guidelines.ts";

const prose = `---
title: made up
---
# Hypertension
- Offer an ACE inhibitor as first-line treatment in adults under 55 with hypertension.
- Avoid ACE inhibitors in pregnancy.
- The treatment threshold for hypertension is 140 mmHg systolic.

# Tuberculosis
Treat active tuberculosis with isoniazid and rifampicin
for 6 months. Isoniazid is given at 5 mg/kg daily, up to 300 mg.

# Gout
1. Start allopurinol at 100 mg daily and increase slowly.
2. Do not start allopurinol during an acute attack of gout.
3. Aspirin is not recommended for gout.

# Diabetes
Metformin is recommended as first-line therapy for type 2 diabetes. Metformin is contraindicated when eGFR is below 30 mL/min.
`;

async function fileOf(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), "guidelines-")), name);
  await writeFile(path, content);
  return path;
}

const file = await fileOf("local.md", prose);
const check = guidelineChecker(await readGuidelines([file]));
const look = (text: string) =>
  check({ text, question: { stem: "", options: {}, language: "en" }, letters: [] });

test("Markdown is cut into paragraphs and list items under their headings", async () => {
  const guidelines = await readGuidelines([file]);
  expect(guidelines).toHaveLength(8);
  expect(guidelines[3]).toEqual({
    id: "local.md:10",
    source: "local.md › Tuberculosis",
    text: "Treat active tuberculosis with isoniazid and rifampicin for 6 months. Isoniazid is given at 5 mg/kg daily, up to 300 mg.",
    place: `${file}:10`,
  });
});

test("JSON Lines are records, with their own ids and licences", async () => {
  const record = { id: "g1", source: "Society", text: "Avoid warfarin in pregnancy.", licence: "CC BY 4.0" };
  const path = await fileOf("snippets.jsonl", `${JSON.stringify(record)}\n\n`);
  expect(await readGuidelines([path])).toEqual([{ ...record, place: `${path}:1` }]);
});

test("a file that is missing, empty or garbled is named with what to do", async () => {
  await expect(readGuidelines(["no/such/file.md"])).rejects.toThrow(/no\/such\/file\.md.*does not exist/);
  await expect(readGuidelines([await fileOf("a.md", "\n# Only a heading\n")])).rejects.toThrow(
    /holds no guideline snippet/,
  );
  await expect(readGuidelines([await fileOf("a.jsonl", '{"id": "a"')])).rejects.toThrow(/:1: not JSON/);
  await expect(readGuidelines([await fileOf("a.jsonl", '{"id": "a", "source": "s"}')])).rejects.toThrow(
    /:1: text/,
  );
  await expect(readGuidelines([await fileOf("a.md", new Uint8Array([0xff, 0xfe, 0x41]))])).rejects.toThrow(
    /not UTF-8/,
  );
  await expect(readGuidelines([await fileOf("a.txt", "a\0b")])).rejects.toThrow(/zero bytes/);
  await expect(readGuidelines([file, file])).rejects.toThrow(/is also at/);
});

test.each([
  "ACE inhibitors are recommended in pregnancy.",
  "Metformin is second-line therapy for type 2 diabetes.",
  "Metformin is not recommended for type 2 diabetes.",
  "Aspirin is a recommended treatment for gout.",
  "Active tuberculosis is treated with isoniazid and rifampicin for 3 months.",
  "Isoniazid is given at 50 mg/kg daily.",
  "The treatment threshold for hypertension is 160 mmHg systolic.",
  "Allopurinol should be started during an acute attack of gout.",
  "Allopurinol is started at 300 mg daily.",
  "Metformin is contraindicated when eGFR is below 60 mL/min.",
  "Metformin can be given safely when eGFR is below 30 mL/min.",
])("contradicted: %s", (text) => {
  const [failed] = look(text);
  expect(failed).toMatchObject({ name: "guidelines", passed: false });
  expect(failed!.evidence).toMatch(/^local\.md:\d+ \(.*\): ".*"$/);
  expect(text.slice(...failed!.span!)).toBe(text);
});

test.each([
  ["ACE inhibitors should be avoided in pregnancy.", 1],
  ["Metformin is the first choice in type 2 diabetes.", 1],
  ["Active tuberculosis is treated with isoniazid and rifampicin for six months.", 1],
  ["Active tuberculosis is treated with isoniazid and rifampicin for 6 months.", 1],
  ["Isoniazid is given up to 0.3 g daily.", 1],
  ["Aspirin should not be used for gout.", 1],
])("supported: %s", (text, count) => {
  expect(look(text)[0]).toMatchObject({ passed: true, found: `${count} supported, 0 unknown` });
});

test.each([
  "The patient's blood pressure is 160 mmHg systolic, above the treatment threshold for hypertension.",
  "She took metformin 500 mg.",
  "Gout causes joint pain, and its treatment is colchicine.",
  "ACE inhibitors are recommended in heart failure.",
  "ACE inhibitors are first-line in children with hypertension.",
  "Would aspirin be recommended for gout?",
])("of other things, of the patient, or not asserted: %s", (text) => {
  const [passed] = look(text);
  expect(passed).toMatchObject({ passed: true });
  expect(passed!.found).toMatch(/^0 supported/);
});
