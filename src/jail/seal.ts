/**
 * Seals the engine: after this nothing that can be reached from mathjs's values, classes and functions can be changed, so
 * an expression that escaped from mathjs still finds nothing to leave for the next client.
 *
 * The few things mathjs must change while it works are listed here; `engine.ts` puts each back before every job. What
 * changes state through a call, not an assignment, is taken away.
 */
import { dropPrototypes, freezeAll, reach, type Spared } from "./freeze.ts";
import { reachLanguage } from "./globals.ts";

/** The parts of a mathjs instance that matter here. */
type Sealable = {
  namespace: object;
  math: object & {
    config(): object;
    typed: object;
    BigNumber: object;
    Unit: object & { UNITS: Record<string, object>; UNIT_SYSTEMS: object };
  };
};

/** Of the instance: they change it, or build what does. */
const MAKERS = `import create on off once emit chain Chain compile createUnit help Help parser Parser print reviver`.split(" ");
/** Of typed-function: they change how every function chooses among its signatures. */
const TYPED_MAKERS =
  `create addType addTypes addConversion addConversions removeConversion clear clearConversions _findType`.split(" ");
/** decimal.js changes its own settings in the middle of a calculation. */
export const DECIMAL_SETTINGS = ["precision", "rounding", "toExpNeg", "toExpPos", "maxE", "minE", "modulo", "crypto"] as const;

/** Units whose size follows the number system. */
export const ANGLES = ["rad", "radian", "deg", "degree", "grad", "gradian", "cycle", "arcsec", "arcmin"] as const;

const DEFAULTS = { Complex: ["re", "im"], Fraction: ["s", "n", "d"], ImmutableDenseMatrix: ["_data", "_size", "_datatype"] };

const prototypeOf = (math: object, name: string): object => Object(Reflect.get(math, name)).prototype;

/** Seals it for good. No other engine can be made in this process: the classes of mathjs's own dependencies are shared. */
export function sealEngine({ namespace, math }: Sealable): void {
  const { typed, config, BigNumber, Unit } = math;
  math.config = () => config(); // who sets it has it from before
  for (const name of MAKERS) Reflect.deleteProperty(math, name);
  for (const name of TYPED_MAKERS) Reflect.deleteProperty(typed, name);
  // Else the source of each function that is made is searched for a use of `this` that mathjs gave up long ago.
  Object.assign(typed, { warnAgainstDeprecatedThis: false });
  for (const owner of [math, namespace]) settle(owner);
  // Counts the functions that were made; nobody reads it.
  Object.defineProperty(typed, "createCount", { get: () => 0, set: () => undefined });
  const spared: Spared = new Map<object, Set<PropertyKey>>([
    [BigNumber, new Set(DECIMAL_SETTINGS)],
    // Each number is given a `constructor` of its own, which a frozen one above it would forbid. Nobody reads this one.
    [Object.getPrototypeOf(Reflect.get(BigNumber, "prototype")), new Set(["constructor"])],
    [Unit.UNIT_SYSTEMS, new Set(["auto"])],
    // Defaults that every number and matrix has of its own; nobody reads these, but frozen they could not be had.
    ...Object.entries(DEFAULTS).map(([name, keys]): [object, Set<PropertyKey>] => [prototypeOf(math, name), new Set(keys)]),
    ...ANGLES.map((name): [object, Set<PropertyKey>] => [Object(Unit.UNITS[name]), new Set(["value"])]),
  ]);
  const outside = reachLanguage();
  outside.add(Reflect.get(Unit.UNIT_SYSTEMS, "auto")); // every job gets its own
  dropPrototypes(reach([math, namespace], outside));
  freezeAll(reach([math, namespace], outside), spared);
}

/** mathjs makes its functions when they are first read, behind accessors through which they can be replaced. */
function settle(owner: object): void {
  for (const [name, { get, set }] of Object.entries(Object.getOwnPropertyDescriptors(owner))) {
    if (get === undefined || set === undefined) continue;
    Object.defineProperty(owner, name, { value: Reflect.get(owner, name), writable: false });
  }
}
