/** Settings: where each value comes from, and what an operator reads when one is wrong. */
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import fc from "fast-check";
import { announcedLimits, CONFIG_FLAGS, ConfigError, readConfig } from "../src/config.ts";
import { SETTINGS } from "../src/protocol/generated/settings.ts";

const folder = mkdtempSync(join(tmpdir(), "canaduck-config-"));
after(() => rmSync(folder, { recursive: true }));

function fileWith(content: string): string {
  const path = join(mkdtempSync(join(folder, "file-")), "settings.json");
  writeFileSync(path, content);
  return path;
}

test("flags before environment before file before default", () => {
  const file = fileWith('{"evaluateMs": 300, "nodesMax": 300, "batchMax": 30}');
  const env = { CANADUCK_EVALUATE_MS: "200", CANADUCK_NODES_MAX: "200" };
  const config = readConfig({ flags: { evaluateMs: "100" }, env, file });
  assert.deepEqual([config.evaluateMs, config.nodesMax, config.batchMax, config.depthMax], [100, 200, 30, 100]);
});

test("the file is named by argument, flag or environment, in this order", () => {
  const [one, two, three] = [11, 12, 13].map((batchMax) => fileWith(JSON.stringify({ batchMax })));
  const env = { CANADUCK_CONFIG: three };
  assert.equal(readConfig({ file: one ?? "", flags: { config: two }, env }).batchMax, 11);
  assert.equal(readConfig({ flags: { config: two }, env }).batchMax, 12);
  assert.equal(readConfig({ env }).batchMax, 13);
});

test("an empty variable counts as absent", () => {
  assert.equal(readConfig({ env: { CANADUCK_JAIL: "", CANADUCK_EVALUATE_MS: "" } }).jail, "prefer");
});

test("lists come from repeated flags, or separated by commas", () => {
  const listen = ["tcp://127.0.0.1:0", "unix:/run/x.sock"];
  assert.deepEqual(readConfig({ flags: { listen }, env: {} }).listen, listen);
  assert.deepEqual(readConfig({ env: { CANADUCK_LISTEN: listen.join(", ") } }).listen, listen);
});

test("the default folders follow the XDG specification", () => {
  const env = { HOME: "/users/ada", XDG_STATE_HOME: "/state", XDG_CACHE_HOME: "not/absolute" };
  const config = readConfig({ env });
  assert.equal(config.history, "sqlite:/state/canaduck/history.db");
  assert.equal(config.cacheDir, "/users/ada/.cache/canaduck");
});

test("a wrong value is refused with setting, value, origin and what is allowed", () => {
  const file = fileWith('{"heapMb": "much"}');
  const cases: [Parameters<typeof readConfig>[0], string][] = [
    [
      { flags: { evaluateMs: "9000" }, env: {} },
      'evaluateMs: "9000" from --evaluate-ms is not allowed; it must be a whole number from 10 to 5000 (ms)',
    ],
    [{ env: { CANADUCK_JAIL: "of" } }, 'jail: "of" from CANADUCK_JAIL is not allowed; it must be one of require, prefer, off'],
    [{ file, env: {} }, `heapMb: "much" from ${file} is not allowed; it must be a whole number from 64 to 2048 (MB)`],
    [
      { flags: { listen: ["127.0.0.1:1"] }, env: {} },
      'listen: ["127.0.0.1:1"] from --listen is not allowed; it must be a list of URL such as tcp://127.0.0.1:7070',
    ],
  ];
  for (const [sources, message] of cases) assert.throws(() => readConfig(sources), new ConfigError(message));
});

test("a file that cannot be used is refused", () => {
  const misspelt = fileWith('{"evaluatMs": 100}');
  const unknown = new ConfigError(`${misspelt}: there is no setting "evaluatMs"; did you mean evaluateMs?`);
  assert.throws(() => readConfig({ file: misspelt, env: {} }), unknown);
  assert.throws(() => readConfig({ file: fileWith("[1]"), env: {} }), /must be a JSON object/);
  assert.throws(() => readConfig({ file: fileWith("{"), env: {} }), /cannot be read as JSON/);
  assert.throws(() => readConfig({ file: join(folder, "absent"), env: {} }), /ENOENT/);
});

test("whatever is given, a setting is either allowed or refused, never bent", () => {
  const name = fc.constantFrom(...CONFIG_FLAGS.map((flag) => flag.name));
  const edges = Object.values(SETTINGS).flatMap(({ minimum = 0, maximum = 0 }) => [minimum - 1, minimum, maximum, maximum + 1]);
  const given = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom(...edges, ...edges.map(String)),
    fc.constantFrom("memory:", "off", "1e3"),
  );
  fc.assert(
    fc.property(name, given, (setting, value) => {
      try {
        const found = Object.entries(readConfig({ flags: { [setting]: value }, env: {} })).find(([key]) => key === setting);
        assert.deepEqual(String(found?.[1]), String(value));
      } catch (error) {
        assert.ok(error instanceof ConfigError, String(error));
        assert.ok(error.message.startsWith(`${setting}: `));
      }
    }),
    { numRuns: 500 },
  );
});

test("peers are told whole numbers only", () => {
  const limits = announcedLimits(readConfig({ env: {} }));
  assert.equal(limits["evaluateMs"], 250);
  assert.equal(limits["evaluators"], undefined);
  assert.ok(Object.values(limits).every(Number.isInteger));
});

test("every setting is read by the server", () => {
  const src = new URL("../src/", import.meta.url);
  const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter(
    (path) => path.endsWith(".ts") && path !== "config.ts" && !path.includes("generated"),
  );
  const text = files.map((path) => readFileSync(new URL(path, src), "utf8")).join("\n");
  const unread = Object.keys(SETTINGS).filter((name) => !new RegExp(`\\b${name}\\b`).test(text));
  assert.deepEqual(unread, []);
});
