/**
 * Numbers of units in a program (`program.ts`): which units the result of an operation has is asked of mathjs once, with a model in
 * place of the quantity; what its number becomes is a step. The operations are those of mathjs's class of units, in its order.
 */
import { type Sheet, Unfit } from "./sheet.ts";

type Part = { unit: { value: unknown; offset: unknown }; prefix: { value: unknown }; power: number };

/** What of a mathjs unit is used here. */
export type Model = {
  value: unknown;
  units: Part[];
  fixPrefix: boolean;
  skipAutomaticSimplification: boolean;
  clone(): Model;
  multiply(other: Model | number): Model | number;
  divide(other: Model | number): Model | number;
  divideInto(numerator: number): Model | number;
  pow(exponent: number): Model | number;
  to(other: Model): Model;
  equalBase(other: Model): boolean;
  hasBase(name: string): boolean;
  formatUnits(): string;
  _normalize(value: number): unknown;
  _isDerived(): boolean;
};

/** `model` has the units and no number of any meaning; `at` is the cell of the number, undefined for a unit alone, such as `cm`. */
export type Quantity = { kind: "unit"; model: Model; at: number | undefined };
export type Scalar = { kind: "number"; at: number };

export const isAngle = ({ model, at }: Quantity): boolean => at !== undefined && model.hasBase("ANGLE");

export function multiply(sheet: Sheet, a: Quantity, b: Quantity | Scalar): Quantity | Scalar {
  if (b.kind === "number") return finish(a.model.multiply(1), sheet.product(cellOf(sheet, a), b.at));
  const model = a.model.multiply(b.model);
  if (a.at === undefined && b.at === undefined) return finish(model, undefined);
  return finish(model, sheet.product(cellOf(sheet, a), cellOf(sheet, b)));
}

export function divide(sheet: Sheet, a: Quantity | Scalar, b: Quantity | Scalar): Quantity | Scalar {
  if (a.kind === "number") {
    if (b.kind === "number") throw new Unfit();
    return finish(b.model.divideInto(1), sheet.quotient(a.at, cellOf(sheet, b)));
  }
  if (b.kind === "number") return finish(a.model.divide(1), sheet.quotient(cellOf(sheet, a), b.at));
  const model = a.model.divide(b.model);
  if (a.at === undefined && b.at === undefined) return finish(model, undefined);
  return finish(model, sheet.quotient(cellOf(sheet, a), cellOf(sheet, b)));
}

/** The units depend on the exponent, so it is pinned. */
export function power(sheet: Sheet, { model, at }: Quantity, exponent: Scalar): Quantity | Scalar {
  const powered = model.pow(sheet.pin(exponent.at));
  return finish(powered, at === undefined ? undefined : sheet.power(at, exponent.at));
}

export function negate(sheet: Sheet, { model, at }: Quantity): Quantity {
  if (at === undefined) throw new Unfit();
  return { kind: "unit", model: model.clone(), at: sheet.negative(at) };
}

/** Sum or difference. */
export function join(sheet: Sheet, a: Quantity, b: Quantity, step: "sum" | "difference"): Quantity {
  if (a.at === undefined || b.at === undefined || !a.model.equalBase(b.model)) throw new Unfit();
  const model = a.model.clone();
  model.fixPrefix = false;
  return { kind: "unit", model, at: sheet[step](a.at, b.at) };
}

export function convert(sheet: Sheet, a: Quantity, b: Quantity): Quantity {
  if (b.at !== undefined) throw new Unfit();
  const model = a.model.to(b.model);
  const value = cellOf(sheet, a);
  const [from, to] = [a.model.units[0], b.model.units[0]];
  const isPlain = a.at === undefined || a.model._isDerived() || from === undefined || to === undefined;
  if (isPlain || from.unit.offset === to.unit.offset) return { kind: "unit", model, at: value };
  const shift = numberOf(from.unit.value) * numberOf(from.unit.offset) - numberOf(to.unit.value) * numberOf(to.unit.offset);
  return { kind: "unit", model, at: sheet.sum(value, sheet.put(shift)) };
}

/** The cell of how many of its units a quantity is. */
export function magnitude(sheet: Sheet, { model, at }: Quantity): number {
  if (at === undefined) throw new Unfit();
  let size = at;
  for (const { unit, prefix, power: exponent } of model.units) {
    const base = numberOf(unit.value) * numberOf(prefix.value);
    if (!(base >= 0)) throw new Unfit();
    size = sheet.quotient(size, sheet.put(base ** exponent));
  }
  return size;
}

/** The cell of the value as mathjs keeps it; a unit alone is one of itself. */
function cellOf(sheet: Sheet, { model, at }: Quantity): number {
  return at ?? sheet.put(numberOf(model._normalize(1)));
}

/** What has no dimension left is a number. */
function finish(model: Model | number, at: number | undefined): Quantity | Scalar {
  if (typeof model !== "number") return { kind: "unit", model, at };
  if (at === undefined) throw new Unfit();
  return { kind: "number", at };
}

function numberOf(value: unknown): number {
  if (typeof value !== "number" || !Number.isFinite(value)) throw new Unfit();
  return value;
}
