/**
 * How the jail becomes one file, which is what its snapshot is taken of.
 *
 * On the way typed-function, by which mathjs chooses among the signatures of a function, is edited: it describes each
 * parameter of each of 9,000 signatures anew, and makes a test and a converter for it, though there are not a hundred kinds of them.
 * Shared they take half of the heap, and with it a third of the time an evaluator needs to start. What a function answers is the
 * same: `test/evaluator/bundle.test.ts` compares both. See docs/decisions/0013-what-signatures-share.md.
 */
import { readFile } from "node:fs/promises";

/** A text of typed-function that is there exactly once, and what takes its place. */
type Edit = readonly [text: string, instead: string];

/** What clients define may have thousands of parameters, and none is alike: only short lists are kept for ever. */
const LIST_MAX = 8;

const SHARED = `
    const shared = { list: new Map(), param: new Map(), test: new WeakMap(), convertor: new WeakMap(), convertors: new WeakMap() };
    function share(kept, key, make) {
      if (!kept.has(key)) kept.set(key, make(key));
      return kept.get(key);
    }
    function shareParams(params) {
      if (params.length > ${LIST_MAX}) return params;
      const keys = params.map(({ name, types }) => name + ":" + types.map((type) => type.typeIndex + "/" + type.conversionIndex));
      return share(shared.list, keys.join(";"), () => params.map((param, at) => share(shared.param, keys[at], () => param)));
    }
`;

const EDITS: readonly Edit[] = [
  ["function compileArgsPreprocessing(", `${SHARED}function compileArgsPreprocessing(`],
  ["params: sp,", "params: shareParams(sp),"],
  ["compileTests(signatures[i].params);", "share(shared.test, signatures[i].params, compileTests);"],
  [
    "params.map(compileArgConversion);",
    "share(shared.convertors, params, () => params.map((param) => share(shared.convertor, param, compileArgConversion)));",
  ],
  // Only a debugger reads it, and V8 keeps a function that was given another name as a table, ten times as large.
  ["name = compiledConversions.map(conv => conv.name).join(';');", ""],
  // It would be kept with the parameter, which is frozen when an error asks.
  ["function paramTypeSet(param) {", "function paramTypeSet(param) { return new Set(param.types.map(({ name }) => name));"],
];

const TYPED = /[\\/]typed-function[\\/]lib[\\/].*\.m?js$/;

/** As esbuild calls it, which is not installed with the package. */
type Loader = (args: { path: string }) => Promise<{ contents: string; loader: "js" }>;

/** Throws when typed-function is not the one that is meant. */
function shareSignatures(source: string): string {
  let text = source;
  for (const [place, instead] of EDITS) {
    const [before = "", after, ...more] = text.split(place);
    if (after === undefined || more.length > 0) throw new Error(`typed-function has changed: ${place}`);
    text = before + instead + after;
  }
  return text;
}

const sharing = {
  name: "sharing",
  setup({ onLoad }: { onLoad(options: { filter: RegExp }, load: Loader): void }): void {
    onLoad({ filter: TYPED }, async ({ path }) => ({ contents: shareSignatures(await readFile(path, "utf8")), loader: "js" }));
  },
};

/** Options of esbuild. The tests bundle their tapped jail the same way. */
export const BUNDLE = {
  bundle: true,
  minify: true,
  platform: "node" as const,
  format: "cjs" as const,
  target: "node26",
  logLevel: "silent" as const,
  plugins: [sharing],
};
