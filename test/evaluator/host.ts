/** A server that will be killed without warning: opens an evaluator, sets a bomb off in it, and tells the numbers of its processes. Its argument may be settings as JSON. */

import { until } from "../until.ts";
import { openAsking } from "./asking.ts";

const changes = JSON.parse(process.argv[2] ?? "{}");
const { ask, evaluator, staffed } = await openAsking({ timeMs: 60_000, timeMsMax: 60_000, ...changes });
await staffed();
void ask("f(n)=n<1?0:f(n-1)+f(n-1); f(60)");
await until(() => evaluator.status().workers.some(({ lane, state }) => lane === "back" && state === "busy"));
process.stdout.write(`${JSON.stringify(evaluator.status().workers.map(({ pid }) => pid))}\n`);
