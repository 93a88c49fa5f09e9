/**
 * Tells provably cheap jobs from the rest, before anything is evaluated.
 *
 * The gate has priced the tree on the condition that its variables are scalars and its session functions are cheap;
 * here the job's own variables and functions are looked at. A wrong "no" costs a client a slower lane; a wrong "yes"
 * would let a bomb into the fast one.
 */
import { isCheap } from "./allowlist.ts";
import type { Compiler } from "./compiler.ts";
import type { Job } from "./contract.ts";
import type { Bill, Tree } from "./gate.ts";
import { readStored, SCALAR_TEXT } from "./stored.ts";

type Variables = Record<string, string>;

/** The most a provably cheap job may cost, in scalar operations, functions it calls included. */
const CHEAP_NODES_MAX = 200;
/** How far calls of session functions are followed; what is deeper, like all recursion, is not provably cheap. */
const CHEAP_CALLS_DEEP = 6;

/** True when the job takes well under a millisecond whatever its scalars are. Throws what compiling a stored function throws. */
export function isCheapJob(job: Job, { bill, assigns }: Tree, compiler: Compiler): boolean {
  if (bill.nodes > CHEAP_NODES_MAX || job.kind === "check") return false;
  // Other number systems have no upper bound for what one operation costs: 9 ^ 9 ^ 9 of bigints.
  if ((job.settings?.number ?? "number") !== "number") return false;
  if (bill.functions.some((name) => assigns.has(name))) return false;
  return price(bill, job.variables ?? {}, compiler, 0) <= CHEAP_NODES_MAX;
}

function price(bill: Bill, variables: Variables, compiler: Compiler, depth: number): number {
  let nodes = bill.nodes;
  for (const name of bill.scalars) {
    const text = Object.hasOwn(variables, name) ? variables[name] : undefined;
    if (text !== undefined && !SCALAR_TEXT.test(text)) return Number.POSITIVE_INFINITY;
  }
  for (const name of bill.functions) {
    if (nodes > CHEAP_NODES_MAX) return nodes;
    nodes += priceOfCall(Object.hasOwn(variables, name) ? variables[name] : undefined, variables, compiler, depth + 1);
  }
  return nodes;
}

/** What one call of a session function costs, by its stored text; Infinity unless provably cheap. */
function priceOfCall(text: string | undefined, variables: Variables, compiler: Compiler, depth: number): number {
  const content = text === undefined ? undefined : readStored(text);
  if (content && "b" in content) return isCheap(content.b) ? 1 : Number.POSITIVE_INFINITY;
  if (!content || !("f" in content) || depth > CHEAP_CALLS_DEEP) return Number.POSITIVE_INFINITY;
  const { bodyBill } = compiler.compile(content.f).tree;
  return bodyBill ? price(bodyBill, variables, compiler, depth) : Number.POSITIVE_INFINITY;
}
