// What stands on the screen, by a terminal of a few lines that knows what the log uses: line breaks, going up, erasing.
import { expect, test } from "vitest";
import { streamLog } from "./log.ts";
import { columnsOf, cutToColumns } from "./terminal-width.ts";

// biome-ignore lint/suspicious/noControlCharactersInRegex: what a terminal is told.
const pieces = /\u001b\[\d*[AJ]|[\s\S]/gu;

/** A terminal that wraps at its width and scrolls; `narrow` breaks the lines that stand on it anew, as most do. */
function terminal(columns: number, rows: number) {
  let lines: string[] = [""];
  let row = 0;
  let onResize = (): void => {};
  const put = (character: string): void => {
    if (columnsOf(lines[row]!) + columnsOf(character) > screen.columns) newLine();
    lines[row] += character;
  };
  const newLine = (): void => {
    row += 1;
    if (lines[row] === undefined) lines[row] = "";
  };
  const screen = {
    isTTY: true,
    columns,
    rows,
    on(_event: "resize", listener: () => void) {
      onResize = listener;
    },
    write(text: string) {
      for (const [piece] of text.matchAll(pieces)) {
        if (piece.endsWith("A") && piece.startsWith("\u001b"))
          row = Math.max(0, row - Number(piece.slice(2, -1)));
        else if (piece === "\u001b[J") lines = [...lines.slice(0, row), ""];
        else if (piece === "\r") continue;
        else if (piece === "\n") newLine();
        else put(piece);
      }
    },
    shown: () => lines.slice(0, row),
    narrow(to: number) {
      screen.columns = to;
      const cut = (line: string): string[] => line.match(new RegExp(`.{1,${to}}`, "gu")) ?? [""];
      lines = lines.flatMap(cut);
      row = lines.length - 1;
      onResize();
    },
  };
  return screen;
}

test("panel and progress stand below what is said, and are gone when they are done", () => {
  const screen = terminal(50, 10);
  let time = 1000;
  const log = streamLog(screen, 0, () => time);
  log.progress("steps", 0, 4);
  log.panel(["reward 0.5", "entropy 0.3"]);
  expect(screen.shown()).toEqual(["steps 0/4", "reward 0.5", "entropy 0.3"]);
  time = 2000;
  log.named("reinforce").warn("entropy has collapsed");
  log.progress("steps", 1, 4);
  log.panel(["reward 0.6"]);
  expect(screen.shown()).toEqual([
    "reinforce: warning: entropy has collapsed",
    "steps 1/4, 1.00/s, 3 s left",
    "reward 0.6",
  ]);
  time = 5000;
  log.progress("steps", 4, 4);
  expect(screen.shown().slice(1)).toEqual(["steps 4/4, 1.00/s", "reward 0.6"]);
  log.panel([]);
  log.info("done");
  expect(screen.shown().slice(1)).toEqual(["steps 4/4, 1.00/s", "done"]);
});

test("live lines are never wider or taller than the terminal, of wide characters and control characters too", () => {
  const screen = terminal(20, 4);
  const log = streamLog(screen, 0, () => 0);
  log.panel(["a".repeat(50), "發燒發燒發燒發燒發燒發燒", "x\u001b[2Jy\nz", "fourth", "fifth"]);
  expect(screen.shown()).toEqual([`${"a".repeat(18)}…`, "發燒發燒發燒發燒發…", "x\uFFFD[2Jy z"]);
  log.panel(["one"]);
  expect(screen.shown()).toEqual(["one"]);
});

test("a terminal made narrower keeps no broken pieces of them", () => {
  const screen = terminal(60, 20);
  const log = streamLog(screen, 0, () => 0);
  log.info("kept");
  log.panel(["b".repeat(45), "c".repeat(12)]);
  screen.narrow(20);
  expect(screen.shown()).toEqual(["kept", `${"b".repeat(18)}…`, "c".repeat(12)]);
});

test("settled lines are left where they are, and the rate starts anew", () => {
  const screen = terminal(60, 20);
  let time = 0;
  const log = streamLog(screen, 0, () => time);
  log.progress("steps", 0, 30);
  time = 10_000;
  log.progress("steps", 10, 30);
  log.panel(["reward 0.5"]);
  log.settle();
  time = 1_000_000;
  log.progress("steps", 11, 30);
  time = 1_002_000;
  log.progress("steps", 12, 30);
  expect(screen.shown()).toEqual([
    "steps 10/30, 1.00/s, 20 s left",
    "reward 0.5",
    "steps 12/30, 0.50/s, 36 s left",
  ]);
});

test("without a terminal there is no panel", () => {
  const lines: string[] = [];
  const log = streamLog({ write: (text: string) => lines.push(text) }, 0, () => 0);
  log.panel(["reward 0.5"]);
  log.info("said");
  log.settle();
  expect(lines).toEqual(["said\n"]);
});

test("columns count marks as nothing and wide characters as two", () => {
  expect([columnsOf("fièvre"), columnsOf("fie\u0300vre"), columnsOf("發燒"), columnsOf("🫀")]).toEqual([
    6, 6, 4, 2,
  ]);
  expect([cutToColumns("發燒", 4), cutToColumns("發燒", 3), cutToColumns("abc", 0)]).toEqual([
    "發燒",
    "發…",
    "",
  ]);
});
