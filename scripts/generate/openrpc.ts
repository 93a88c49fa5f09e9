/** The contract as an OpenRPC 1.3 document: what `rpc.discover` answers. */
import { type Contract, type Method, mapSchema, type Schema } from "./contract.ts";

/** Every `$ref` points into `components/schemas`; annotations that are ours alone are left out. */
function published(schema: Schema): Schema {
  return mapSchema(schema, ({ order, varies, ...rest }) => {
    return rest.$ref === undefined ? rest : { ...rest, $ref: rest.$ref.replace("#/$defs/", "#/components/schemas/") };
  });
}

function describeMethod(method: Method): object {
  const { name, summary, description, params, result, errors, examples } = method;
  const required = new Set(params.required);
  return {
    name,
    summary,
    description,
    paramStructure: "either",
    params: params.order.map((key) => ({
      name: key,
      required: required.has(key),
      schema: published(params.properties[key] ?? {}),
    })),
    result: { name: "result", schema: published(result) },
    errors: errors.map((error) => ({ $ref: `#/components/errors/${error}` })),
    examples: examples
      .filter((example) => example.error === undefined)
      .map((example) => ({
        name: example.name,
        params: Object.entries(Object(example.params)).map(([key, value]) => ({ name: key, value })),
        result: { name: "result", value: example.result },
      })),
  };
}

/** The document itself. */
export function makeOpenRpc({ methods, events, errors, defs, versions }: Contract): object {
  const shared = Object.entries(defs).filter(
    ([name]) => !/(Params|Result|^Config|^Start|^Ready|^Job|^Outcome|^Token(File|Row))$/.test(name),
  );
  return {
    openrpc: "1.3.2",
    info: {
      title: "Canaduck",
      version: versions.server,
      description:
        "Evaluates mathematics in a jailed process and keeps each client's history. JSON-RPC 2.0, one message a line, over TCP.",
      license: { name: "MIT" },
    },
    servers: [{ name: "default", url: "tcp://127.0.0.1:7070" }],
    methods: methods.map(describeMethod),
    "x-events": events.map(({ event, from, summary, description, params, example }) => {
      return { name: event, from, summary, description, params: published(params), example };
    }),
    components: {
      schemas: Object.fromEntries(shared.map(([name, schema]) => [name, published(schema)])),
      errors: Object.fromEntries(errors.map(({ name, code, message }) => [name, { code, message, data: { name } }])),
    },
  };
}

/** The text of `openrpc.ts`. */
export function renderOpenRpc(contract: Contract, banner: string): string {
  return `${banner}

/** The OpenRPC description of this server. */
export const OPENRPC: object = ${JSON.stringify(makeOpenRpc(contract), null, 2)};
`;
}
