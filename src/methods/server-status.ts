/** `server.status`: how busy the server is, for everybody together. Names no client, no address and no process. */
import type { EvaluatorStatus } from "../evaluator/evaluator.ts";
import type { ServerStatusResult } from "../protocol/generated/types.ts";
import type { Call } from "./call.ts";

export function serverStatus(call: Call<unknown>): void {
  const { house } = call;
  const { workers, queued, starts, kills } = house.evaluator.status();
  const { rss, heapUsed } = process.memoryUsage();
  const result: ServerStatusResult = {
    uptimeSeconds: Math.floor((Date.now() - house.startedAt) / 1000),
    ...house.traffic(),
    queued,
    evaluators: tally(workers),
    starts,
    kills,
    memory: { rssBytes: rss, heapBytes: heapUsed },
  };
  call.answer(result);
}

function tally(workers: EvaluatorStatus["workers"]): ServerStatusResult["evaluators"] {
  const groups = Map.groupBy(workers, ({ lane, state }) => `${lane} ${state}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [{ lane: first.lane, state: first.state, count: group.length }];
  });
}
