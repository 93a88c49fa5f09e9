/**
 * One job in, one line out: plan it (parse, gate, price), then run it (evaluate, describe).
 *
 * Pure as seen from outside: an answer depends on the job alone. What stays between jobs is the compiler's cache, which
 * holds no value of anybody's. Called by `main.ts` only; it reads and writes no file descriptor.
 */
import { isCheap } from "./allowlist.ts";
import { type Compiled, makeCompiler } from "./compiler.ts";
import type { Failure, JailLimits, Job, Ready } from "./contract.ts";
import { type Circumstances, failureOf, unknownFunction } from "./failure.ts";
import type { Bill } from "./gate.ts";
import { microsecondsSince } from "./gauge.ts";
import { writeChecked, writeValue } from "./outcome.ts";
import { Scope } from "./scope.ts";
import { decode, readStored, SCALAR_TEXT } from "./stored.ts";

/** A job that was looked at. `cheap` promises that `answer` takes well under a millisecond. */
export type Plan = { job: Job; cheap: boolean; started: number; compiled?: Compiled; failure?: Failure };

export type Calculator = {
  ready: Ready["ready"];
  /** Sets the bounds; call it before the first job. */
  start(limits: JailLimits): void;
  /** Parses and prices a job. Never throws; takes at most about a millisecond. */
  plan(job: Job): Plan;
  /** Evaluates a planned job, right after `plan`. Never throws. Answers the job's `Outcome` as a line without its LF. */
  answer(plan: Plan): string;
};

/** The most a provably cheap job may cost, in scalar operations, functions it calls included. */
const CHEAP_NODES_MAX = 200;
/** How far calls of session functions are followed; deeper ones, like all recursion, are not provably cheap. */
const CHEAP_CALLS_DEEP = 6;

const NO_VARIABLES: Record<string, string> = {};
const NO_ARGUMENTS = {};

/** Makes the calculator with everything in it; takes most of a second. */
export function makeCalculator(): Calculator {
  const compiler = makeCompiler();
  const { engine, limits } = compiler;
  const units = Object.keys(engine.math.Unit.UNITS);

  const circumstances = (job: Job, compiled: Compiled | undefined): Circumstances => ({
    source: job.expression,
    node: compiled?.tree.node,
    variables: Object.keys(job.variables ?? NO_VARIABLES),
    units,
  });

  const revive = (text: string, scope: Scope): unknown => {
    const content = readStored(text);
    if (!content) throw new TypeError("A stored variable cannot be read");
    if ("v" in content) return decode(content.v, engine.math);
    if ("b" in content) return engine.nameOf(engine.namespace[content.b]) === content.b ? engine.namespace[content.b] : undefined;
    if ("n" in content) return engine.math.parse(content.n);
    return compiler.compile(content.f).run(scope, NO_ARGUMENTS, null);
  };

  /** What a call of a session function costs, by its stored text; Infinity unless provably cheap. */
  const priceOfCall = (text: string, variables: Record<string, string>, depth: number): number => {
    const content = readStored(text);
    if (content && "b" in content) return isCheap(content.b) ? 1 : Number.POSITIVE_INFINITY;
    if (!content || !("f" in content) || depth > CHEAP_CALLS_DEEP) return Number.POSITIVE_INFINITY;
    const { bodyBill } = compiler.compile(content.f).tree;
    return bodyBill ? price(bodyBill, variables, depth) : Number.POSITIVE_INFINITY;
  };

  const price = (bill: Bill, variables: Record<string, string>, depth: number): number => {
    let nodes = bill.nodes;
    for (const name of bill.scalars) {
      const text = Object.hasOwn(variables, name) ? variables[name] : undefined;
      if (text !== undefined && !SCALAR_TEXT.test(text)) return Number.POSITIVE_INFINITY;
    }
    for (const name of bill.functions) {
      if (nodes > CHEAP_NODES_MAX) return nodes;
      const text = Object.hasOwn(variables, name) ? variables[name] : undefined;
      // A function that is not there fails at once; one that the expression itself defines is not priced.
      nodes += text === undefined ? Number.POSITIVE_INFINITY : priceOfCall(text, variables, depth + 1);
    }
    return nodes;
  };

  const isCheapJob = (job: Job, { tree }: Compiled): boolean => {
    if (tree.bill.nodes > CHEAP_NODES_MAX || (job.settings?.number ?? "number") !== "number" || job.kind === "check")
      return false;
    for (const name of tree.bill.functions) if (tree.assigns.has(name)) return false;
    return price(tree.bill, job.variables ?? NO_VARIABLES, 0) <= CHEAP_NODES_MAX;
  };

  const findUnknown = (job: Job, { tree }: Compiled): Failure | undefined => {
    for (const name of tree.called) {
      if (job.kind !== "check" && !Object.hasOwn(job.variables ?? NO_VARIABLES, name)) {
        return unknownFunction(name, circumstances(job, undefined));
      }
    }
    return undefined;
  };

  const evaluate = ({ job, compiled }: Plan & { compiled: Compiled }): string => {
    const bytesMax = job.resultBytesMax ?? limits.resultBytesMax;
    if (job.kind === "check") return `"checked":${writeChecked(compiled.tree, engine.math.Unit.isValuelessUnit, bytesMax)}`;
    const scope = new Scope(job.variables ?? NO_VARIABLES, revive);
    const result = compiled.run(scope, NO_ARGUMENTS, null);
    return `"value":${writeValue(result, scope, compiler, bytesMax)}`;
  };

  return {
    ready: { mathjs: engine.math.version, node: process.versions.node },
    start(given) {
      Object.assign(limits, given);
      engine.limits.elementsMax = given.elementsMax;
    },
    plan(job) {
      const plan: Plan = { job, cheap: false, started: performance.now() };
      compiler.begin(job.settings);
      try {
        plan.compiled = compiler.compile(job.expression);
        const failure = findUnknown(job, plan.compiled);
        if (failure) plan.failure = failure;
        plan.cheap = failure !== undefined || isCheapJob(job, plan.compiled);
      } catch (error) {
        plan.failure = failureOf(error, circumstances(job, undefined));
        plan.cheap = true;
      }
      return plan;
    },
    answer(plan) {
      const { job, compiled } = plan;
      let member: string;
      try {
        if (plan.failure || !compiled) member = `"failure":${JSON.stringify(plan.failure)}`;
        else if (job.cheapOnly && !plan.cheap) member = '"deferred":true';
        else member = evaluate({ ...plan, compiled });
      } catch (error) {
        member = `"failure":${JSON.stringify(failureOf(error, circumstances(job, compiled)))}`;
      }
      return `{"id":${job.id},${member},"us":${microsecondsSince(plan.started)}}`;
    },
  };
}
