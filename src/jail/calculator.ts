/**
 * One job in, one line out: plan it (parse, gate, price), then run it (evaluate, describe).
 *
 * Pure as seen from outside: an answer depends on the job alone. What stays between jobs is the compiler's cache, which
 * holds no value of anybody's. Called by `main.ts` only; it reads and writes no file descriptor.
 */
import { type Compiler, makeCompiler } from "./compiler.ts";
import type { Failure, JailLimits, Job, Ready } from "./contract.ts";
import { type Circumstances, failureOf, unknownFunction } from "./failure.ts";
import { microsecondsSince } from "./gauge.ts";
import { drawSecret, nowMs } from "./host.ts";
import { refuseImplicit } from "./implicit.ts";
import { interpretationOf } from "./interpretation.ts";
import { writeChecked, writeNumber, writeValue } from "./outcome.ts";
import { PLAIN_BYTES } from "./plain.ts";
import { isCheapJob } from "./price.ts";
import { target } from "./probe-realm.ts";
import { writeRows } from "./rows.ts";
import { calculateLine, calculateScalar, fitsScalars } from "./scalar.ts";
import { Scope } from "./scope.ts";
import type { Compiled } from "./shapes.ts";
import { decode, readStored } from "./stored.ts";

/** A job that was looked at. `cheap` promises that `answer` takes well under a millisecond. */
export type Plan = {
  job: Job;
  cheap: boolean;
  started: number;
  compiled?: Compiled;
  scalar?: number;
  value?: string;
  failure?: Failure;
};

export type Calculator = {
  ready: Ready["ready"];
  /** Sets the bounds and starts the random numbers; call it before the first job. */
  start(limits: JailLimits): void;
  /** See `Engine.seal`. */
  seal(): void;
  /** Gives the probes of the realm what they attack; only in a process that is there for probes. */
  arm(): void;
  /** As `calculateLine` of `scalar.ts`; undefined also where the limits leave it to the gate. */
  calculateLine: typeof calculateLine;
  /** Parses and prices a job. Never throws; takes at most about a millisecond. */
  plan(job: Job): Plan;
  /** Evaluates a planned job, right after `plan`. Never throws. Answers the job's `Outcome` as a line without its LF. */
  answer(plan: Plan): string;
};

const NO_VARIABLES: Record<string, string> = {};
const NO_ARGUMENTS = {};
/** No number is longer as JSON. */
const NUMBER_BYTES_MAX = 32;

/** Makes the calculator with everything in it; takes most of a second. */
export function makeCalculator(): Calculator {
  const compiler = makeCompiler();
  const { engine, limits } = compiler;
  const units = Object.keys(engine.math.Unit.UNITS);
  const isUnit = (name: string): boolean => engine.math.Unit.isValuelessUnit(name);
  const circumstances = ({ expression, variables, columns }: Job, compiled?: Compiled): Circumstances => ({
    source: expression,
    node: compiled?.tree.node,
    variables: [...Object.keys(variables ?? NO_VARIABLES), ...Object.keys(columns ?? NO_VARIABLES)],
    units,
  });
  return {
    ready: { mathjs: engine.math.version, node: process.versions.node },
    start(given) {
      Object.assign(limits, given);
      engine.limits.elementsMax = given.elementsMax;
      engine.chance.keep(drawSecret());
    },
    seal: engine.seal,
    arm: () => void Object.assign(target, { engine }),
    calculateLine: (...line) => (fitsLines(limits) ? calculateLine(...line) : undefined),
    plan(job) {
      const plan: Plan = { job, cheap: true, started: nowMs() };
      if (calculatesAtOnce(plan, compiler)) return plan;
      compiler.begin(job);
      try {
        plan.compiled = compiler.compileJob(job.expression);
        if (job.settings?.implicit === false) refuseImplicit(plan.compiled.tree.node, job, isUnit);
        const unknown = findUnknownFunction(job, plan.compiled);
        if (unknown !== undefined) plan.failure = unknownFunction(unknown, circumstances(job));
        else plan.cheap = job.kind !== "rows" && isCheapJob(job, plan.compiled.tree, compiler);
      } catch (error) {
        plan.failure = failureOf(error, circumstances(job));
      }
      return plan;
    },
    answer({ job, compiled, scalar, value, failure, cheap, started }) {
      let member: string;
      try {
        if (scalar !== undefined)
          member = `"value":${writeNumber(scalar, "", engine, job.resultBytesMax ?? limits.resultBytesMax)}`;
        else if (value !== undefined) member = `"value":${value}`;
        else if (failure || !compiled) member = `"failure":${JSON.stringify(failure)}`;
        else if (job.cheapOnly && !cheap) member = '"deferred":true';
        else if (job.kind === "rows")
          member = evaluateRows(job, compiled, compiler, (error) => failureOf(error, circumstances(job, compiled)));
        else member = evaluate(job, compiled, compiler);
      } catch (error) {
        member = `"failure":${JSON.stringify(failureOf(error, circumstances(job, compiled)))}`;
        engine.recover();
      }
      // What is cheap knows no recursion, and so ends where it should.
      if (!cheap || failure) engine.recover();
      return `{"id":${job.id},${member},"us":${microsecondsSince(started)}}`;
    },
  };
}

/** True when the result is known without mathjs; then the plan has it, as a number or as `writeValue` writes it. */
function calculatesAtOnce(plan: Plan, { shapes, limits }: Compiler): boolean {
  const { kind, settings, explain, expression, variables = NO_VARIABLES, resultBytesMax = limits.resultBytesMax } = plan.job;
  if ((kind ?? "evaluate") !== "evaluate" || settings !== undefined || explain || !fitsScalars(limits)) return false;
  const scalar = calculateScalar(expression, variables);
  if (scalar !== undefined) plan.scalar = scalar;
  if (scalar !== undefined || resultBytesMax < PLAIN_BYTES) return scalar !== undefined;
  const value = shapes.calculate(expression, variables);
  if (value !== undefined && value.length * 3 <= PLAIN_BYTES) plan.value = value;
  return plan.value !== undefined;
}

function fitsLines(limits: JailLimits): boolean {
  return fitsScalars(limits) && limits.resultBytesMax >= NUMBER_BYTES_MAX;
}

/** A function the expression calls that is neither built in, nor defined in it, nor a variable. */
function findUnknownFunction({ kind, variables }: Job, { tree }: Compiled): string | undefined {
  if (kind === "check") return undefined;
  for (const name of tree.called) if (!Object.hasOwn(variables ?? NO_VARIABLES, name)) return name;
  return undefined;
}

/** The member of the outcome that tells the result. Throws what evaluating throws. */
function evaluate(job: Job, compiled: Compiled, compiler: Compiler): string {
  const { tree, run } = compiled;
  const bytesMax = job.resultBytesMax ?? compiler.limits.resultBytesMax;
  if (job.kind === "check") return `"checked":${writeChecked(tree, compiler.engine.math.Unit.isValuelessUnit, bytesMax)}`;
  const interpretation = job.explain ? `,"interpretation":${JSON.stringify(interpretationOf(tree.node))}}` : "}";
  const scope = new Scope(job.variables ?? NO_VARIABLES, (text, within) => revive(text, within, compiler));
  const value = writeValue(run(scope, NO_ARGUMENTS, null), scope, compiler, { bytesMax, digits: job.settings?.precision });
  if (job.settings === undefined) compiler.shapes.learn(compiled, job.variables ?? NO_VARIABLES, value);
  return `"value":${value.slice(0, -1)}${interpretation}`;
}

/** The member of the outcome that tells the results of rows; `describe` makes a failure of what one row throws. */
function evaluateRows(job: Job, compiled: Compiled, compiler: Compiler, describe: (error: unknown) => Failure): string {
  const scope = new Scope(job.variables ?? NO_VARIABLES, (text, within) => revive(text, within, compiler));
  return `"rows":${writeRows(job, compiled, scope, compiler, describe)}`;
}

/** A stored variable as a value again. A function finds its free names in the scope it is revived in. */
function revive(text: string, scope: Scope, { engine, compile }: Compiler): unknown {
  const content = readStored(text);
  if (content && "v" in content) return decode(content.v, engine.math);
  if (content && "n" in content) return engine.math.parse(content.n);
  if (content && "f" in content) return compile(content.f).run(scope, NO_ARGUMENTS, null);
  if (content && engine.nameOf(engine.namespace[content.b]) === content.b) return engine.namespace[content.b];
  throw new TypeError("A stored variable cannot be read");
}
