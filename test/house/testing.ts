/** How tests are written: they wait for what happens, never for time to pass, and none of them is switched off. */
import type { Node } from "typescript/unstable/ast";
import {
  isArrowFunction,
  isCallExpression,
  isCatchClause,
  isDoStatement,
  isForStatement,
  isFunctionExpression,
  isIdentifier,
  isIfStatement,
  isNewExpression,
  isNumericLiteral,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isStringLiteral,
  isWhileStatement,
} from "typescript/unstable/ast/is";
import { findNodes, type Rule, sample } from "./rule.ts";
import type { Source } from "./tree.ts";

const isTest = (path: string) => path.startsWith("test/");

const sleeps: Rule = {
  title: "no test sleeps",
  advice: "Wait for the event, the line or the exit, or ask again in a while loop; a time may only be the bound of a wait.",
  find: (tree) => findNodes(tree, isTest, (node, source) => (isSleep(node, source) && !isPoll(node) ? "sleeps" : undefined)),
  samples: [
    sample("test/a.test.ts", 'import { setTimeout } from "node:timers/promises";\nawait setTimeout(50);', 2),
    sample("test/a.test.ts", 'import { setTimeout as after } from "timers/promises";\nawait after(50);', 2),
    sample("test/a.test.ts", "\nawait sleep(ms);", 2),
    sample("test/a.test.ts", "await new Promise((resolve) => setTimeout(resolve, 10));", 1),
    sample("test/a.test.ts", "await new Promise((go) => {\n  setTimeout(() => go(1), 10);\n});", 2),
    sample("test/a.test.ts", "Atomics.wait(a, 0, 0, 100);", 1),
    sample("test/a.test.ts", "for (let i = 0; i < 9; i++) {\n  await new Promise((go) => setTimeout(go, 10));\n}", 2),
    sample("test/a.test.ts", "while (!seen()) await new Promise((go) => setTimeout(go, 10));"),
    sample("test/a.test.ts", "new Promise((_, reject) => setTimeout(() => reject(new Error()), 10));\nsetTimeout(stop, 9);"),
  ],
};

function isSleep(node: Node, { imports, text }: Source): boolean {
  if (!isCallExpression(node)) return false;
  const called = node.expression.getText();
  if (/^(sleep|delay|pause)$/.test(called) || (called === "Atomics.wait" && node.arguments.length > 3)) return true;
  const timers = imports.some(({ from }) => /^(node:)?timers\/promises$/.test(from));
  const alias = /setTimeout as (\w+)/.exec(text)?.[1] ?? "setTimeout";
  if (timers && called === alias && node.arguments[0] !== undefined && isNumericLiteral(node.arguments[0])) return true;
  return called === "setTimeout" && onlyResolves(node);
}

/** Between two looks at a condition that nobody announces: in a loop that ends by what it sees, not by counting. */
function isPoll(node: Node): boolean {
  for (let one: Node | undefined = node; one !== undefined; one = one.parent) {
    if (isWhileStatement(one) || isDoStatement(one) || (isForStatement(one) && one.condition === undefined)) return true;
    if (isArrowFunction(one) && !isNewExpression(one.parent)) return false;
  }
  return false;
}

/** True when all that `timer` does is resolve the promise around it. */
function onlyResolves(timer: Node): boolean {
  const [done] = isCallExpression(timer) ? timer.arguments : [];
  for (let node: Node | undefined = timer.parent; node !== undefined; node = node.parent) {
    if (!isArrowFunction(node) && !isFunctionExpression(node)) continue;
    const [resolve] = node.parameters;
    if (!isNewExpression(node.parent) || node.parent.expression.getText() !== "Promise" || resolve === undefined) continue;
    return done !== undefined && new RegExp(`^(\\(\\) => )?${resolve.name.getText()}\\b`).test(done.getText());
  }
  return false;
}

const skips: Rule = {
  title: "no test is switched off",
  advice:
    "Mend it or delete it. What a machine cannot run says so by a condition: { skip: isMissing && reason }, or if (isMissing) return t.skip(reason).",
  find: (tree) => findNodes(tree, isTest, (node) => (isSwitch(node) ? node.getText().slice(0, 40) : undefined)),
  samples: [
    sample("test/a.test.ts", 'test.skip("a", () => {});', 1),
    sample("test/a.test.ts", '\ndescribe.only("a", () => {});', 2),
    sample("test/a.test.ts", 'test("a", (t) => {\n  t.skip();\n});', 2),
    sample("test/a.test.ts", 'test("a", { skip: true }, () => {});\ntest("b", { todo: "why" }, () => {});', 1, 2),
    sample("test/a.test.ts", 'test("a", (t) => {\n  if (missing) return t.skip("no bwrap");\n});'),
    sample("test/a.test.ts", 'test("a", { skip: missing && "no bwrap" }, () => {});\nlist.skip(2);\nconst a = { skip: true };'),
  ],
};

const SWITCHES = ["skip", "todo", "only"];
const SWITCHED = ["test", "it", "describe", "suite", "t", "context"];

function isSwitch(node: Node): boolean {
  if (isPropertyAccessExpression(node)) {
    const isMeant = SWITCHES.includes(node.name.text) && SWITCHED.includes(node.expression.getText());
    return isMeant && !isConditional(node);
  }
  if (!isPropertyAssignment(node) || !SWITCHES.includes(node.name.getText())) return false;
  const call = node.parent.parent;
  const isOption = isCallExpression(call) && isIdentifier(call.expression) && SWITCHED.includes(call.expression.text);
  return isOption && (node.initializer.getText() === "true" || isStringLiteral(node.initializer));
}

/** In an `if` or a `catch` of its test: what is missing was found out while it ran. */
function isConditional(node: Node): boolean {
  for (let one = node; !isArrowFunction(one) && one.parent !== undefined; one = one.parent) {
    if (isIfStatement(one) || isCatchClause(one)) return true;
  }
  return false;
}

export const TESTING_RULES: readonly Rule[] = [sleeps, skips];
