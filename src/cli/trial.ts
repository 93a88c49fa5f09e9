/**
 * A trial: one group of attacks on this installation, and for each attack the layer that stopped it.
 *
 * The findings are plain data; `selfcheck-report.ts` counts and shows them.
 */
import type { EvaluateRequest, Evaluator, Verdict } from "../evaluator/evaluator.ts";

/** The layers of SECURITY.md, from the door inwards. */
export const LAYERS = {
  L0: "door",
  L1: "gate",
  L2: "namespace, sizes",
  L3: "engine",
  L4: "Node permissions",
  L5: "process",
  L6: "kernel",
  L7: "deadline, checked answers",
} as const;

export type LayerId = keyof typeof LAYERS;

/**
 * How an attack ended. `mistake`: the maths itself refused it. `answer`: it was evaluated, and the answer is harmless.
 * `missing`: it reached what it aims at, and none of the layers against it stands on this machine. `through`: it reached
 * it all the same. `unjudged`: it was tried, and the machine was too busy to tell what became of it.
 */
export type End = LayerId | "mistake" | "answer" | "missing" | "through" | "untried" | "unjudged";

/** `by` is the sign of what stopped it, or says what went wrong. */
export type Finding = { id: string; end: End; by: string };

export type Trial = { name: string; findings: Finding[] };

/** When no further attack is begun, and who is told how far a trial is. */
export type Course = { isOver(): boolean; done(count: number): void };

export function isLayer(id: string): id is LayerId {
  return Object.hasOwn(LAYERS, id);
}

/** Tries every part, `lanes` at a time; what was not begun when the course was over is not tried. */
export async function tryParts<Part>(
  parts: readonly Part[],
  { lanes, course }: { lanes: number; course: Course },
  attack: (part: Part) => Promise<Finding[]>,
  idsOf: (part: Part) => readonly string[],
): Promise<Finding[]> {
  const left = parts.values();
  const findings: Finding[] = [];
  const lane = async () => {
    for (const part of left) {
      const found = course.isOver() ? idsOf(part).map(untried) : await attack(part);
      course.done(found.length);
      findings.push(...found);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return findings;
}

export function untried(id: string): Finding {
  return { id, end: "untried", by: "not begun" };
}

export function ask(evaluator: Evaluator, request: EvaluateRequest): Promise<Verdict> {
  return new Promise((resolve) => evaluator.evaluate(request, resolve));
}

/** What a verdict tells of who spoke it. A refusal for want of a process proves nothing either way; a crash is no guard. */
export function endOf({ failure }: Verdict): End {
  if (failure === undefined) return "answer";
  const { name, limit } = failure;
  switch (name) {
    case "access_refused":
    case "function_refused":
    case "too_many_nodes":
      return "L1";
    case "unknown_function":
    case "unknown_symbol":
    case "unknown_unit":
    case "result_too_large":
      return "L2";
    case "too_deep":
      // Brackets are counted before there is a tree, so there is no place in it to tell; without a limit the stack ended.
      if (limit?.name !== "depthMax") return limit === undefined ? "L3" : "L2";
      return "position" in failure ? "L1" : "L0";
    case "memory_limit":
      if (limit?.name === "rssMb") return "L7";
      return limit?.name === "heapMb" ? "L3" : "L2";
    case "time_limit":
      return "L7";
    case "syntax_error":
    case "bad_argument":
    case "domain_error":
    case "unit_mismatch":
      return "mistake";
    case "engine_crashed":
      return "through";
    case "server_busy":
    case "request_timeout":
    case "shutting_down":
    case "cancelled":
      return "untried";
  }
}
