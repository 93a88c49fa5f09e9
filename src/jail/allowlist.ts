/**
 * What an expression may name: the whole vocabulary, by family, each with the reason it is harmless.
 *
 * The namespace is cut down to exactly these names before the snapshot is taken (`engine.ts`); a test holds the two
 * together. To allow a function, add its name to a row. `cheap` families may be called from the fast lane: with scalar
 * arguments every one of their functions answers in microseconds, whatever the scalars are.
 */

type Family = { family: string; reason: string; cheap: boolean; names: readonly string[] };

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Every allowed function and constant. */
export const FAMILIES: readonly Family[] = [
  {
    family: "constants",
    reason: "fixed values",
    cheap: true,
    names: words(`e E pi PI phi tau i Infinity NaN LN2 LN10 LOG2E LOG10E SQRT1_2 SQRT2 null true false version`),
  },
  {
    family: "physical constants",
    reason: "fixed values with units",
    cheap: true,
    names: words(`atomicMass avogadro bohrMagneton bohrRadius boltzmann classicalElectronRadius conductanceQuantum coulomb
      coulombConstant deuteronMass efimovFactor electricConstant electronMass elementaryCharge faraday fermiCoupling
      fineStructure firstRadiation gasConstant gravitationConstant gravity hartreeEnergy inverseConductanceQuantum klitzing
      loschmidt magneticConstant magneticFluxQuantum molarMass molarMassC12 molarPlanckConstant molarVolume neutronMass
      nuclearMagneton planckCharge planckConstant planckLength planckMass planckTemperature planckTime protonMass
      quantumOfCirculation reducedPlanckConstant rydberg sackurTetrode secondRadiation speedOfLight stefanBoltzmann
      thomsonCrossSection vacuumImpedance weakMixingAngle wienDisplacement`),
  },
  {
    family: "arithmetic",
    reason: "pure",
    cheap: true,
    names: words(`abs add addScalar cbrt ceil cube divide divideScalar dotDivide dotMultiply dotPow exp expm1 fix floor gcd
      hypot lcm log log10 log1p log2 mod multiply multiplyScalar nthRoot pow round sign sqrt square subtract subtractScalar
      unaryMinus unaryPlus`),
  },
  {
    family: "trigonometry",
    reason: "pure",
    cheap: true,
    names: words(`acos acosh acot acoth acsc acsch asec asech asin asinh atan atan2 atanh cos cosh cot coth csc csch sec sech
      sin sinh tan tanh`),
  },
  {
    family: "comparison and logic",
    reason: "pure",
    cheap: true,
    names: words(`and compare equal equalScalar larger largerEq not nullish or smaller smallerEq unequal xor`),
  },
  {
    family: "bits",
    reason: "pure; shifts of bigints are bounded",
    cheap: true,
    names: words(`bitAnd bitNot bitOr bitXor leftShift rightArithShift rightLogShift`),
  },
  { family: "complex", reason: "pure", cheap: true, names: words(`arg complex conj im re`) },
  { family: "units", reason: "pure; new units cannot be made", cheap: true, names: words(`to`) },
  {
    family: "tests",
    reason: "pure",
    cheap: true,
    names: words(`isBounded isFinite isInteger isNaN isNegative isNumeric isPositive isZero`),
  },
  {
    family: "number theory and probability",
    reason: "pure; may take long for large arguments",
    cheap: false,
    names: words(`bellNumbers bernoulli catalan combinations combinationsWithRep composition erf factorial gamma invmod isPrime
      kldivergence lgamma multinomial nthRoots permutations stirlingS2 xgcd zeta`),
  },
  {
    family: "chance",
    reason: "drawn from the seed of the call, or anew for each call; not for secrets",
    cheap: false,
    names: words(`pickRandom random randomInt`),
  },
  {
    family: "conversion",
    reason: "makes numbers, never code; digits asked for are bounded",
    cheap: false,
    names: words(`bigint bignumber bin boolean format fraction hex number numeric oct splitUnit string toBest unit`),
  },
  {
    family: "comparison of collections and texts",
    reason: "pure",
    cheap: false,
    names: words(`compareNatural compareText deepEqual equalText hasNumericValue typeOf clone`),
  },
  {
    family: "matrices",
    reason: "pure; sizes are checked before they are allocated",
    cheap: false,
    names: words(`column concat count cross ctranspose det diag diff dot eigs expm fft flatten getMatrixDataType identity ifft
      index inv kron lsolve lsolveAll lup lusolve lyap matrix matrixFromColumns matrixFromFunction matrixFromRows norm num den
      ones partitionSelect pinv qr range reshape resize rotate rotationMatrix row schur size slu sort sparse sqrtm squeeze
      subset sylvester trace transpose usolve usolveAll zeros`),
  },
  {
    family: "functions over collections",
    reason: "call functions of this list or of the session",
    cheap: false,
    names: words(`apply filter forEach map mapSlices`),
  },
  {
    family: "statistics",
    reason: "pure",
    cheap: false,
    names: words(`corr cumsum mad max mean median min mode prod quantileSeq std sum variance`),
  },
  {
    family: "sets",
    reason: "pure; powersets and products are bounded",
    cheap: false,
    names: words(`setCartesian setDifference setDistinct setIntersect setIsSubset setMultiplicity setPowerset setSize
      setSymDifference setUnion`),
  },
  { family: "geometry and signals", reason: "pure", cheap: false, names: words(`distance freqz intersect zpk2tf`) },
  { family: "numerics", reason: "bounded by the deadline", cheap: false, names: words(`polynomialRoot solveODE`) },
  {
    family: "algebra",
    reason: "every text they parse passes the gate",
    cheap: false,
    names: words(`derivative evaluate leafCount parse rationalize resolve simplify simplifyConstant simplifyCore symbolicEqual`),
  },
];

/** Functions of mathjs that are refused, with the reason a client may read. */
export const DENIED: ReadonlyMap<string, string> = new Map([
  ["chain", "wraps values in an object with every function as a method"],
  ["compile", "what it makes is only usable through its methods; use parse and evaluate"],
  ["config", "settings belong to the session, not to an expression"],
  ["createUnit", "would change the units of every later calculation"],
  ["help", "documentation is not part of an answer; its objects evaluate their own examples"],
  ["import", "adds functions to the calculator itself"],
  ["parser", "keeps variables of its own and hands out methods"],
  ["print", "walks to properties by name inside a template"],
  ["replacer", "belongs to the storage format"],
  ["reviver", "builds internal objects from data"],
  ["typed", "changes how every function of the calculator chooses its arguments"],
]);

const FAMILY_OF: ReadonlyMap<string, Family> = new Map(FAMILIES.flatMap((family) => family.names.map((name) => [name, family])));

/** Every allowed name. */
export const ALLOWED: readonly string[] = [...FAMILY_OF.keys()];

/** True when the name is part of the vocabulary, as a function or a constant. */
export function isAllowed(name: string): boolean {
  return FAMILY_OF.has(name);
}

/** True for the names of fixed values. */
export function isConstant(name: string): boolean {
  return FAMILY_OF.get(name)?.family.endsWith("constants") === true;
}

/** True when a call with scalar arguments takes microseconds, whatever the scalars. */
export function isCheap(name: string): boolean {
  return FAMILY_OF.get(name)?.cheap === true;
}

/**
 * Names no expression may hold as a variable, a parameter or a property: they lead from a value to the engine,
 * or are called by it.
 */
export function isUnsafeName(name: string): boolean {
  return name.includes("__") || name === "prototype" || name === "toJSON" || name in Object.prototype;
}
