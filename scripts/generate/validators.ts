/**
 * Validators of what comes from outside (params of peers, settings of operators), compiled ahead of time into one file
 * that imports nothing.
 *
 * Nothing is compiled at run time, so the server may run with `--disallow-code-generation-from-strings`; ajv's own
 * small run-time helpers are bundled in, because its output would `require` them.
 */
import { Ajv } from "ajv";
import * as standalone from "ajv/dist/standalone/index.js";
import { buildSync } from "esbuild";
import { ANNOTATIONS, type Contract, pascal } from "./contract.ts";

/**
 * An ajv that knows the bundle under the id `canaduck`. Strict: an unknown keyword is an error.
 *
 * Not the 2020-12 class: that one adds the bookkeeping of `unevaluatedProperties`, which this contract does not use, to
 * every validator. The keywords used here mean the same to both, and the others are errors.
 */
export function makeAjv(contract: Contract): Ajv {
  const ajv = new Ajv({
    strict: true,
    strictRequired: false,
    allowUnionTypes: true,
    messages: false,
    code: { source: true, esm: true },
  });
  ajv.addVocabulary(ANNOTATIONS);
  ajv.addSchema({ $id: "canaduck", $defs: contract.defs });
  return ajv;
}

/** The text of `validators.ts`. */
export function renderValidators(contract: Contract, banner: string): string {
  const names = [...contract.methods.map(({ name }) => `${pascal(name)}Params`), "Config", "TokenFile"];
  const refs = Object.fromEntries(names.map((name) => [name, `canaduck#/$defs/${name}`]));
  const source = standalone.default.default(makeAjv(contract), refs);
  const { outputFiles } = buildSync({
    stdin: { contents: source, resolveDir: import.meta.dirname, sourcefile: "validators.js" },
    bundle: true,
    write: false,
    format: "esm",
    target: "node24",
    platform: "neutral",
    charset: "utf8",
    legalComments: "none",
    logLevel: "error",
  });
  // Its nesting grows with every property: the indentation would be two thirds of the file.
  const code = (outputFiles[0]?.text ?? "")
    .replace(/^ +/gm, "")
    .replace(/^\/\/ .*\n/gm, "")
    .replace(/\nexport \{[^}]*\};\n/, "\n")
    // What ajv would write to import the function that stands here already.
    .replace(/^\w+\.code = 'require\(.*\n/gm, "")
    // Where the packages lie is not part of the contract.
    .replace(/"[^"\n]*node_modules\//g, '"');
  return `// @ts-nocheck: compiled code; only the types of VALIDATORS below are meant for readers.
${banner}
import type { Defs } from "./types.ts";

/** One mismatch: where (JSON pointer), which keyword, and what it asked for. */
export type Mismatch = { instancePath: string; schemaPath: string; keyword: string; propertyName?: string; params: Record<string, unknown> };

/** True when the value fits; else \`errors\` holds the first mismatch until the next call. */
export type Validator<T> = { (value: unknown): value is T; errors?: Mismatch[] | null };

${code}
export const VALIDATORS: { readonly [Name in ${names.map((name) => JSON.stringify(name)).join(" | ")}]: Validator<Defs[Name]> } = {
${names.map((name) => `  ${name},`).join("\n")}
};
`;
}
