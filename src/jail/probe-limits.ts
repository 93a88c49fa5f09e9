/** Probes of what a process is given and may take: environment, descriptors, memory, time. */
import { builtin, inside, type Probe, stopped, world } from "./probe.ts";

const GIVEN = ["L5", "L6"];
const PARENT = ["L7"];
/** More than `rssMb` leaves room for, less than a server has. */
const HOARD_BYTES = 1_024 * 1024 * 1024;
const PAGE_BYTES = 4_096;
const FILES = 200;
/** bubblewrap sets this one itself. */
const HARMLESS = ["PWD"];
const NULL_DEVICE = 259;
const LAST_DESCRIPTOR = 64;

function environmentNames(): string[] {
  const report: unknown = inside.report.getReport();
  const told = Object.keys(Object(Reflect.get(Object(report), "environmentVariables")));
  return [...new Set([...Object.keys(inside.env ?? {}), ...told])].filter((name) => !HARMLESS.includes(name));
}

/** Descriptors that this Node did not make itself: files, folders, sockets, and pipes of which it holds one end only. */
function foreignDescriptors(): string[] {
  const ends = new Map<number, number[]>();
  const found: string[] = [];
  for (let fd = 3; fd < LAST_DESCRIPTOR; fd++) {
    try {
      const stat = builtin("node:fs").fstatSync(fd);
      if (stat.isFIFO()) ends.set(stat.ino, [...(ends.get(stat.ino) ?? []), fd]);
      else if (stat.isSocket() || stat.isFile() || (stat.isCharacterDevice() && stat.rdev !== NULL_DEVICE))
        found.push(String(fd));
    } catch {}
  }
  for (const fds of ends.values()) if (fds.length === 1) found.push(...fds.map(String));
  return found;
}

const POSSESSIONS: readonly Probe[] = [
  {
    id: "given-environment",
    aims: "read secrets from the environment",
    layers: GIVEN,
    attack: () => environmentNames().join(" ") || stopped("the environment is empty"),
  },
  {
    id: "given-descriptors",
    aims: "use files and sockets the server left open",
    layers: ["L5"],
    attack: () => foreignDescriptors().join(" ") || stopped("no descriptor but its own"),
  },
  {
    id: "given-arguments",
    aims: "learn from its own arguments where things lie",
    layers: ["L6"],
    attack: () => {
      const report: unknown = Reflect.get(Object(inside.report.getReport()), "header");
      const line: unknown = Reflect.get(Object(report), "commandLine");
      const blob = Array.isArray(line) ? line.find((argument) => /^\/.+\/[^/]+\.blob$/.test(String(argument))) : undefined;
      return blob === undefined ? stopped("its arguments name no folder") : String(blob);
    },
  },
];

const MEMORY: readonly Probe[] = [
  {
    id: "take-buffer",
    aims: "take memory at one stroke",
    layers: ["L5"],
    attack: () => `${world().Buffer.alloc(HOARD_BYTES, 1).length} bytes`,
  },
  {
    id: "take-shared",
    aims: "take memory that threads share",
    layers: ["L5"],
    attack: () => {
      const pages = new Uint8Array(new (world().SharedArrayBuffer)(HOARD_BYTES));
      for (let at = 0; at < pages.length; at += PAGE_BYTES) pages[at] = 1;
      return `${pages.length} bytes`;
    },
  },
  {
    id: "take-wasm",
    aims: "take memory through WebAssembly",
    layers: ["L5"],
    attack: () => {
      const memory: unknown = Reflect.get(Object(world().WebAssembly), "Memory");
      if (typeof memory !== "function") return stopped("there is no WebAssembly");
      const pages = new Uint8Array(Reflect.construct(memory, [{ initial: HOARD_BYTES / 65_536 }]).buffer);
      for (let at = 0; at < pages.length; at += PAGE_BYTES) pages[at] = 1;
      return `${pages.length} bytes`;
    },
  },
  {
    id: "take-files",
    aims: "use up descriptors",
    layers: ["L4", "L5"],
    attack: () => {
      const { closeSync, openSync } = builtin("node:fs");
      const open: number[] = [];
      try {
        while (open.length < FILES) open.push(openSync(inside.execPath, "r"));
      } finally {
        for (const fd of open) closeSync(fd);
      }
      return `${open.length} files open`;
    },
  },
];

const WITHOUT_END: readonly Probe[] = [
  {
    id: "take-heap",
    aims: "fill the heap until something breaks",
    layers: PARENT,
    ends: true,
    attack: () => {
      const kept: object[] = [];
      for (;;) kept.push(new Array(1_000).fill(kept.length));
    },
  },
  {
    id: "take-processor",
    aims: "keep a processor for ever",
    layers: PARENT,
    ends: true,
    attack: () => {
      for (;;);
    },
  },
  {
    id: "take-pattern",
    aims: "keep a processor in a pattern that backtracks",
    layers: PARENT,
    ends: true,
    attack: () => String(/^(a+)+$/.test(`${"a".repeat(60)}b`)),
  },
  {
    id: "take-silence",
    aims: "never answer",
    layers: PARENT,
    ends: true,
    attack: () => world().Atomics.wait(new Int32Array(new (world().SharedArrayBuffer)(4)), 0, 0),
  },
  {
    id: "take-end",
    aims: "die in the middle of a job",
    layers: PARENT,
    ends: true,
    attack: () => inside.abort(),
  },
];

export const LIMIT_PROBES: readonly Probe[] = [...POSSESSIONS, ...MEMORY, ...WITHOUT_END];
