/** Every evaluator dead and none to be started: calls are refused by name, starts are few, and service is back soon after. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { liar } from "../evaluator/asking.ts";
import { openHouse } from "../server/house.ts";
import { Line } from "../system/running.ts";

const [node = "", program = ""] = liar;
/** Back-off at its longest starts two a second, and two or three at a time; this is far below what no back-off would do. */
const STARTS_A_SECOND_MAX = 12;

test("when no evaluator lives and none starts the answer is server_busy, until one does", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "canaduck-outage-"));
  const link = join(folder, "jail.ts");
  symlinkSync(program, link);
  const open = await openHouse({}, {}, { command: [node, link] });
  const { evaluator } = open.house;
  const line = await Line.to(open.port);
  try {
    assert.equal((await line.calc("1+2")).result.value, 3);
    rmSync(link);
    for (const { pid } of evaluator.status().workers) process.kill(pid, "SIGKILL");
    const busy = await firstReply(line, ({ error }) => error?.data.name === "server_busy");
    assert.equal(busy.error.data.retryable, true);
    assert.ok(Number(busy.error.data.retryAfterMs) > 0 && Number(busy.error.data.retryAfterMs) < 1_000);
    const [startsBefore, fromMs] = [evaluator.status().starts, performance.now()];
    await firstReply(line, () => performance.now() - fromMs > 2_000);
    const starts = evaluator.status().starts - startsBefore;
    const seconds = (performance.now() - fromMs) / 1_000;
    assert.ok(starts > 0 && starts <= STARTS_A_SECOND_MAX * seconds, `${starts} starts in ${seconds} s`);
    symlinkSync(program, link);
    const mendedMs = performance.now();
    const back = await firstReply(line, ({ result }) => result !== undefined);
    assert.equal(back.result.value, 3);
    t.diagnostic(`service was back ${Math.round(performance.now() - mendedMs)} ms after the cause had ended`);
  } finally {
    line.close();
    await open.close();
    rmSync(folder, { recursive: true });
  }
});

type Heard = Awaited<ReturnType<Line["calc"]>>;

/** Asks again and again, for 20 seconds at most, until a reply is as wanted. */
async function firstReply(line: Line, isWanted: (reply: Heard) => boolean): Promise<Heard> {
  const untilMs = performance.now() + 20_000;
  while (performance.now() < untilMs) {
    const reply = await line.calc("1+2", { record: false });
    if (isWanted(reply)) return reply;
    // Refusals are quick: a look every few milliseconds is enough.
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error("never");
}
