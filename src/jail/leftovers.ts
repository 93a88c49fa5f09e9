/** What mathjs keeps from one evaluation to the next, and how it is made to forget. */
import { ANGLES, type DECIMAL_SETTINGS } from "./seal.ts";

/** What of mathjs's class of units is changed. */
export type Units = {
  UNITS: Record<string, { value: unknown }>;
  UNIT_SYSTEMS: { auto: Record<string, unknown> };
  setUnitSystem(name: string): void;
};
type Decimal = { toNearest(step: Decimal): Decimal };
/** What of its class of BigNumbers is. */
export type Decimals = (new (value: number) => Decimal) & Record<(typeof DECIMAL_SETTINGS)[number], unknown>;

/**
 * The function that puts back what mathjs changes while it works, to what it was when this was called. Whether the number
 * system has just changed it must be told.
 */
export function makeForget({
  Unit,
  BigNumber,
}: {
  Unit: Units;
  BigNumber: Decimals;
}): (precision: number, isChanged: boolean) => void {
  const forgetUnits = makeForgetUnits(Unit);
  const forgetDecimals = makeForgetDecimals(BigNumber);
  const forgetAngles = makeForgetAngles(Unit);
  return (precision, isChanged) => {
    forgetDecimals(precision);
    forgetAngles(isChanged);
    forgetUnits();
  };
}

/**
 * mathjs answers in the units it last read, of whatever client: `1 m/s * 1 s` is in inches after somebody's `5 inch`.
 * The returned function gives it a new list of preferred units, as it was when this was called.
 */
function makeForgetUnits({ UNIT_SYSTEMS, setUnitSystem }: Units): () => void {
  const pristine = { ...UNIT_SYSTEMS.auto };
  return () => {
    UNIT_SYSTEMS.auto = { ...pristine };
    setUnitSystem("auto");
  };
}

/** Angles have the size the number system gives them. The returned function notes it when that has changed, else puts it back. */
function makeForgetAngles({ UNITS }: Units): (isChanged: boolean) => void {
  const angles = ANGLES.map((name) => ({ unit: UNITS[name] ?? { value: null }, value: UNITS[name]?.value }));
  return (isChanged) => {
    for (const angle of angles) {
      if (isChanged) angle.value = angle.unit.value;
      else angle.unit.value = angle.value;
    }
  };
}

/**
 * decimal.js changes its settings in the middle of a calculation and leaves them so when it throws: after somebody's
 * `sin(bignumber("1e2000"))` every BigNumber had 2071 digits. The returned function puts them back; all but the precision
 * are mathjs's for good.
 */
function makeForgetDecimals(BigNumber: Decimals): (precision: number) => void {
  const { rounding, toExpNeg, toExpPos, maxE, minE, modulo } = BigNumber;
  return (precision) => {
    BigNumber.precision = precision;
    BigNumber.rounding = rounding;
    BigNumber.toExpNeg = toExpNeg;
    BigNumber.toExpPos = toExpPos;
    BigNumber.maxE = maxE;
    BigNumber.minE = minE;
    BigNumber.modulo = modulo;
    BigNumber.crypto = false;
  };
}

/**
 * decimal.js stops rounding while it is inside of some functions. Left by a stack overflow, it would not round for the next
 * client; rounding 0 to a multiple is the cheapest of its functions that ends by switching it on.
 */
export function makeRecover(BigNumber: Decimals): () => void {
  const [zero, one] = [new BigNumber(0), new BigNumber(1)];
  return () => void zero.toNearest(one);
}
