/** Probes of other processes: starting them, signalling them, looking into them, becoming another. */
import { builtin, heard, inside, need, type Probe, stopped } from "./probe.ts";

const fs = () => builtin("node:fs");
const spawning = ["L4", "L6"];
const seeing = ["L4", "L6"];
/** The kernel's wall alone: Node has no rule for it. */
const wall = ["L6"];
const kill = inside.kill.bind(inside);
const BINDING = "spawn_sync";

const STARTING: readonly Probe[] = [
  {
    id: "process-shell",
    aims: "run a shell",
    layers: spawning,
    attack: () => {
      const { error, stdout } = builtin("node:child_process").spawnSync("/bin/sh", ["-c", "echo reached"]);
      if (error !== undefined) throw error;
      return String(stdout).trim();
    },
  },
  {
    id: "process-node",
    aims: "run Node anew, without its flags",
    layers: spawning,
    attack: () => {
      const { error, stdout } = builtin("node:child_process").spawnSync(inside.execPath, ["--version"]);
      if (error !== undefined) throw error;
      return String(stdout).trim() || stopped("it said nothing");
    },
  },
  {
    id: "process-spawn",
    aims: "start a program and go on",
    layers: spawning,
    attack: () => {
      const child = builtin("node:child_process").spawn(inside.execPath, ["--version"], { stdio: "ignore" });
      return heard(child, "spawn").finally(() => child.kill("SIGKILL"));
    },
  },
  {
    id: "process-fork",
    aims: "fork a Node that can be talked to",
    layers: spawning,
    attack: (told) => {
      const child = builtin("node:child_process").fork(need(told, "script"), {
        execArgv: [],
        stdio: ["ignore", "ignore", "ignore", "ipc"],
      });
      return heard(child, "spawn").finally(() => child.kill("SIGKILL"));
    },
  },
  {
    id: "process-become",
    aims: "become another program, with the pipe to the server in hand",
    layers: ["L4", "L6"],
    ends: true,
    attack: (told) => {
      const value = { reached: true, by: "another program answers", evidence: "echo" };
      const line = { id: Number(need(told, "job")), value: { type: "probe", value, text: "" } };
      // Node ends itself where the program is not there.
      fs().statSync("/bin/echo");
      inside.execve?.("/bin/echo", ["echo", JSON.stringify(line)], {});
      return "became";
    },
  },
  {
    id: "process-thread",
    aims: "start a thread with a realm of its own",
    layers: ["L4"],
    attack: () => {
      const { Worker } = builtin("node:worker_threads");
      return heard(new Worker("", { eval: true }), "exit");
    },
  },
  {
    id: "process-loader",
    aims: "have modules loaded by a hook of its own",
    layers: ["L4"],
    attack: () => {
      builtin("node:module").register("data:text/javascript,export{}");
      return "registered";
    },
  },
  {
    id: "process-addon",
    aims: "load native code",
    layers: ["L4"],
    attack: () => {
      // A library is no addon, but it is loaded, and its start-up code run, before Node notices.
      const report: unknown = inside.report.getReport();
      const shared: unknown = Reflect.get(Object(report), "sharedObjects");
      const library = Array.isArray(shared) ? shared.find((path) => String(path).startsWith("/")) : undefined;
      try {
        inside.dlopen({ exports: {} }, String(library));
      } catch (error) {
        if (!/self-register/.test(String(error))) throw error;
      }
      return "loaded";
    },
  },
  {
    id: "process-binding",
    aims: "start programs with Node's innards, around its permissions",
    layers: ["L4"],
    attack: () => {
      const binding: unknown = Reflect.get(inside, "binding");
      if (typeof binding !== "function") return stopped("there is no binding");
      return typeof Reflect.get(Object(Reflect.apply(binding, inside, [BINDING])), "spawn");
    },
  },
  {
    id: "process-linked-binding",
    aims: "reach bindings that an embedder linked in",
    layers: ["L4"],
    attack: () => {
      const linkedBinding: unknown = Reflect.get(inside, "_linkedBinding");
      if (typeof linkedBinding !== "function") return stopped("there is no linked binding");
      try {
        return typeof Reflect.apply(linkedBinding, inside, ["none"]);
      } catch (error) {
        // Asked, and told that there is none of this name.
        if (Reflect.get(Object(error), "code") === "ERR_INVALID_MODULE") return "asked";
        throw error;
      }
    },
  },
  {
    id: "process-debugger",
    aims: "debug itself: reach what closures hide",
    layers: ["L4"],
    attack: () => {
      const session = new (builtin("node:inspector").Session)();
      session.connect();
      session.disconnect();
      return "connected";
    },
  },
];

const OTHERS: readonly Probe[] = [
  {
    id: "signal-parent",
    aims: "send the server a signal",
    layers: wall,
    attack: (told) => String(kill(Number(need(told, "parent")), 0)),
  },
  { id: "signal-everybody", aims: "send every process of the user a signal", layers: wall, attack: () => String(kill(-1, 0)) },
  {
    id: "priority-parent",
    aims: "make the server slow",
    layers: wall,
    attack: (told) => {
      const os = builtin("node:os");
      const parent = Number(need(told, "parent"));
      os.setPriority(parent, os.getPriority(parent));
      return "set";
    },
  },
  {
    id: "priority-own",
    aims: "take the processor from the others",
    layers: wall,
    attack: () => {
      const os = builtin("node:os");
      os.setPriority(0, -5);
      os.setPriority(0, 0);
      return "taken";
    },
  },
  {
    id: "user-become",
    aims: "become another user",
    layers: wall,
    attack: () => {
      const before = inside.geteuid?.();
      inside.seteuid?.(65_534);
      if (inside.geteuid?.() === before) return stopped("still the same user");
      inside.seteuid?.(before ?? 0);
      return "became";
    },
  },
  {
    id: "groups-change",
    aims: "join a group of users",
    layers: wall,
    attack: () => {
      inside.setgroups?.([0]);
      return "joined";
    },
  },
  {
    id: "proc-list",
    aims: "list the processes of the machine",
    layers: seeing,
    attack: () => `${fs().readdirSync("/proc").length} names`,
  },
  {
    id: "proc-self",
    aims: "read how it is laid out in memory",
    layers: seeing,
    attack: () => `${fs().readFileSync("/proc/self/maps").length} bytes`,
  },
  {
    id: "proc-environment",
    aims: "read the server's environment",
    layers: seeing,
    attack: (told) => `${fs().readFileSync(`/proc/${need(told, "parent")}/environ`).length} bytes`,
  },
  {
    id: "proc-arguments",
    aims: "read the server's command line",
    layers: seeing,
    attack: (told) => `${fs().readFileSync(`/proc/${need(told, "parent")}/cmdline`).length} bytes`,
  },
  {
    id: "proc-memory",
    aims: "open the server's memory",
    layers: seeing,
    attack: (told) => {
      fs().closeSync(fs().openSync(`/proc/${need(told, "parent")}/mem`, "r+"));
      return "opened";
    },
  },
  {
    id: "proc-timing",
    aims: "time the server's work through the kernel's accounts",
    layers: seeing,
    attack: (told) =>
      fs()
        .readFileSync(`/proc/${need(told, "parent")}/schedstat`, "utf8")
        .trim(),
  },
  {
    id: "proc-sibling",
    aims: "open the pipe of another evaluator",
    layers: seeing,
    attack: (told) => fs().readlinkSync(`/proc/${need(told, "sibling")}/fd/0`),
  },
  {
    id: "proc-descriptors",
    aims: "open the server's files by its list of descriptors",
    layers: seeing,
    attack: (told) =>
      fs()
        .readdirSync(`/proc/${need(told, "parent")}/fd`)
        .join(" "),
  },
  // Last: the others look at it.
  {
    id: "signal-sibling",
    aims: "kill another evaluator",
    layers: wall,
    attack: (told) => String(kill(Number(need(told, "sibling")), "SIGKILL")),
  },
];

export const PROCESS_PROBES: readonly Probe[] = [...STARTING, ...OTHERS];
