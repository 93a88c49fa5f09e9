/**
 * The nearest safe peer: as mathjs's own documentation advises, evaluation in a pool of processes with a time limit,
 * here behind a line protocol instead of HTTP.
 */
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import workerpool from "workerpool";
import { announce, makeLineCutter } from "./host.ts";

/** Long enough for a crowded machine: what a time limit costs does not depend on its length. */
const EVALUATE_MS = 5_000;
const pool = workerpool.pool(fileURLToPath(new URL("workerpool-worker.ts", import.meta.url)), {
  workerType: "process",
  minWorkers: 2,
  maxWorkers: 2,
});

await Promise.all([pool.exec("evaluateFor", ["1"]), pool.exec("evaluateFor", ["2"])]);
announce(
  createServer((socket) => {
    const take = async (line: string) => {
      const { id, params } = JSON.parse(line);
      const value = await pool.exec("evaluateFor", [params.expression, params.variables]).timeout(EVALUATE_MS);
      socket.write(`${JSON.stringify({ jsonrpc: "2.0", id, result: { value } })}\n`);
    };
    socket.on("data", makeLineCutter(take));
    socket.on("error", () => socket.destroy());
  }),
);
