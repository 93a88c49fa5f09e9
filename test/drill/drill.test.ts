/**
 * Assume mathjs is broken: the drill. mathjs 15.1.1 really runs code from an expression when nothing is in the way; with
 * the layers in force the same expressions run nothing, and an attacker who is handed all of Node inside the process
 * reaches nothing either. Every probe is tried three ways: with no layer, where it must reach, or it proves nothing; with
 * each layer it names alone; with all.
 */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { networkInterfaces } from "node:os";
import { after, before, describe, type TestContext, test } from "node:test";
import { type Bait, openBait } from "../../src/evaluator/bait.ts";
import { type Confinement, makeConfinement, type Removable } from "../../src/evaluator/confine.ts";
import {
  type Attack,
  type Fate,
  type Ground,
  listProbes,
  type ProbeEntry,
  type ProbeReport,
  runAttacks,
  runProbes,
} from "../../src/evaluator/probing.ts";
import { proveLayers } from "../../src/evaluator/proof.ts";
import { type Breached, buildBreached } from "./breached.ts";

const ALL: readonly Removable[] = ["L3", "L4", "L5", "L6"];
const PROBES_MIN = 60;
const START = { nodesMax: 2_000, depthMax: 100, elementsMax: 1_000_000, resultBytesMax: 262_144 };
const LIMITS = { startMs: 30_000, rssMb: 256, resultBytesMax: 262_144, fastMs: 100, jobsMax: 200_000, rssSoftMb: 192 };
/** Where the parent's watch over memory is out of the way, too. */
const UNWATCHED = { ...LIMITS, rssMb: 4_096 };

/** What a reader of the advisories can write; `%` is the code that runs. The second needs no more than a settable array. */
const ESCAPES: Readonly<Record<string, string>> = {
  "CVE-2026-41139": 'F = matrix().get({length: 1, reduce: f(c, a) = c(cos, "constructor")}); g = F("%"); g()',
  "CVE-2026-40897": 'a = [0].toArray(); a.reduce = f(c, x) = c(cos, "constructor"); F = [7].get(a); g = F("%"); g()',
};

let breached: Breached;
let confinement: Confinement;

before(async () => {
  [breached, confinement] = await Promise.all([
    buildBreached(),
    makeConfinement({ mode: "prefer", heapMb: 128, rssMb: LIMITS.rssMb }),
  ]);
});
after(() => breached[Symbol.dispose]());

/** A jail with these layers, and only these. */
function ground(blob: string, layers: readonly Removable[]): Ground {
  const leftOut = ALL.filter((layer) => !layers.includes(layer));
  return { confinement: { ...confinement, leftOut }, blob, start: START, limits: leftOut.length === 0 ? LIMITS : UNWATCHED };
}

/** Lets each escape run code that tells the version and leaves a mark; `marked` is what the parent saw of it. */
async function runEscapes(blob: string, layers: readonly Removable[]): Promise<{ fates: Fate[]; marked: boolean }> {
  const place = ground(blob, layers);
  await using bait = await openBait(place);
  const { marker = "" } = bait.told;
  const code = `process.getBuiltinModule('fs').writeFileSync('${marker}', 'x'); return process.version`;
  const attacks = Object.entries(ESCAPES).flatMap(([id, expression]): Attack[] =>
    ["return process.version", code].map((body) => {
      return { id, kind: "evaluate", expression: expression.replace("%", body), timeMs: 5_000 };
    }),
  );
  const fates = await runAttacks(place, attacks);
  return { fates, marked: existsSync(marker) };
}

describe("the escapes of mathjs 15.1.1", () => {
  test("run code where no layer is", async () => {
    const { fates, marked } = await runEscapes(breached.open, []);
    for (const fate of fates) assert.ok(fate.reached && fate.evidence.includes(process.version), JSON.stringify(fate));
    assert.ok(marked, "the parent sees the file they wrote");
  });

  test("are refused by gate and namespace alone", async () => {
    const { fates, marked } = await runEscapes(breached.gated, []);
    for (const { reached, by, evidence } of fates) assert.ok(!reached && by === "access_refused", evidence);
    assert.ok(!marked);
  });

  test("find no way to make code where the engine's flags alone stand", async () => {
    const { fates, marked } = await runEscapes(breached.open, ["L3"]);
    for (const { reached, evidence } of fates) assert.ok(!reached && evidence.startsWith("EvalError"), evidence);
    assert.ok(!marked);
  });

  test("run code behind Node's permissions alone, which leaves no mark", async () => {
    const { fates, marked } = await runEscapes(breached.open, ["L4"]);
    assert.ok(fates.some(({ reached }) => reached));
    assert.ok(fates.some(({ evidence }) => /restricted/.test(evidence)));
    assert.ok(!marked);
  });
});

/** Reports of many probes, over several processes at once. */
async function runAll(place: Ground, bait: Bait, entries: readonly ProbeEntry[], lanes: number): Promise<ProbeReport[]> {
  const parts = Array.from({ length: lanes }, (_, lane) => entries.filter((_entry, index) => index % lanes === lane));
  const reports = await Promise.all(
    parts
      .filter((part) => part.length > 0)
      .map((part) =>
        runProbes(
          place,
          bait.told,
          part.map(({ id }) => id),
        ),
      ),
  );
  return reports.flat();
}

async function tryWith(
  layers: readonly Removable[],
  entries: readonly ProbeEntry[],
  lanes = 1,
): Promise<{ reports: ProbeReport[]; touched: string[] }> {
  const place = ground(layers.includes("L3") ? breached.frozen : breached.open, layers);
  await using bait = await openBait(place);
  const reports = await runAll(place, bait, entries, lanes);
  return { reports, touched: bait.touched() };
}

/** What cannot be reached on this machine with no layer in the way, and why. */
function outOfReach(): Record<string, string> {
  const interfaces = Object.keys(networkInterfaces());
  const noRoot = process.getuid?.() === 0 ? [] : ["priority-own", "user-become", "groups-change", "file-hard-link"];
  const noNetwork = interfaces.some((name) => name !== "lo") ? [] : ["net-interfaces"];
  const noVersion6 = existsSync("/proc/net/if_inet6") && readFileSync("/proc/net/if_inet6", "utf8") !== "" ? [] : ["net-tcp6"];
  return {
    ...Object.fromEntries(noRoot.map((id) => [id, "only the superuser may"])),
    ...Object.fromEntries(noNetwork.map((id) => [id, "there is no network"])),
    ...Object.fromEntries(noVersion6.map((id) => [id, "there is no IPv6"])),
  };
}

/** Layers that do not stand here, or not wholly, by the proof the server makes at its start. */
async function missingLayers(): Promise<Set<string>> {
  const layers = await proveLayers(ground(breached.gated, ALL));
  const fallen = layers.filter(({ stands }) => !stands);
  // A machine may lack the tools for these; the others are ours alone.
  const mayLack = ["L6", ...(existsSync("/usr/bin/prlimit") ? [] : ["L5"])];
  assert.deepEqual(
    fallen.filter(({ id }) => !mayLack.includes(id.slice(0, 2))),
    [],
  );
  return new Set(fallen.map(({ id }) => id.slice(0, 2)));
}

function tell(t: TestContext, rows: readonly (readonly string[])[]): void {
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows) t.diagnostic(row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "));
}

describe("an attacker with all of Node inside", { skip: process.platform === "linux" ? false : "the layers are Linux's" }, () => {
  let entries: ProbeEntry[] = [];
  let missing = new Set<string>();
  /** By probe: the layers that stopped it alone. */
  const alone = new Map<string, string[]>();
  /** Probes that are not the parent's to end. */
  const mortal = () => entries.filter(({ layers }) => !layers.includes("L7"));

  before(async () => {
    [entries, missing] = await Promise.all([listProbes(ground(breached.open, ALL)), missingLayers()]);
    // What poisons our own namespace finds none in this bundle; see test/jail/realm-probes.test.ts.
    entries = entries.filter(({ layers }) => !layers.includes("L2"));
    alone.clear();
  });

  test("reaches everything where no layer is: the control", async (t) => {
    const { reports, touched } = await tryWith([], mortal(), 2);
    const excused = outOfReach();
    for (const [id, why] of Object.entries(excused)) t.diagnostic(`${id} cannot be tried here: ${why}`);
    const failed = reports.filter(({ id, reached }) => !reached && !(id in excused));
    assert.deepEqual(failed, []);
    for (const witness of ["connections", "marker made", "doomed gone", "prey changed", "opened to all", "evaluator killed"]) {
      assert.ok(
        touched.some((what) => what.includes(witness)),
        `${witness} was seen: ${touched}`,
      );
    }
  });

  for (const layer of ALL) {
    test(`is stopped by ${layer} alone where ${layer} is named`, async (t) => {
      const named = mortal().filter(({ layers }) => layers.includes(layer));
      const { reports } = await tryWith([layer], named);
      for (const { id, reached } of reports) if (!reached) alone.set(id, [...(alone.get(id) ?? []), layer]);
      const reached = reports.filter((report) => report.reached);
      if (!missing.has(layer)) assert.deepEqual(reached, []);
      else t.diagnostic(`${layer} does not stand wholly here: ${reached.length} of ${reports.length} reached`);
    });
  }

  test("reaches nothing where all layers are", async (t) => {
    const { reports, touched } = await tryWith(ALL, entries, 3);
    const rows = reports.map(({ id, reached, layer, by, aims }) => {
      const stop = reached ? "REACHED, nothing here stops it" : `${layer} ${by}`;
      return [id, stop, layer === "L7" ? "L7" : (alone.get(id)?.join(" ") ?? "none"), aims];
    });
    tell(t, [["probe", "stopped by", "alone", "aims"], ...rows]);
    const isExcused = ({ id }: ProbeReport) =>
      entries.find((entry) => entry.id === id)?.layers.every((layer) => missing.has(layer));
    const wrong = reports.filter((report) => report.reached && isExcused(report) !== true);
    assert.deepEqual(wrong, []);
    if (!missing.has("L6")) assert.deepEqual(touched, []);
    const held = reports.filter(({ reached }) => !reached).length;
    t.diagnostic(`${reports.length} probes, ${held} stopped; layers missing here: ${[...missing].join(" ") || "none"}`);
    assert.equal(reports.length, entries.length);
    assert.ok(held >= PROBES_MIN, `${held} of ${reports.length}`);
  });
});
