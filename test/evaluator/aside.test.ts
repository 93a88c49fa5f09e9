/** The processor that the back lane is kept to, as the kernel tells it of real processes. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { readProc } from "../../src/evaluator/proc.ts";
import { openAsking } from "./asking.ts";

const taskset = "/usr/bin/taskset";
const source = fileURLToPath(new URL("../../src/evaluator/aside.ts", import.meta.url));

/** Processors a process may use, such as "0-3" or "0,2". */
const processorsOf = (pid: number | "self") => /^Cpus_allowed_list:\s*(.+)$/m.exec(readProc(pid, "status"))?.[1] ?? "";

/** The last of several. */
const aside = (list: string) => list.split(/\D/).slice(1).slice(-1);

test("the back lane and its spare run on the last processor, all others anywhere", { skip: !existsSync(taskset) }, async () => {
  await using asking = await openAsking();
  await asking.staffed();
  const all = processorsOf("self");
  const told = asking.evaluator.status().workers.map(({ pid }) => processorsOf(pid));
  const elsewhere = told.filter((list) => list !== all);
  assert.deepEqual(elsewhere, [...aside(all), ...aside(all)]);
});

test("of several processors it is the last that may be used, of one none", { skip: !existsSync(taskset) }, () => {
  const code = `import(${JSON.stringify(source)}).then(({ asideCommand }) => console.log(JSON.stringify(asideCommand())))`;
  const told = (list: string) => {
    return JSON.parse(execFileSync(taskset, ["--cpu-list", list, process.execPath, "-e", code], { encoding: "utf8" }));
  };
  const all = processorsOf("self");
  const [first = ""] = all.split(/\D/);
  assert.deepEqual(told(first), []);
  assert.deepEqual(told(all).slice(2), aside(all));
});
