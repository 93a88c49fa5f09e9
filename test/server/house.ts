/** The inside of a server, with its parts in the test's hands: a house on a free port whose principals and jails can be counted. */
import { Access } from "../../src/access/access.ts";
import { evaluatorOptions, historyLimits } from "../../src/cli/serve.ts";
import { readConfig } from "../../src/config.ts";
import { type EvaluatorOptions, openEvaluator } from "../../src/evaluator/open.ts";
import type { HistoryLimits } from "../../src/history/history.ts";
import { openHistory } from "../../src/history/open.ts";
import { openLog } from "../../src/log.ts";
import type { House } from "../../src/methods/call.ts";
import type { Clients } from "../../src/methods/clients.ts";
import { Memo } from "../../src/methods/memo.ts";
import { Principals } from "../../src/methods/principal.ts";
import { Traces } from "../../src/methods/traces.ts";
import { longFramesOf } from "../../src/protocol/long-frames.ts";
import { Room } from "../../src/protocol/room.ts";
import { type Desk, makeDesk } from "../../src/server/dispatch.ts";
import { Sessions } from "../../src/server/sessions.ts";
import { Connections, listen } from "../../src/transport/listen.ts";
import { NO_TOKENS } from "../system/running.ts";

export type OpenHouse = {
  house: House;
  desk: Desk;
  sessions: Sessions;
  connections: Connections;
  port: number;
  close(): Promise<void>;
};

export async function openHouse(
  settings: object = {},
  limits: Partial<HistoryLimits> = {},
  jail: Partial<EvaluatorOptions> = {},
): Promise<OpenHouse> {
  const config = readConfig({ flags: { history: "memory:", logLevel: "silent", tokens: NO_TOKENS, ...settings }, env: {} });
  const log = openLog(config.logLevel);
  const history = await openHistory(config.history, { limits: { ...historyLimits(config), ...limits } });
  const evaluator = await openEvaluator({ ...evaluatorOptions(config, log), ...jail });
  const principals = new Principals(history, config);
  const rowsRoom = new Room(config.rowsBytesMax);
  const memo = new Memo(config.memoEntriesMax);
  const connections = new Connections({ ...config, longFrames: longFramesOf(config, rowsRoom), hashSeed: memo.seed });
  const traffic = () => ({
    connections: connections.count,
    sessions: sessions.size,
    callsInFlight: sessions.callsInFlight,
  });
  const clients: Clients = {
    list: (after, limit) => sessions.list(after, limit),
    kick: (whom) => sessions.kick(whom),
    drain: () => {
      desk.draining = true;
    },
    get count() {
      return sessions.count;
    },
  };
  const startedAt = Date.now();
  const access = new Access(config);
  const traces = new Traces(config.tracesMax);
  const audit = (what: string, about: object) => log.info(about, what);
  const stock = { config, evaluator, history, principals, memo, access, rowsRoom, clients, traces };
  const house: House = { ...stock, audit, startedAt, traffic };
  const desk: Desk = makeDesk(house, log);
  const sessions = new Sessions(desk);
  const address = { scheme: "tcp", host: "127.0.0.1", port: 0 } as const;
  const listener = await listen(
    address,
    connections,
    (connection) => sessions.open(connection),
    (error) => {
      throw error;
    },
  );
  const close = async () => {
    listener.stop();
    connections.close();
    await evaluator.close();
    await history.close();
  };
  return { house, desk, sessions, connections, port: Number(new URL(listener.url).port), close };
}
