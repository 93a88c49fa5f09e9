/**
 * Reads `schemas/`, and the jail's allowlist, into one value everything else is generated from.
 *
 * All JSON Schemas are gathered in one bundle, `defs`, under names in PascalCase, with every `$ref` rewritten to
 * `#/$defs/Name`; so one name means one thing in types, validators, documents and the OpenRPC description.
 * A file that does not have the shape the generator needs is refused here, by name.
 */
import { readdirSync, readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { ALLOWED, DENIED } from "../../src/jail/allowlist.ts";

/** The part of JSON Schema 2020-12 this contract uses, and our annotations. */
export type Schema = {
  $ref?: string;
  $defs?: Record<string, Schema>;
  title?: string;
  description?: string;
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  additionalProperties?: boolean | Schema;
  propertyNames?: Schema;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  /** Annotation: the order of positional parameters. */
  order?: string[];
  /** Annotation: differs from run to run; a comparison with an example leaves it out. */
  varies?: boolean;
  [keyword: string]: unknown;
};

export type Example = {
  name: string;
  /** The role of the session it is asked in; absent where that of everybody is enough. */
  as?: "operator";
  /** Calls that come first on the same connection. */
  given?: { method: string; params: unknown }[];
  params: unknown;
  result?: unknown;
  /** Name of the error, in place of a result. */
  error?: string;
};

export type Method = {
  name: string;
  summary: string;
  description: string;
  role: string;
  lane: string;
  cost: number;
  writes: boolean;
  params: Schema & { order: string[]; properties: Record<string, Schema> };
  result: Schema;
  errors: string[];
  examples: Example[];
};

/** A notification: of the server to its peers, or of a peer to the server. */
export type EventRow = {
  event: string;
  from: "server" | "client";
  summary: string;
  description: string;
  params: Schema;
  example: unknown;
  /** Name of the params in the bundle. */
  def: string;
};

export type ErrorRow = {
  name: string;
  code: number;
  kind: string;
  message: string;
  when: string;
  retry: string;
  closes: boolean;
  data: string[];
};

export type Contract = {
  methods: Method[];
  events: EventRow[];
  errors: ErrorRow[];
  settings: Record<string, Schema>;
  defs: Record<string, Schema>;
  /** Of the server, and of the mathjs it pins. */
  versions: { server: string; mathjs: string };
  /** What an expression may name, and what mathjs has but the jail refuses. */
  functions: { allowed: string[]; refused: { name: string; reason: string }[] };
};

/** Keywords of ours that validate nothing. */
export const ANNOTATIONS = ["order", "varies", "unit", "reason", "placeholder", "announced"];

const TEXT = { type: "string", minLength: 1 };
const NAMES = { type: "array", uniqueItems: true, items: TEXT };

const METHOD_FILE = {
  type: "object",
  additionalProperties: false,
  required: ["summary", "description", "role", "lane", "cost", "writes", "params", "result", "errors", "examples"],
  properties: {
    summary: TEXT,
    description: TEXT,
    role: { enum: ["nobody", "anyone", "user", "operator"] },
    lane: { enum: ["none", "eval", "store"] },
    cost: { type: "integer", minimum: 1 },
    writes: { type: "boolean" },
    params: { type: "object", required: ["additionalProperties", "order", "properties"] },
    result: { type: "object" },
    errors: NAMES,
    examples: {
      type: "array",
      minItems: 1,
      items: {
        type: "object",
        additionalProperties: false,
        required: ["name", "params"],
        properties: {
          name: TEXT,
          as: { const: "operator" },
          given: { type: "array", items: { type: "object", required: ["method", "params"] } },
          params: true,
          result: true,
          error: TEXT,
        },
        oneOf: [{ required: ["result"] }, { required: ["error"] }],
      },
    },
  },
};

const EVENT_FILE = {
  type: "object",
  additionalProperties: false,
  required: ["event", "from", "summary", "description", "params", "example"],
  properties: {
    event: { type: "string", pattern: "^(\\$/[a-zA-Z]+|[a-z]+\\.[a-z]+)$" },
    from: { enum: ["server", "client"] },
    summary: TEXT,
    description: TEXT,
    params: { type: "object" },
    example: { type: "object" },
  },
};

const ERRORS_FILE = {
  type: "object",
  required: ["errors"],
  properties: {
    errors: {
      type: "array",
      items: {
        type: "object",
        additionalProperties: false,
        required: ["name", "code", "message", "kind", "when", "retry", "closes", "data"],
        properties: {
          name: { type: "string", pattern: "^[a-z]+(_[a-z]+)*$" },
          code: { type: "integer" },
          message: TEXT,
          kind: { enum: ["malformed", "refused", "failed", "broken"] },
          when: TEXT,
          retry: { enum: ["never", "later", "same"] },
          closes: { type: "boolean" },
          data: NAMES,
        },
      },
    },
  },
};

const SCHEMA_FILE = { type: "object", properties: { $defs: { type: "object" }, properties: { type: "object" } } };
const PACKAGE_FILE = {
  type: "object",
  required: ["version", "dependencies"],
  properties: { version: TEXT, dependencies: { type: "object", required: ["mathjs"], properties: { mathjs: TEXT } } },
};

const ajv = new Ajv2020({ strictTypes: false });

/** Reads one JSON file and holds it to the shape its reader relies on. */
function readJson<T>(folder: URL, path: string, shape: object): T {
  const value: unknown = JSON.parse(readFileSync(new URL(path, folder), "utf8"));
  const validate = ajv.compile<T>(shape);
  if (validate(value)) return value;
  throw new Error(`${path}: ${ajv.errorsText(validate.errors, { dataVar: "file" })}`);
}

/** `calc.evaluate` and `calcEvaluate` become `CalcEvaluate`. */
export function pascal(name: string): string {
  return name
    .split(".")
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join("");
}

/** A copy of a schema and of every schema inside it, each as `change` gives it. Names of members are left alone. */
export function mapSchema(schema: Schema, change: (schema: Schema) => Schema): Schema {
  const copy = { ...change(schema) };
  const { properties, items, additionalProperties, propertyNames } = copy;
  if (properties !== undefined) {
    copy.properties = Object.fromEntries(Object.entries(properties).map(([key, inner]) => [key, mapSchema(inner, change)]));
  }
  if (items !== undefined) copy.items = mapSchema(items, change);
  if (propertyNames !== undefined) copy.propertyNames = mapSchema(propertyNames, change);
  if (typeof additionalProperties === "object") copy.additionalProperties = mapSchema(additionalProperties, change);
  return copy;
}

/** A copy with every `$ref` into a file's `$defs` turned into a reference into the bundle. */
function rebase(schema: Schema): Schema {
  return mapSchema(schema, ({ $ref, ...rest }) =>
    $ref === undefined ? rest : { $ref: `#/$defs/${pascal($ref.slice($ref.lastIndexOf("/") + 1))}`, ...rest },
  );
}

/** Reads and bundles the schemas of the project at `root` (a folder URL ending in `/`). */
export function readContract(root: URL): Contract {
  const folder = new URL("schemas/", root);
  const defs: Record<string, Schema> = {};
  const define = <S extends Schema>(name: string, schema: S): S => {
    if (name in defs) throw new Error(`schemas/: two definitions are called ${name}`);
    defs[name] = schema;
    return schema;
  };
  for (const file of ["common.json", "job.json", "tokens.json"]) {
    const shared = readJson<Schema>(folder, file, SCHEMA_FILE);
    for (const [key, schema] of Object.entries(shared.$defs ?? {})) define(pascal(key), rebase(schema));
  }
  const config = readJson<Schema>(folder, "config.json", SCHEMA_FILE);
  const settings = config.properties ?? {};
  define("Config", { ...rebase(config), required: Object.keys(settings) });
  const files = readdirSync(new URL("methods/", folder)).sort();
  const methods = files.map((file): Method => {
    const name = file.replace(/\.json$/, "");
    const method = readJson<Omit<Method, "name">>(folder, `methods/${file}`, METHOD_FILE);
    const { order } = method.params;
    const rebased = rebase(method.params);
    const params = { ...rebased, order, properties: rebased.properties ?? {} };
    return {
      name,
      ...method,
      params: define(`${pascal(name)}Params`, params),
      result: define(`${pascal(name)}Result`, rebase(method.result)),
    };
  });
  const events = readdirSync(new URL("events/", folder))
    .sort()
    .map((file): EventRow => {
      const row = readJson<Omit<EventRow, "def">>(folder, `events/${file}`, EVENT_FILE);
      const def = `${pascal(file.replace(/\.json$/, ""))}Params`;
      return { ...row, def, params: define(def, rebase(row.params)) };
    });
  const { errors } = readJson<{ errors: ErrorRow[] }>(folder, "errors.json", ERRORS_FILE);
  const about = readJson<{ version: string; dependencies: { mathjs: string } }>(root, "package.json", PACKAGE_FILE);
  const versions = { server: about.version, mathjs: about.dependencies.mathjs };
  const refused = [...DENIED].map(([name, reason]) => ({ name, reason }));
  return { methods, events, errors, settings, defs, versions, functions: { allowed: [...ALLOWED].sort(), refused } };
}
