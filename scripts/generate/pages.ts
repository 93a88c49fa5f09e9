/** The three pages of documentation that follow from the contract. The first part of the protocol page is prose. */
import { readFileSync } from "node:fs";
import type { Contract, ErrorRow, EventRow, Example, Method, Schema } from "./contract.ts";
import { envOf, flagOf } from "./tables.ts";

const NOTICE = "<!-- Generated from schemas/ by scripts/generate.ts; changes made here are lost. -->";

/** A table in Markdown; a `|` inside a cell is escaped. */
function table(head: string[], body: string[][]): string {
  const row = (cells: string[]): string => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [row(head), `|${head.map(() => "---|").join("")}`, ...body.map(row)].join("\n");
}

const code = (value: unknown): string => `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
const refName = (schema: Schema): string => (schema.$ref ?? "").replace("#/$defs/", "");
const anchor = (name: string): string => name.toLowerCase().replace(/[^a-z0-9_-]/g, "");

/** The type of a value in a few words; shared objects are links. */
function typeOf(schema: Schema, defs: Record<string, Schema>): string {
  if (schema.$ref !== undefined) {
    const target = defs[refName(schema)] ?? {};
    return isShared(target) ? `[${refName(schema)}](#${anchor(refName(schema))})` : typeOf(target, defs);
  }
  if (schema.enum !== undefined) return schema.enum.map((choice) => code(JSON.stringify(choice))).join(" or ");
  if (schema.const !== undefined) return code(JSON.stringify(schema.const));
  if (schema.type === undefined) return "any JSON";
  const item = schema.items === undefined ? "" : ` of ${typeOf(schema.items, defs)}`;
  // A bound belongs to the type named first.
  const [first, ...others] = [schema.type].flat().map((type) => (type === "array" ? `array${item}` : type));
  return [`${first}${boundsOf(schema)}`, ...others].join(" or ");
}

function boundsOf({ minimum, maximum, minLength, maxLength, maxItems }: Schema): string {
  if (minimum !== undefined && maximum !== undefined) return ` ${minimum} to ${maximum}`;
  if (minimum !== undefined) return ` from ${minimum}`;
  if (minLength !== undefined && maxLength !== undefined) return ` of ${String(minLength)} to ${String(maxLength)} characters`;
  if (maxLength !== undefined) return ` of at most ${String(maxLength)} characters`;
  return maxItems === undefined ? "" : `, at most ${String(maxItems)}`;
}

/** Objects with members of their own get a section; everything else is said where it stands. */
function isShared({ properties }: Schema): boolean {
  return properties !== undefined;
}

function membersTable(schema: Schema, defs: Record<string, Schema>): string {
  const required = new Set(schema.required);
  const body = Object.entries(schema.properties ?? {}).map(([name, member]) => {
    const about = member.description ?? defs[refName(member)]?.description ?? "";
    const fallback = member.default === undefined ? "" : ` Default ${code(member.default)}.`;
    return [code(name), typeOf(member, defs), required.has(name) ? "yes" : "", about + fallback];
  });
  return body.length === 0 ? "None." : table(["name", "type", "always", "meaning"], body);
}

/** The tables of a schema and of the unnamed objects inside it. */
function objectTables(schema: Schema, defs: Record<string, Schema>): string {
  const target = schema.$ref === undefined ? schema : (defs[refName(schema)] ?? {});
  const inner = Object.entries(target.properties ?? {}).map(([name, member]) =>
    isShared(member)
      ? `\n\n${code(name)}:\n\n${objectTables(member, defs)}`
      : isShared(member.items ?? {})
        ? `\n\nEach of ${code(name)}:\n\n${objectTables(member.items ?? {}, defs)}`
        : "",
  );
  return membersTable(target, defs) + inner.join("");
}

function exampleText(method: Method, { name, as, given = [], params, result, error }: Example): string {
  const calls = [...given, { method: method.name, params }].map(
    (call, id) => `→ ${JSON.stringify({ jsonrpc: "2.0", id: id + 1, method: call.method, params: call.params })}`,
  );
  const id = calls.length;
  const reply = error === undefined ? JSON.stringify({ jsonrpc: "2.0", id, result }) : `error ${error}, id ${id}`;
  const who = as === undefined ? "" : `, in a session of the role ${code(as)}`;
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}${who}:\n\n\`\`\`\n${calls.join("\n")}\n← ${reply}\n\`\`\``;
}

function methodSection(method: Method, { defs }: Contract): string {
  const order = method.params.order.length < 2 ? "" : `\n\nBy position: ${method.params.order.map(code).join(", ")}.`;
  const errors = method.errors.map((name) => `[${name}](ERRORS.md#${name})`).join(", ");
  const asked = membersTable(method.params, defs).replace("| always |", "| required |");
  return `### ${method.name}

${method.summary} ${method.description}

Params:

${asked}${order}

Result:

${objectTables(method.result, defs)}

Least role: ${code(method.role)}. Errors: ${errors === "" ? "only those any method may give" : errors}.

${method.examples.map((example) => exampleText(method, example)).join("\n\n")}`;
}

function eventSection({ event, from, summary, description, params, example }: EventRow, { defs }: Contract): string {
  const arrow = from === "server" ? "←" : "→";
  const message = JSON.stringify({ jsonrpc: "2.0", method: event, params: example });
  return `### ${event}

From the ${from}. ${summary} ${description}

${membersTable(params, defs)}

\`\`\`
${arrow} ${message}
\`\`\``;
}

/** Shared objects that methods' params, results and errors lead to, in the order of the schemas. */
function sharedNames({ methods, defs }: Contract): string[] {
  const found = new Set<string>(["ErrorObject"]);
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (key !== "$ref" || typeof inner !== "string") visit(inner);
      else if (!found.has(inner.replace("#/$defs/", ""))) {
        found.add(inner.replace("#/$defs/", ""));
        visit(defs[inner.replace("#/$defs/", "")]);
      }
    }
  };
  for (const { params, result } of methods) visit([params.properties, result.properties ?? {}]);
  visit(defs["ErrorObject"]);
  return Object.keys(defs).filter((name) => found.has(name) && isShared(defs[name] ?? {}));
}

/** The text of docs/PROTOCOL.md. */
export function renderProtocolPage(contract: Contract): string {
  const prose = readFileSync(new URL("protocol-page.md", import.meta.url), "utf8");
  const { defs, methods } = contract;
  const index = table(
    ["method", "what it does"],
    methods.map(({ name, summary }) => [`[${name}](#${anchor(name)})`, summary]),
  );
  const shared = sharedNames(contract).map(
    (name) => `### ${name}\n\n${defs[name]?.description ?? ""}\n\n${objectTables(defs[name] ?? {}, defs)}`,
  );
  return `${NOTICE}
# The protocol

${prose}
## Methods

${index}

Any method may also give [invalid_params](ERRORS.md#invalid_params), [unauthenticated](ERRORS.md#unauthenticated),
[forbidden](ERRORS.md#forbidden), [internal_error](ERRORS.md#internal_error),
[shutting_down](ERRORS.md#shutting_down), and the errors of frames and messages.
In examples, times, hashes and tokens differ from run to run.

${methods.map((method) => methodSection(method, contract)).join("\n\n")}

## Notifications

${contract.events.map((event) => eventSection(event, contract)).join("\n\n")}

## Shared objects

${shared.join("\n\n")}
`;
}

const KINDS: Record<string, string> = {
  malformed: "The peer broke the protocol",
  refused: "The server protects itself",
  failed: "A fair request that went wrong",
  broken: "A bug of the server",
};

const RETRIES: Record<string, string> = {
  never: "no: change the request",
  later: "yes, later; after `retryAfterMs` when given",
  same: "yes, at once",
};

function errorSection({ name, code: number, message, when, retry, closes, data }: ErrorRow): string {
  const carried = data.length === 0 ? "`name` only" : data.map(code).join(", ");
  const end = closes ? " The connection is closed when its calls are answered." : "";
  return `### ${name}\n\n${code(String(number))} “${message}”. ${when}${end}\n\nTry again: ${RETRIES[retry] ?? retry}. Data: ${carried}.`;
}

/** The text of docs/ERRORS.md. */
export function renderErrorsPage({ errors, defs }: Contract): string {
  const index = table(
    ["code", "name", "message"],
    errors.map(({ code: number, name, message }) => [String(number), `[${name}](#${name})`, message]),
  );
  const sections = Object.entries(KINDS).map(([kind, title]) => {
    const rows = errors.filter((row) => row.kind === kind).map(errorSection);
    return `## ${title}\n\n${rows.join("\n\n")}`;
  });
  return `${NOTICE}
# Errors

Codes and names are for ever. A message never contains input; what the peer wrote stands, escaped and cut, in \`data.excerpt\`,
\`data.path\` and \`data.suggestions\` only.

${index}

Every error has \`data.name\`; the other members are there when they apply:

${membersTable(defs["ErrorData"] ?? {}, defs).replace(/\[(MetLimit|Position)\]\(#/g, "[$1](PROTOCOL.md#")}

${sections.join("\n\n")}
`;
}

function settingRow([name, schema]: [string, Schema]): string[] {
  const choices = schema.enum?.map(code).join(" ") ?? "";
  const range = schema.minimum === undefined ? choices : `${schema.minimum} to ${schema.maximum ?? ""}`;
  const { unit = "", reason = "" } = schema;
  const fallback = schema.default === "" ? "none" : [schema.default].flat().map(code).join(" ");
  return [code(name), fallback, range, String(unit), String(reason)];
}

/** The text of docs/CONFIG.md. */
export function renderConfigPage({ settings }: Contract): string {
  return `${NOTICE}
# Settings

A setting comes from a flag of \`canaduck serve\`, else from the environment, else from the JSON file that \`--config FILE\` or
\`CANADUCK_CONFIG\` names, else it is the default. The names follow from each other: \`evaluateMs\` in the file,
\`${flagOf("evaluateMs")} 500\` as a flag, \`${envOf("evaluateMs")}=500\` in the environment. An empty variable counts as absent; a list in a variable is
separated by commas. A value that is not allowed, or an unknown name in the file, stops the start with a sentence that says why.

${table(["setting", "default", "allowed", "unit", "why"], Object.entries(settings).map(settingRow))}
`;
}
