/**
 * The parts of a program (`program.ts`) by kind, and what mathjs's operators and functions make of each kind: numbers, units,
 * complex numbers, and lists of numbers. What is not here is no part of a program.
 */
import { convert, divide, isAngle, join, multiply, negate, power, type Quantity, type Scalar } from "./quantity.ts";
import { FUNCTIONS } from "./scalar.ts";
import { type Sheet, Unfit } from "./sheet.ts";

export type Complex = { kind: "complex"; re: number; im: number };
/** Cells, of a matrix by row. */
export type Vector = { kind: "vector"; items: number[] };
export type Matrix = { kind: "matrix"; rows: number[][] };
export type Term = Scalar | Quantity | Complex | Vector | Matrix;

const scalar = (at: number): Scalar => ({ kind: "number", at });

/** The result of an operator with these arguments. Throws where there is none. */
export function operate(sheet: Sheet, fn: string, args: readonly Term[]): Term {
  const [a, b] = args;
  if (a === undefined || args.length > 2) throw new Unfit();
  if (b === undefined) {
    if (fn === "unaryMinus") return negated(sheet, a);
    if (fn === "unaryPlus" && a.kind === "number") return a;
    throw new Unfit();
  }
  switch (fn) {
    case "add":
      return sum(sheet, a, b, "sum");
    case "subtract":
      return sum(sheet, a, b, "difference");
    case "multiply":
      return product(sheet, a, b);
    case "divide":
      return quotient(sheet, a, b);
    case "pow":
      if (b.kind !== "number") throw new Unfit();
      if (a.kind === "number") return scalar(sheet.power(a.at, b.at));
      if (a.kind === "unit") return power(sheet, a, b);
      throw new Unfit();
    case "to":
      if (a.kind === "unit" && b.kind === "unit") return convert(sheet, a, b);
      throw new Unfit();
    default:
      throw new Unfit();
  }
}

/** The result of a built-in function. Throws where there is none. */
export function call(sheet: Sheet, name: string, args: readonly Term[]): Term {
  if (name === "mean" || name === "sum") return folded(sheet, name, args);
  const known = FUNCTIONS.get(name);
  const [a] = args;
  if (known === undefined || a === undefined || args.length !== 1) throw new Unfit();
  if (a.kind === "number") {
    if (name !== "sqrt" || !(sheet.valueOf(a.at) < 0)) return scalar(sheet.value(known.call, known.from, a.at));
    return { kind: "complex", re: sheet.put(0), im: sheet.imaginaryRoot(a.at) };
  }
  const isTrigonometric = name === "sin" || name === "cos" || name === "tan";
  if (a.kind !== "unit" || a.at === undefined || !isTrigonometric || !isAngle(a)) throw new Unfit();
  return scalar(sheet.value(known.call, known.from, a.at));
}

function negated(sheet: Sheet, a: Term): Term {
  if (a.kind === "number") return scalar(sheet.negative(a.at));
  if (a.kind === "unit") return negate(sheet, a);
  if (a.kind === "complex") return { kind: "complex", re: sheet.negative(a.re), im: sheet.negative(a.im) };
  throw new Unfit();
}

function sum(sheet: Sheet, a: Term, b: Term, step: "sum" | "difference"): Term {
  if (a.kind === "number" && b.kind === "number") return scalar(sheet[step](a.at, b.at));
  if (a.kind === "unit" && b.kind === "unit") return join(sheet, a, b, step);
  const [x, y] = [complexOf(sheet, a), complexOf(sheet, b)];
  return { kind: "complex", re: sheet[step](x.re, y.re), im: sheet[step](x.im, y.im) };
}

function product(sheet: Sheet, a: Term, b: Term): Term {
  if (a.kind === "number" && b.kind === "number") return scalar(sheet.product(a.at, b.at));
  if (a.kind === "unit" && (b.kind === "unit" || b.kind === "number")) return multiply(sheet, a, b);
  if (a.kind === "number" && b.kind === "unit") return multiply(sheet, b, a);
  if (a.kind === "matrix" && b.kind === "vector")
    return { kind: "vector", items: a.rows.map((row) => inner(sheet, row, b.items)) };
  if (a.kind === "matrix" && b.kind === "matrix") {
    const columns = (b.rows[0] ?? []).map((_, at) => b.rows.map((row) => row[at] ?? 0));
    return { kind: "matrix", rows: a.rows.map((row) => columns.map((column) => inner(sheet, row, column))) };
  }
  return complexProduct(sheet, complexOf(sheet, a), complexOf(sheet, b));
}

/**
 * Where mathjs goes another way it shows: what is infinite, or no number, stays so and is not written, and of numbers without an
 * imaginary part the zeros may have another sign, which is not written either.
 */
function complexProduct(sheet: Sheet, x: Complex, y: Complex): Complex {
  const re = sheet.difference(sheet.product(x.re, y.re), sheet.product(x.im, y.im));
  return { kind: "complex", re, im: sheet.sum(sheet.product(x.re, y.im), sheet.product(x.im, y.re)) };
}

function quotient(sheet: Sheet, a: Term, b: Term): Term {
  if (a.kind === "number" && b.kind === "number") return scalar(sheet.quotient(a.at, b.at));
  if ((a.kind === "unit" || a.kind === "number") && (b.kind === "unit" || b.kind === "number")) return divide(sheet, a, b);
  throw new Unfit();
}

function inner(sheet: Sheet, row: readonly number[], column: readonly number[]): number {
  if (row.length !== column.length) throw new Unfit();
  return added(
    sheet,
    row.map((at, index) => sheet.product(at, column[index] ?? 0)),
  );
}

/** From left to right. */
function added(sheet: Sheet, all: readonly number[]): number {
  if (all.length === 0) throw new Unfit();
  return all.reduce((before, at) => sheet.sum(before, at));
}

function folded(sheet: Sheet, name: "mean" | "sum", args: readonly Term[]): Scalar {
  const [only] = args;
  const items = args.length === 1 && only?.kind === "vector" ? only.items : args.map(scalarOf);
  const all = added(sheet, items);
  return scalar(name === "sum" ? all : sheet.quotient(all, sheet.put(items.length)));
}

/** A list of numbers, or of lists of numbers of one length. */
export function listed(items: readonly Term[]): Vector | Matrix {
  if (items.length === 0) throw new Unfit();
  if (items[0]?.kind !== "vector") return { kind: "vector", items: items.map(scalarOf) };
  const rows = items.map((item) => (item.kind === "vector" ? item.items : []));
  if (rows.some((row) => row.length !== rows[0]?.length)) throw new Unfit();
  return { kind: "matrix", rows };
}

function scalarOf(term: Term): number {
  if (term.kind !== "number") throw new Unfit();
  return term.at;
}

function complexOf(sheet: Sheet, term: Term): Complex {
  if (term.kind === "complex") return term;
  return { kind: "complex", re: scalarOf(term), im: sheet.put(0) };
}
