/** TypeScript types of the bundle: one export for each definition, and the maps from method name to params and result. */
import { compile } from "json-schema-to-typescript";
import { type Contract, mapSchema, pascal, type Schema } from "./contract.ts";

/** The schema as the type generator should see it: references without siblings, and no keyword that is not about shape. */
function shapeOf(schema: Schema): Schema {
  return mapSchema(schema, ({ $ref, type, description, properties, required, items, additionalProperties, ...rest }) => {
    if ($ref !== undefined) return { $ref };
    const shape: Schema = type === undefined && !("const" in rest) && !("enum" in rest) ? { tsType: "unknown" } : {};
    if (type !== undefined) shape.type = type;
    if (description !== undefined) shape.description = description;
    if (properties !== undefined) shape.properties = properties;
    if (required !== undefined) shape.required = required;
    if (items !== undefined) shape.items = items;
    if (additionalProperties !== undefined) shape.additionalProperties = additionalProperties;
    if ("enum" in rest) shape.enum = rest.enum;
    if ("const" in rest) shape.const = rest.const;
    return shape;
  });
}

/** The text of `types.ts`. */
export async function renderTypes(contract: Contract, banner: string): Promise<string> {
  const defs = Object.fromEntries(Object.entries(contract.defs).map(([name, schema]) => [name, shapeOf(schema)]));
  const properties = Object.fromEntries(Object.keys(defs).map((name) => [name, { $ref: `#/$defs/${name}` }]));
  const required = Object.keys(defs);
  const text = await compile({ type: "object", additionalProperties: false, required, properties, $defs: defs }, "Defs", {
    additionalProperties: false,
    bannerComment: banner,
    customName: (_schema, key) => (key !== undefined && key in defs ? key : undefined),
    ignoreMinAndMaxItems: true,
    style: { printWidth: 130, semi: true },
  });
  const aliases = Object.entries(defs).flatMap(([name, { $ref }]) =>
    $ref === undefined ? [] : [`export type ${name} = ${$ref.slice($ref.lastIndexOf("/") + 1)};\n`],
  );
  const map = (suffix: string): string =>
    contract.methods.map(({ name }) => `  ${JSON.stringify(name)}: ${pascal(name)}${suffix};`).join("\n");
  return `${text}${aliases.join("")}
/** Parameters of each method, by name. */
export type ParamsByMethod = {
${map("Params")}
};

/** Result of each method. */
export type ResultByMethod = {
${map("Result")}
};

export type MethodName = keyof ParamsByMethod;

/** Params of each notification the server sends. */
export type ParamsByEvent = {
${contract.events
  .filter(({ from }) => from === "server")
  .map(({ event, def }) => `  ${JSON.stringify(event)}: ${def};`)
  .join("\n")}
};
`;
}
