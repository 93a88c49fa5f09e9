// @ts-nocheck: compiled code; only the types of VALIDATORS below are meant for readers.
/** Generated from `schemas/` by `scripts/generate.ts`; changes made here are lost. */
import type { Defs } from "./types.ts";

/** One mismatch: where (JSON pointer), which keyword, and what it asked for. */
export type Mismatch = { instancePath: string; schemaPath: string; keyword: string; propertyName?: string; params: Record<string, unknown> };

/** True when the value fits; else `errors` holds the first mismatch until the next call. */
export type Validator<T> = { (value: unknown): value is T; errors?: Mismatch[] | null };

var __getOwnPropNames = Object.getOwnPropertyNames;
var __commonJS = (cb, mod) => function __require() {
try {
return mod || (0, cb[__getOwnPropNames(cb)[0]])((mod = { exports: {} }).exports, mod), mod.exports;
} catch (e) {
throw mod = 0, e;
}
};

var require_ucs2length = __commonJS({
"ajv/dist/runtime/ucs2length.js"(exports) {
"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
function ucs2length(str) {
const len = str.length;
let length = 0;
let pos = 0;
let value;
while (pos < len) {
length++;
value = str.charCodeAt(pos++);
if (value >= 55296 && value <= 56319 && pos < len) {
value = str.charCodeAt(pos);
if ((value & 64512) === 56320)
pos++;
}
}
return length;
}
exports.default = ucs2length;
}
});

var AdminClientsParams = validate11;
function validate11(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
let vErrors = null;
let errors = 0;
if (errors === 0) {
if (data && typeof data == "object" && !Array.isArray(data)) {
const _errs1 = errors;
for (const key0 in data) {
if (!(key0 === "after" || key0 === "limit")) {
validate11.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 } }];
return false;
break;
}
}
if (_errs1 === errors) {
if (data.after !== void 0) {
let data0 = data.after;
const _errs2 = errors;
if (!(typeof data0 == "number" && (!(data0 % 1) && !isNaN(data0)) && isFinite(data0))) {
validate11.errors = [{ instancePath: instancePath + "/after", schemaPath: "#/properties/after/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs2) {
if (typeof data0 == "number" && isFinite(data0)) {
if (data0 < 0 || isNaN(data0)) {
validate11.errors = [{ instancePath: instancePath + "/after", schemaPath: "#/properties/after/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 } }];
return false;
}
}
}
var valid0 = _errs2 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.limit !== void 0) {
let data1 = data.limit;
const _errs4 = errors;
if (!(typeof data1 == "number" && (!(data1 % 1) && !isNaN(data1)) && isFinite(data1))) {
validate11.errors = [{ instancePath: instancePath + "/limit", schemaPath: "#/properties/limit/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs4) {
if (typeof data1 == "number" && isFinite(data1)) {
if (data1 > 1e3 || isNaN(data1)) {
validate11.errors = [{ instancePath: instancePath + "/limit", schemaPath: "#/properties/limit/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e3 } }];
return false;
} else {
if (data1 < 1 || isNaN(data1)) {
validate11.errors = [{ instancePath: instancePath + "/limit", schemaPath: "#/properties/limit/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 } }];
return false;
}
}
}
}
var valid0 = _errs4 === errors;
} else {
var valid0 = true;
}
}
}
} else {
validate11.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } }];
return false;
}
}
validate11.errors = vErrors;
return errors === 0;
}
var AdminDrainParams = validate12;
function validate12(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
let vErrors = null;
let errors = 0;
if (errors === 0) {
if (data && typeof data == "object" && !Array.isArray(data)) {
for (const key0 in data) {
validate12.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 } }];
return false;
break;
}
} else {
validate12.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } }];
return false;
}
}
validate12.errors = vErrors;
return errors === 0;
}
var AdminKickParams = validate13;
var func2 = require_ucs2length().default;
function validate13(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
let vErrors = null;
let errors = 0;
if (errors === 0) {
if (data && typeof data == "object" && !Array.isArray(data)) {
const _errs1 = errors;
for (const key0 in data) {
if (!(key0 === "connection" || key0 === "principal")) {
validate13.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 } }];
return false;
break;
}
}
if (_errs1 === errors) {
if (data.connection !== void 0) {
let data0 = data.connection;
const _errs2 = errors;
if (!(typeof data0 == "number" && (!(data0 % 1) && !isNaN(data0)) && isFinite(data0))) {
validate13.errors = [{ instancePath: instancePath + "/connection", schemaPath: "#/properties/connection/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs2) {
if (typeof data0 == "number" && isFinite(data0)) {
if (data0 < 1 || isNaN(data0)) {
validate13.errors = [{ instancePath: instancePath + "/connection", schemaPath: "#/properties/connection/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 } }];
return false;
}
}
}
var valid0 = _errs2 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.principal !== void 0) {
let data1 = data.principal;
const _errs4 = errors;
if (errors === _errs4) {
if (typeof data1 === "string") {
if (func2(data1) > 128) {
validate13.errors = [{ instancePath: instancePath + "/principal", schemaPath: "#/properties/principal/maxLength", keyword: "maxLength", params: { limit: 128 } }];
return false;
} else {
if (func2(data1) < 1) {
validate13.errors = [{ instancePath: instancePath + "/principal", schemaPath: "#/properties/principal/minLength", keyword: "minLength", params: { limit: 1 } }];
return false;
}
}
} else {
validate13.errors = [{ instancePath: instancePath + "/principal", schemaPath: "#/properties/principal/type", keyword: "type", params: { type: "string" } }];
return false;
}
}
var valid0 = _errs4 === errors;
} else {
var valid0 = true;
}
}
}
} else {
validate13.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } }];
return false;
}
}
validate13.errors = vErrors;
return errors === 0;
}
var AdminTraceParams = validate14;
function validate14(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
let vErrors = null;
let errors = 0;
if (errors === 0) {
if (data && typeof data == "object" && !Array.isArray(data)) {
const _errs1 = errors;
for (const key0 in data) {
if (!(key0 === "ms" || key0 === "limit" || key0 === "connection" || key0 === "principal")) {
validate14.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 } }];
return false;
break;
}
}
if (_errs1 === errors) {
if (data.ms !== void 0) {
let data0 = data.ms;
const _errs2 = errors;
if (!(typeof data0 == "number" && (!(data0 % 1) && !isNaN(data0)) && isFinite(data0))) {
validate14.errors = [{ instancePath: instancePath + "/ms", schemaPath: "#/properties/ms/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs2) {
if (typeof data0 == "number" && isFinite(data0)) {
if (data0 > 6e4 || isNaN(data0)) {
validate14.errors = [{ instancePath: instancePath + "/ms", schemaPath: "#/properties/ms/maximum", keyword: "maximum", params: { comparison: "<=", limit: 6e4 } }];
return false;
} else {
if (data0 < 1 || isNaN(data0)) {
validate14.errors = [{ instancePath: instancePath + "/ms", schemaPath: "#/properties/ms/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 } }];
return false;
}
}
}
}
var valid0 = _errs2 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.limit !== void 0) {
let data1 = data.limit;
const _errs4 = errors;
if (!(typeof data1 == "number" && (!(data1 % 1) && !isNaN(data1)) && isFinite(data1))) {
validate14.errors = [{ instancePath: instancePath + "/limit", schemaPath: "#/properties/limit/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs4) {
if (typeof data1 == "number" && isFinite(data1)) {
if (data1 > 1e3 || isNaN(data1)) {
validate14.errors = [{ instancePath: instancePath + "/limit", schemaPath: "#/properties/limit/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e3 } }];
return false;
} else {
if (data1 < 1 || isNaN(data1)) {
validate14.errors = [{ instancePath: instancePath + "/limit", schemaPath: "#/properties/limit/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 } }];
return false;
}
}
}
}
var valid0 = _errs4 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.connection !== void 0) {
let data2 = data.connection;
const _errs6 = errors;
if (!(typeof data2 == "number" && (!(data2 % 1) && !isNaN(data2)) && isFinite(data2))) {
validate14.errors = [{ instancePath: instancePath + "/connection", schemaPath: "#/properties/connection/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs6) {
if (typeof data2 == "number" && isFinite(data2)) {
if (data2 < 1 || isNaN(data2)) {
validate14.errors = [{ instancePath: instancePath + "/connection", schemaPath: "#/properties/connection/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 } }];
return false;
}
}
}
var valid0 = _errs6 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.principal !== void 0) {
let data3 = data.principal;
const _errs8 = errors;
if (errors === _errs8) {
if (typeof data3 === "string") {
if (func2(data3) > 64) {
validate14.errors = [{ instancePath: instancePath + "/principal", schemaPath: "#/properties/principal/maxLength", keyword: "maxLength", params: { limit: 64 } }];
return false;
} else {
if (func2(data3) < 1) {
validate14.errors = [{ instancePath: instancePath + "/principal", schemaPath: "#/properties/principal/minLength", keyword: "minLength", params: { limit: 1 } }];
return false;
}
}
} else {
validate14.errors = [{ instancePath: instancePath + "/principal", schemaPath: "#/properties/principal/type", keyword: "type", params: { type: "string" } }];
return false;
}
}
var valid0 = _errs8 === errors;
} else {
var valid0 = true;
}
}
}
}
}
} else {
validate14.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } }];
return false;
}
}
validate14.errors = vErrors;
return errors === 0;
}
var CalcCheckParams = validate15;
function validate15(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
let vErrors = null;
let errors = 0;
if (errors === 0) {
if (data && typeof data == "object" && !Array.isArray(data)) {
let missing0;
if (data.expression === void 0 && (missing0 = "expression")) {
validate15.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 } }];
return false;
} else {
const _errs1 = errors;
for (const key0 in data) {
if (!(key0 === "expression")) {
validate15.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 } }];
return false;
break;
}
}
if (_errs1 === errors) {
if (data.expression !== void 0) {
if (typeof data.expression !== "string") {
validate15.errors = [{ instancePath: instancePath + "/expression", schemaPath: "#/$defs/Expression/type", keyword: "type", params: { type: "string" } }];
return false;
}
}
}
}
} else {
validate15.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } }];
return false;
}
}
validate15.errors = vErrors;
return errors === 0;
}
var CalcCompleteParams = validate16;
function validate16(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
let vErrors = null;
let errors = 0;
if (errors === 0) {
if (data && typeof data == "object" && !Array.isArray(data)) {
let missing0;
if (data.prefix === void 0 && (missing0 = "prefix")) {
validate16.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 } }];
return false;
} else {
const _errs1 = errors;
for (const key0 in data) {
if (!(key0 === "prefix" || key0 === "limit")) {
validate16.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 } }];
return false;
break;
}
}
if (_errs1 === errors) {
if (data.prefix !== void 0) {
let data0 = data.prefix;
const _errs2 = errors;
if (errors === _errs2) {
if (typeof data0 === "string") {
if (func2(data0) > 64) {
validate16.errors = [{ instancePath: instancePath + "/prefix", schemaPath: "#/properties/prefix/maxLength", keyword: "maxLength", params: { limit: 64 } }];
return false;
} else {
if (func2(data0) < 1) {
validate16.errors = [{ instancePath: instancePath + "/prefix", schemaPath: "#/properties/prefix/minLength", keyword: "minLength", params: { limit: 1 } }];
return false;
}
}
} else {
validate16.errors = [{ instancePath: instancePath + "/prefix", schemaPath: "#/properties/prefix/type", keyword: "type", params: { type: "string" } }];
return false;
}
}
var valid0 = _errs2 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.limit !== void 0) {
let data1 = data.limit;
const _errs4 = errors;
if (!(typeof data1 == "number" && (!(data1 % 1) && !isNaN(data1)) && isFinite(data1))) {
validate16.errors = [{ instancePath: instancePath + "/limit", schemaPath: "#/properties/limit/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs4) {
if (typeof data1 == "number" && isFinite(data1)) {
if (data1 > 100 || isNaN(data1)) {
validate16.errors = [{ instancePath: instancePath + "/limit", schemaPath: "#/properties/limit/maximum", keyword: "maximum", params: { comparison: "<=", limit: 100 } }];
return false;
} else {
if (data1 < 1 || isNaN(data1)) {
validate16.errors = [{ instancePath: instancePath + "/limit", schemaPath: "#/properties/limit/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 } }];
return false;
}
}
}
}
var valid0 = _errs4 === errors;
} else {
var valid0 = true;
}
}
}
}
} else {
validate16.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } }];
return false;
}
}
validate16.errors = vErrors;
return errors === 0;
}
var CalcDescribeParams = validate17;
function validate17(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
let vErrors = null;
let errors = 0;
if (errors === 0) {
if (data && typeof data == "object" && !Array.isArray(data)) {
let missing0;
if (data.name === void 0 && (missing0 = "name")) {
validate17.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 } }];
return false;
} else {
const _errs1 = errors;
for (const key0 in data) {
if (!(key0 === "name")) {
validate17.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 } }];
return false;
break;
}
}
if (_errs1 === errors) {
if (data.name !== void 0) {
let data0 = data.name;
const _errs2 = errors;
if (errors === _errs2) {
if (typeof data0 === "string") {
if (func2(data0) > 64) {
validate17.errors = [{ instancePath: instancePath + "/name", schemaPath: "#/properties/name/maxLength", keyword: "maxLength", params: { limit: 64 } }];
return false;
} else {
if (func2(data0) < 1) {
validate17.errors = [{ instancePath: instancePath + "/name", schemaPath: "#/properties/name/minLength", keyword: "minLength", params: { limit: 1 } }];
return false;
}
}
} else {
validate17.errors = [{ instancePath: instancePath + "/name", schemaPath: "#/properties/name/type", keyword: "type", params: { type: "string" } }];
return false;
}
}
}
}
}
} else {
validate17.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } }];
return false;
}
}
validate17.errors = vErrors;
return errors === 0;
}
var CalcEvaluateParams = validate18;
var schema20 = { "type": "object", "additionalProperties": false, "required": ["expression"], "order": ["expression", "variables", "number", "precision", "seed", "limits", "key", "record", "explain"], "properties": { "expression": { "$ref": "#/$defs/Expression" }, "variables": { "$ref": "#/$defs/Variables" }, "number": { "$ref": "#/$defs/NumberKind" }, "precision": { "$ref": "#/$defs/Precision" }, "seed": { "$ref": "#/$defs/Seed" }, "limits": { "$ref": "#/$defs/CallLimits" }, "key": { "description": "The client's own name for this request, unique in its history: makes repeating it safe. A call that is not recorded must have none.", "type": "string", "minLength": 1, "maxLength": 128 }, "record": { "description": "Whether the call goes into the history; when absent, as `session.configure` says (true at first).", "type": "boolean" }, "explain": { "description": "True: the result carries `interpretation`. With a `key` it is part of the request.", "type": "boolean" } } };
var schema25 = { "description": "What a numeric literal becomes.", "type": "string", "enum": ["number", "BigNumber", "Fraction", "bigint"] };
var func10 = Object.prototype.hasOwnProperty;
var schema24 = { "description": "A number, boolean, string, list of numbers or matrix (list of lists of numbers).", "type": ["number", "boolean", "string", "array"], "items": { "type": ["number", "array"], "items": { "type": "number" } } };
var pattern0 = new RegExp("^(?!.*__)[\\p{L}_$][\\p{L}\\p{N}_$]{0,63}$", "u");
function validate19(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
let vErrors = null;
let errors = 0;
if (errors === 0) {
if (data && typeof data == "object" && !Array.isArray(data)) {
if (Object.keys(data).length > 256) {
validate19.errors = [{ instancePath, schemaPath: "#/maxProperties", keyword: "maxProperties", params: { limit: 256 } }];
return false;
} else {
for (const key0 in data) {
const _errs1 = errors;
const _errs2 = errors;
if (errors === _errs2) {
if (typeof key0 === "string") {
if (!pattern0.test(key0)) {
const err0 = { instancePath, schemaPath: "#/$defs/VariableName/pattern", keyword: "pattern", params: { pattern: "^(?!.*__)[\\p{L}_$][\\p{L}\\p{N}_$]{0,63}$" }, propertyName: key0 };
if (vErrors === null) {
vErrors = [err0];
} else {
vErrors.push(err0);
}
errors++;
}
} else {
const err1 = { instancePath, schemaPath: "#/$defs/VariableName/type", keyword: "type", params: { type: "string" }, propertyName: key0 };
if (vErrors === null) {
vErrors = [err1];
} else {
vErrors.push(err1);
}
errors++;
}
}
var valid0 = _errs1 === errors;
if (!valid0) {
const err2 = { instancePath, schemaPath: "#/propertyNames", keyword: "propertyNames", params: { propertyName: key0 } };
if (vErrors === null) {
vErrors = [err2];
} else {
vErrors.push(err2);
}
errors++;
validate19.errors = vErrors;
return false;
break;
}
}
if (valid0) {
for (const key1 in data) {
let data0 = data[key1];
const _errs5 = errors;
const _errs6 = errors;
if (!(typeof data0 == "number" && isFinite(data0)) && typeof data0 !== "boolean" && typeof data0 !== "string" && !Array.isArray(data0)) {
validate19.errors = [{ instancePath: instancePath + "/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/$defs/VariableValue/type", keyword: "type", params: { type: schema24.type } }];
return false;
}
if (errors === _errs6) {
if (Array.isArray(data0)) {
var valid4 = true;
const len0 = data0.length;
for (let i0 = 0; i0 < len0; i0++) {
let data1 = data0[i0];
const _errs8 = errors;
if (!(typeof data1 == "number" && isFinite(data1)) && !Array.isArray(data1)) {
validate19.errors = [{ instancePath: instancePath + "/" + key1.replace(/~/g, "~0").replace(/\//g, "~1") + "/" + i0, schemaPath: "#/$defs/VariableValue/items/type", keyword: "type", params: { type: schema24.items.type } }];
return false;
}
if (errors === _errs8) {
if (Array.isArray(data1)) {
var valid5 = true;
const len1 = data1.length;
for (let i1 = 0; i1 < len1; i1++) {
let data2 = data1[i1];
const _errs10 = errors;
if (!(typeof data2 == "number" && isFinite(data2))) {
validate19.errors = [{ instancePath: instancePath + "/" + key1.replace(/~/g, "~0").replace(/\//g, "~1") + "/" + i0 + "/" + i1, schemaPath: "#/$defs/VariableValue/items/items/type", keyword: "type", params: { type: "number" } }];
return false;
}
var valid5 = _errs10 === errors;
if (!valid5) {
break;
}
}
}
}
var valid4 = _errs8 === errors;
if (!valid4) {
break;
}
}
}
}
var valid2 = _errs5 === errors;
if (!valid2) {
break;
}
}
}
}
} else {
validate19.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } }];
return false;
}
}
validate19.errors = vErrors;
return errors === 0;
}
function validate18(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
let vErrors = null;
let errors = 0;
if (errors === 0) {
if (data && typeof data == "object" && !Array.isArray(data)) {
let missing0;
if (data.expression === void 0 && (missing0 = "expression")) {
validate18.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 } }];
return false;
} else {
const _errs1 = errors;
for (const key0 in data) {
if (!func10.call(schema20.properties, key0)) {
validate18.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 } }];
return false;
break;
}
}
if (_errs1 === errors) {
if (data.expression !== void 0) {
const _errs2 = errors;
if (typeof data.expression !== "string") {
validate18.errors = [{ instancePath: instancePath + "/expression", schemaPath: "#/$defs/Expression/type", keyword: "type", params: { type: "string" } }];
return false;
}
var valid0 = _errs2 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.variables !== void 0) {
const _errs5 = errors;
if (!validate19(data.variables, { instancePath: instancePath + "/variables", parentData: data, parentDataProperty: "variables", rootData })) {
vErrors = vErrors === null ? validate19.errors : vErrors.concat(validate19.errors);
errors = vErrors.length;
}
var valid0 = _errs5 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.number !== void 0) {
let data2 = data.number;
const _errs6 = errors;
if (typeof data2 !== "string") {
validate18.errors = [{ instancePath: instancePath + "/number", schemaPath: "#/$defs/NumberKind/type", keyword: "type", params: { type: "string" } }];
return false;
}
if (!(data2 === "number" || data2 === "BigNumber" || data2 === "Fraction" || data2 === "bigint")) {
validate18.errors = [{ instancePath: instancePath + "/number", schemaPath: "#/$defs/NumberKind/enum", keyword: "enum", params: { allowedValues: schema25.enum } }];
return false;
}
var valid0 = _errs6 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.precision !== void 0) {
let data3 = data.precision;
const _errs9 = errors;
const _errs10 = errors;
if (!(typeof data3 == "number" && (!(data3 % 1) && !isNaN(data3)) && isFinite(data3))) {
validate18.errors = [{ instancePath: instancePath + "/precision", schemaPath: "#/$defs/Precision/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs10) {
if (typeof data3 == "number" && isFinite(data3)) {
if (data3 > 1e3 || isNaN(data3)) {
validate18.errors = [{ instancePath: instancePath + "/precision", schemaPath: "#/$defs/Precision/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e3 } }];
return false;
} else {
if (data3 < 1 || isNaN(data3)) {
validate18.errors = [{ instancePath: instancePath + "/precision", schemaPath: "#/$defs/Precision/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 } }];
return false;
}
}
}
}
var valid0 = _errs9 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.seed !== void 0) {
let data4 = data.seed;
const _errs12 = errors;
const _errs13 = errors;
if (!(typeof data4 == "number" && (!(data4 % 1) && !isNaN(data4)) && isFinite(data4))) {
validate18.errors = [{ instancePath: instancePath + "/seed", schemaPath: "#/$defs/Seed/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs13) {
if (typeof data4 == "number" && isFinite(data4)) {
if (data4 > 9007199254740991 || isNaN(data4)) {
validate18.errors = [{ instancePath: instancePath + "/seed", schemaPath: "#/$defs/Seed/maximum", keyword: "maximum", params: { comparison: "<=", limit: 9007199254740991 } }];
return false;
} else {
if (data4 < 0 || isNaN(data4)) {
validate18.errors = [{ instancePath: instancePath + "/seed", schemaPath: "#/$defs/Seed/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 } }];
return false;
}
}
}
}
var valid0 = _errs12 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.limits !== void 0) {
let data5 = data.limits;
const _errs15 = errors;
const _errs16 = errors;
if (errors === _errs16) {
if (data5 && typeof data5 == "object" && !Array.isArray(data5)) {
const _errs18 = errors;
for (const key1 in data5) {
if (!(key1 === "timeMs" || key1 === "resultBytes")) {
validate18.errors = [{ instancePath: instancePath + "/limits", schemaPath: "#/$defs/CallLimits/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 } }];
return false;
break;
}
}
if (_errs18 === errors) {
if (data5.timeMs !== void 0) {
let data6 = data5.timeMs;
const _errs19 = errors;
if (!(typeof data6 == "number" && (!(data6 % 1) && !isNaN(data6)) && isFinite(data6))) {
validate18.errors = [{ instancePath: instancePath + "/limits/timeMs", schemaPath: "#/$defs/CallLimits/properties/timeMs/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs19) {
if (typeof data6 == "number" && isFinite(data6)) {
if (data6 > 5e3 || isNaN(data6)) {
validate18.errors = [{ instancePath: instancePath + "/limits/timeMs", schemaPath: "#/$defs/CallLimits/properties/timeMs/maximum", keyword: "maximum", params: { comparison: "<=", limit: 5e3 } }];
return false;
} else {
if (data6 < 1 || isNaN(data6)) {
validate18.errors = [{ instancePath: instancePath + "/limits/timeMs", schemaPath: "#/$defs/CallLimits/properties/timeMs/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 } }];
return false;
}
}
}
}
var valid6 = _errs19 === errors;
} else {
var valid6 = true;
}
if (valid6) {
if (data5.resultBytes !== void 0) {
let data7 = data5.resultBytes;
const _errs21 = errors;
if (!(typeof data7 == "number" && (!(data7 % 1) && !isNaN(data7)) && isFinite(data7))) {
validate18.errors = [{ instancePath: instancePath + "/limits/resultBytes", schemaPath: "#/$defs/CallLimits/properties/resultBytes/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs21) {
if (typeof data7 == "number" && isFinite(data7)) {
if (data7 > 4194304 || isNaN(data7)) {
validate18.errors = [{ instancePath: instancePath + "/limits/resultBytes", schemaPath: "#/$defs/CallLimits/properties/resultBytes/maximum", keyword: "maximum", params: { comparison: "<=", limit: 4194304 } }];
return false;
} else {
if (data7 < 1 || isNaN(data7)) {
validate18.errors = [{ instancePath: instancePath + "/limits/resultBytes", schemaPath: "#/$defs/CallLimits/properties/resultBytes/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 } }];
return false;
}
}
}
}
var valid6 = _errs21 === errors;
} else {
var valid6 = true;
}
}
}
} else {
validate18.errors = [{ instancePath: instancePath + "/limits", schemaPath: "#/$defs/CallLimits/type", keyword: "type", params: { type: "object" } }];
return false;
}
}
var valid0 = _errs15 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.key !== void 0) {
let data8 = data.key;
const _errs23 = errors;
if (errors === _errs23) {
if (typeof data8 === "string") {
if (func2(data8) > 128) {
validate18.errors = [{ instancePath: instancePath + "/key", schemaPath: "#/properties/key/maxLength", keyword: "maxLength", params: { limit: 128 } }];
return false;
} else {
if (func2(data8) < 1) {
validate18.errors = [{ instancePath: instancePath + "/key", schemaPath: "#/properties/key/minLength", keyword: "minLength", params: { limit: 1 } }];
return false;
}
}
} else {
validate18.errors = [{ instancePath: instancePath + "/key", schemaPath: "#/properties/key/type", keyword: "type", params: { type: "string" } }];
return false;
}
}
var valid0 = _errs23 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.record !== void 0) {
const _errs25 = errors;
if (typeof data.record !== "boolean") {
validate18.errors = [{ instancePath: instancePath + "/record", schemaPath: "#/properties/record/type", keyword: "type", params: { type: "boolean" } }];
return false;
}
var valid0 = _errs25 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.explain !== void 0) {
const _errs27 = errors;
if (typeof data.explain !== "boolean") {
validate18.errors = [{ instancePath: instancePath + "/explain", schemaPath: "#/properties/explain/type", keyword: "type", params: { type: "boolean" } }];
return false;
}
var valid0 = _errs27 === errors;
} else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
}
} else {
validate18.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } }];
return false;
}
}
validate18.errors = vErrors;
return errors === 0;
}
var CalcEvaluateRowsParams = validate21;
var schema29 = { "type": "object", "additionalProperties": false, "required": ["expression"], "order": ["expression", "columns", "rows", "number", "precision", "progress"], "properties": { "expression": { "$ref": "#/$defs/Expression" }, "columns": { "description": "Values by name: lists of one length, at most `rowsMax`. Either this or `rows`.", "type": "object", "minProperties": 1, "maxProperties": 64, "propertyNames": { "$ref": "#/$defs/VariableName" }, "additionalProperties": { "type": "array", "items": { "type": ["number", "boolean", "string"] } } }, "rows": { "description": "The same by rows: objects with the names of the first.", "type": "array", "items": { "type": "object", "minProperties": 1, "maxProperties": 64, "additionalProperties": { "type": ["number", "boolean", "string"] } } }, "number": { "$ref": "#/$defs/NumberKind" }, "precision": { "$ref": "#/$defs/Precision" }, "progress": { "$ref": "#/$defs/ProgressToken" } } };
var schema34 = { "description": "The caller's own name for a call whose progress it wants to be told.", "type": ["string", "integer"], "minLength": 1, "maxLength": 128 };
function validate21(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
let vErrors = null;
let errors = 0;
if (errors === 0) {
if (data && typeof data == "object" && !Array.isArray(data)) {
let missing0;
if (data.expression === void 0 && (missing0 = "expression")) {
validate21.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 } }];
return false;
} else {
const _errs1 = errors;
for (const key0 in data) {
if (!(key0 === "expression" || key0 === "columns" || key0 === "rows" || key0 === "number" || key0 === "precision" || key0 === "progress")) {
validate21.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 } }];
return false;
break;
}
}
if (_errs1 === errors) {
if (data.expression !== void 0) {
const _errs2 = errors;
if (typeof data.expression !== "string") {
validate21.errors = [{ instancePath: instancePath + "/expression", schemaPath: "#/$defs/Expression/type", keyword: "type", params: { type: "string" } }];
return false;
}
var valid0 = _errs2 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.columns !== void 0) {
let data1 = data.columns;
const _errs5 = errors;
if (errors === _errs5) {
if (data1 && typeof data1 == "object" && !Array.isArray(data1)) {
if (Object.keys(data1).length > 64) {
validate21.errors = [{ instancePath: instancePath + "/columns", schemaPath: "#/properties/columns/maxProperties", keyword: "maxProperties", params: { limit: 64 } }];
return false;
} else {
if (Object.keys(data1).length < 1) {
validate21.errors = [{ instancePath: instancePath + "/columns", schemaPath: "#/properties/columns/minProperties", keyword: "minProperties", params: { limit: 1 } }];
return false;
} else {
for (const key1 in data1) {
const _errs7 = errors;
const _errs8 = errors;
if (errors === _errs8) {
if (typeof key1 === "string") {
if (!pattern0.test(key1)) {
const err0 = { instancePath: instancePath + "/columns", schemaPath: "#/$defs/VariableName/pattern", keyword: "pattern", params: { pattern: "^(?!.*__)[\\p{L}_$][\\p{L}\\p{N}_$]{0,63}$" }, propertyName: key1 };
if (vErrors === null) {
vErrors = [err0];
} else {
vErrors.push(err0);
}
errors++;
}
} else {
const err1 = { instancePath: instancePath + "/columns", schemaPath: "#/$defs/VariableName/type", keyword: "type", params: { type: "string" }, propertyName: key1 };
if (vErrors === null) {
vErrors = [err1];
} else {
vErrors.push(err1);
}
errors++;
}
}
var valid2 = _errs7 === errors;
if (!valid2) {
const err2 = { instancePath: instancePath + "/columns", schemaPath: "#/properties/columns/propertyNames", keyword: "propertyNames", params: { propertyName: key1 } };
if (vErrors === null) {
vErrors = [err2];
} else {
vErrors.push(err2);
}
errors++;
validate21.errors = vErrors;
return false;
break;
}
}
if (valid2) {
for (const key2 in data1) {
let data2 = data1[key2];
const _errs11 = errors;
if (errors === _errs11) {
if (Array.isArray(data2)) {
var valid5 = true;
const len0 = data2.length;
for (let i0 = 0; i0 < len0; i0++) {
let data3 = data2[i0];
const _errs13 = errors;
if (!(typeof data3 == "number" && isFinite(data3)) && typeof data3 !== "boolean" && typeof data3 !== "string") {
validate21.errors = [{ instancePath: instancePath + "/columns/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/" + i0, schemaPath: "#/properties/columns/additionalProperties/items/type", keyword: "type", params: { type: schema29.properties.columns.additionalProperties.items.type } }];
return false;
}
var valid5 = _errs13 === errors;
if (!valid5) {
break;
}
}
} else {
validate21.errors = [{ instancePath: instancePath + "/columns/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/columns/additionalProperties/type", keyword: "type", params: { type: "array" } }];
return false;
}
}
var valid4 = _errs11 === errors;
if (!valid4) {
break;
}
}
}
}
}
} else {
validate21.errors = [{ instancePath: instancePath + "/columns", schemaPath: "#/properties/columns/type", keyword: "type", params: { type: "object" } }];
return false;
}
}
var valid0 = _errs5 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.rows !== void 0) {
let data4 = data.rows;
const _errs15 = errors;
if (errors === _errs15) {
if (Array.isArray(data4)) {
var valid6 = true;
const len1 = data4.length;
for (let i1 = 0; i1 < len1; i1++) {
let data5 = data4[i1];
const _errs17 = errors;
if (errors === _errs17) {
if (data5 && typeof data5 == "object" && !Array.isArray(data5)) {
if (Object.keys(data5).length > 64) {
validate21.errors = [{ instancePath: instancePath + "/rows/" + i1, schemaPath: "#/properties/rows/items/maxProperties", keyword: "maxProperties", params: { limit: 64 } }];
return false;
} else {
if (Object.keys(data5).length < 1) {
validate21.errors = [{ instancePath: instancePath + "/rows/" + i1, schemaPath: "#/properties/rows/items/minProperties", keyword: "minProperties", params: { limit: 1 } }];
return false;
} else {
for (const key3 in data5) {
let data6 = data5[key3];
const _errs20 = errors;
if (!(typeof data6 == "number" && isFinite(data6)) && typeof data6 !== "boolean" && typeof data6 !== "string") {
validate21.errors = [{ instancePath: instancePath + "/rows/" + i1 + "/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/rows/items/additionalProperties/type", keyword: "type", params: { type: schema29.properties.rows.items.additionalProperties.type } }];
return false;
}
var valid7 = _errs20 === errors;
if (!valid7) {
break;
}
}
}
}
} else {
validate21.errors = [{ instancePath: instancePath + "/rows/" + i1, schemaPath: "#/properties/rows/items/type", keyword: "type", params: { type: "object" } }];
return false;
}
}
var valid6 = _errs17 === errors;
if (!valid6) {
break;
}
}
} else {
validate21.errors = [{ instancePath: instancePath + "/rows", schemaPath: "#/properties/rows/type", keyword: "type", params: { type: "array" } }];
return false;
}
}
var valid0 = _errs15 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.number !== void 0) {
let data7 = data.number;
const _errs22 = errors;
if (typeof data7 !== "string") {
validate21.errors = [{ instancePath: instancePath + "/number", schemaPath: "#/$defs/NumberKind/type", keyword: "type", params: { type: "string" } }];
return false;
}
if (!(data7 === "number" || data7 === "BigNumber" || data7 === "Fraction" || data7 === "bigint")) {
validate21.errors = [{ instancePath: instancePath + "/number", schemaPath: "#/$defs/NumberKind/enum", keyword: "enum", params: { allowedValues: schema25.enum } }];
return false;
}
var valid0 = _errs22 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.precision !== void 0) {
let data8 = data.precision;
const _errs25 = errors;
const _errs26 = errors;
if (!(typeof data8 == "number" && (!(data8 % 1) && !isNaN(data8)) && isFinite(data8))) {
validate21.errors = [{ instancePath: instancePath + "/precision", schemaPath: "#/$defs/Precision/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs26) {
if (typeof data8 == "number" && isFinite(data8)) {
if (data8 > 1e3 || isNaN(data8)) {
validate21.errors = [{ instancePath: instancePath + "/precision", schemaPath: "#/$defs/Precision/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e3 } }];
return false;
} else {
if (data8 < 1 || isNaN(data8)) {
validate21.errors = [{ instancePath: instancePath + "/precision", schemaPath: "#/$defs/Precision/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 } }];
return false;
}
}
}
}
var valid0 = _errs25 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.progress !== void 0) {
let data9 = data.progress;
const _errs28 = errors;
const _errs29 = errors;
if (typeof data9 !== "string" && !(typeof data9 == "number" && (!(data9 % 1) && !isNaN(data9)) && isFinite(data9))) {
validate21.errors = [{ instancePath: instancePath + "/progress", schemaPath: "#/$defs/ProgressToken/type", keyword: "type", params: { type: schema34.type } }];
return false;
}
if (errors === _errs29) {
if (typeof data9 === "string") {
if (func2(data9) > 128) {
validate21.errors = [{ instancePath: instancePath + "/progress", schemaPath: "#/$defs/ProgressToken/maxLength", keyword: "maxLength", params: { limit: 128 } }];
return false;
} else {
if (func2(data9) < 1) {
validate21.errors = [{ instancePath: instancePath + "/progress", schemaPath: "#/$defs/ProgressToken/minLength", keyword: "minLength", params: { limit: 1 } }];
return false;
}
}
}
}
var valid0 = _errs28 === errors;
} else {
var valid0 = true;
}
}
}
}
}
}
}
}
} else {
validate21.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } }];
return false;
}
}
validate21.errors = vErrors;
return errors === 0;
}
var CalcSampleParams = validate22;
function validate22(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
let vErrors = null;
let errors = 0;
if (errors === 0) {
if (data && typeof data == "object" && !Array.isArray(data)) {
let missing0;
if (data.expression === void 0 && (missing0 = "expression") || data.variable === void 0 && (missing0 = "variable") || data.from === void 0 && (missing0 = "from") || data.to === void 0 && (missing0 = "to")) {
validate22.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 } }];
return false;
} else {
const _errs1 = errors;
for (const key0 in data) {
if (!(key0 === "expression" || key0 === "variable" || key0 === "from" || key0 === "to" || key0 === "points")) {
validate22.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 } }];
return false;
break;
}
}
if (_errs1 === errors) {
if (data.expression !== void 0) {
const _errs2 = errors;
if (typeof data.expression !== "string") {
validate22.errors = [{ instancePath: instancePath + "/expression", schemaPath: "#/$defs/Expression/type", keyword: "type", params: { type: "string" } }];
return false;
}
var valid0 = _errs2 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.variable !== void 0) {
let data1 = data.variable;
const _errs5 = errors;
const _errs6 = errors;
if (errors === _errs6) {
if (typeof data1 === "string") {
if (!pattern0.test(data1)) {
validate22.errors = [{ instancePath: instancePath + "/variable", schemaPath: "#/$defs/VariableName/pattern", keyword: "pattern", params: { pattern: "^(?!.*__)[\\p{L}_$][\\p{L}\\p{N}_$]{0,63}$" } }];
return false;
}
} else {
validate22.errors = [{ instancePath: instancePath + "/variable", schemaPath: "#/$defs/VariableName/type", keyword: "type", params: { type: "string" } }];
return false;
}
}
var valid0 = _errs5 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.from !== void 0) {
let data2 = data.from;
const _errs8 = errors;
if (!(typeof data2 == "number" && isFinite(data2))) {
validate22.errors = [{ instancePath: instancePath + "/from", schemaPath: "#/properties/from/type", keyword: "type", params: { type: "number" } }];
return false;
}
var valid0 = _errs8 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.to !== void 0) {
let data3 = data.to;
const _errs10 = errors;
if (!(typeof data3 == "number" && isFinite(data3))) {
validate22.errors = [{ instancePath: instancePath + "/to", schemaPath: "#/properties/to/type", keyword: "type", params: { type: "number" } }];
return false;
}
var valid0 = _errs10 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.points !== void 0) {
let data4 = data.points;
const _errs12 = errors;
if (!(typeof data4 == "number" && (!(data4 % 1) && !isNaN(data4)) && isFinite(data4))) {
validate22.errors = [{ instancePath: instancePath + "/points", schemaPath: "#/properties/points/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs12) {
if (typeof data4 == "number" && isFinite(data4)) {
if (data4 < 2 || isNaN(data4)) {
validate22.errors = [{ instancePath: instancePath + "/points", schemaPath: "#/properties/points/minimum", keyword: "minimum", params: { comparison: ">=", limit: 2 } }];
return false;
}
}
}
var valid0 = _errs12 === errors;
} else {
var valid0 = true;
}
}
}
}
}
}
}
} else {
validate22.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } }];
return false;
}
}
validate22.errors = vErrors;
return errors === 0;
}
var HistoryClearParams = validate23;
function validate23(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
let vErrors = null;
let errors = 0;
if (errors === 0) {
if (data && typeof data == "object" && !Array.isArray(data)) {
const _errs1 = errors;
for (const key0 in data) {
if (!(key0 === "before")) {
validate23.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 } }];
return false;
break;
}
}
if (_errs1 === errors) {
if (data.before !== void 0) {
let data0 = data.before;
const _errs2 = errors;
if (!(typeof data0 == "number" && (!(data0 % 1) && !isNaN(data0)) && isFinite(data0))) {
validate23.errors = [{ instancePath: instancePath + "/before", schemaPath: "#/properties/before/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs2) {
if (typeof data0 == "number" && isFinite(data0)) {
if (data0 < 1 || isNaN(data0)) {
validate23.errors = [{ instancePath: instancePath + "/before", schemaPath: "#/properties/before/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 } }];
return false;
}
}
}
}
}
} else {
validate23.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } }];
return false;
}
}
validate23.errors = vErrors;
return errors === 0;
}
var HistoryExportParams = validate24;
var schema39 = { "type": "object", "additionalProperties": false, "order": ["format", "after", "limit"], "properties": { "format": { "description": "Kind of text.", "type": "string", "enum": ["jsonl", "csv"], "default": "jsonl" }, "after": { "description": "Only entries with a greater `seq`.", "type": "integer", "minimum": 0, "default": 0 }, "limit": { "description": "At most so many entries; fewer when the text would be longer than 256 KiB, but at least one.", "type": "integer", "minimum": 1, "maximum": 1e3, "default": 1e3 } } };
function validate24(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
let vErrors = null;
let errors = 0;
if (errors === 0) {
if (data && typeof data == "object" && !Array.isArray(data)) {
const _errs1 = errors;
for (const key0 in data) {
if (!(key0 === "format" || key0 === "after" || key0 === "limit")) {
validate24.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 } }];
return false;
break;
}
}
if (_errs1 === errors) {
if (data.format !== void 0) {
let data0 = data.format;
const _errs2 = errors;
if (typeof data0 !== "string") {
validate24.errors = [{ instancePath: instancePath + "/format", schemaPath: "#/properties/format/type", keyword: "type", params: { type: "string" } }];
return false;
}
if (!(data0 === "jsonl" || data0 === "csv")) {
validate24.errors = [{ instancePath: instancePath + "/format", schemaPath: "#/properties/format/enum", keyword: "enum", params: { allowedValues: schema39.properties.format.enum } }];
return false;
}
var valid0 = _errs2 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.after !== void 0) {
let data1 = data.after;
const _errs4 = errors;
if (!(typeof data1 == "number" && (!(data1 % 1) && !isNaN(data1)) && isFinite(data1))) {
validate24.errors = [{ instancePath: instancePath + "/after", schemaPath: "#/properties/after/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs4) {
if (typeof data1 == "number" && isFinite(data1)) {
if (data1 < 0 || isNaN(data1)) {
validate24.errors = [{ instancePath: instancePath + "/after", schemaPath: "#/properties/after/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 } }];
return false;
}
}
}
var valid0 = _errs4 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.limit !== void 0) {
let data2 = data.limit;
const _errs6 = errors;
if (!(typeof data2 == "number" && (!(data2 % 1) && !isNaN(data2)) && isFinite(data2))) {
validate24.errors = [{ instancePath: instancePath + "/limit", schemaPath: "#/properties/limit/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs6) {
if (typeof data2 == "number" && isFinite(data2)) {
if (data2 > 1e3 || isNaN(data2)) {
validate24.errors = [{ instancePath: instancePath + "/limit", schemaPath: "#/properties/limit/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e3 } }];
return false;
} else {
if (data2 < 1 || isNaN(data2)) {
validate24.errors = [{ instancePath: instancePath + "/limit", schemaPath: "#/properties/limit/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 } }];
return false;
}
}
}
}
var valid0 = _errs6 === errors;
} else {
var valid0 = true;
}
}
}
}
} else {
validate24.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } }];
return false;
}
}
validate24.errors = vErrors;
return errors === 0;
}
var HistoryGetParams = validate25;
function validate25(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
let vErrors = null;
let errors = 0;
if (errors === 0) {
if (data && typeof data == "object" && !Array.isArray(data)) {
let missing0;
if (data.seq === void 0 && (missing0 = "seq")) {
validate25.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 } }];
return false;
} else {
const _errs1 = errors;
for (const key0 in data) {
if (!(key0 === "seq")) {
validate25.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 } }];
return false;
break;
}
}
if (_errs1 === errors) {
if (data.seq !== void 0) {
let data0 = data.seq;
const _errs2 = errors;
if (!(typeof data0 == "number" && (!(data0 % 1) && !isNaN(data0)) && isFinite(data0))) {
validate25.errors = [{ instancePath: instancePath + "/seq", schemaPath: "#/properties/seq/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs2) {
if (typeof data0 == "number" && isFinite(data0)) {
if (data0 < 1 || isNaN(data0)) {
validate25.errors = [{ instancePath: instancePath + "/seq", schemaPath: "#/properties/seq/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 } }];
return false;
}
}
}
}
}
}
} else {
validate25.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } }];
return false;
}
}
validate25.errors = vErrors;
return errors === 0;
}
var HistoryListParams = validate26;
function validate26(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
let vErrors = null;
let errors = 0;
if (errors === 0) {
if (data && typeof data == "object" && !Array.isArray(data)) {
const _errs1 = errors;
for (const key0 in data) {
if (!(key0 === "before" || key0 === "after" || key0 === "limit" || key0 === "query")) {
validate26.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 } }];
return false;
break;
}
}
if (_errs1 === errors) {
if (data.before !== void 0) {
let data0 = data.before;
const _errs2 = errors;
if (!(typeof data0 == "number" && (!(data0 % 1) && !isNaN(data0)) && isFinite(data0))) {
validate26.errors = [{ instancePath: instancePath + "/before", schemaPath: "#/properties/before/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs2) {
if (typeof data0 == "number" && isFinite(data0)) {
if (data0 < 1 || isNaN(data0)) {
validate26.errors = [{ instancePath: instancePath + "/before", schemaPath: "#/properties/before/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 } }];
return false;
}
}
}
var valid0 = _errs2 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.after !== void 0) {
let data1 = data.after;
const _errs4 = errors;
if (!(typeof data1 == "number" && (!(data1 % 1) && !isNaN(data1)) && isFinite(data1))) {
validate26.errors = [{ instancePath: instancePath + "/after", schemaPath: "#/properties/after/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs4) {
if (typeof data1 == "number" && isFinite(data1)) {
if (data1 < 0 || isNaN(data1)) {
validate26.errors = [{ instancePath: instancePath + "/after", schemaPath: "#/properties/after/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 } }];
return false;
}
}
}
var valid0 = _errs4 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.limit !== void 0) {
let data2 = data.limit;
const _errs6 = errors;
if (!(typeof data2 == "number" && (!(data2 % 1) && !isNaN(data2)) && isFinite(data2))) {
validate26.errors = [{ instancePath: instancePath + "/limit", schemaPath: "#/properties/limit/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs6) {
if (typeof data2 == "number" && isFinite(data2)) {
if (data2 > 1e3 || isNaN(data2)) {
validate26.errors = [{ instancePath: instancePath + "/limit", schemaPath: "#/properties/limit/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e3 } }];
return false;
} else {
if (data2 < 1 || isNaN(data2)) {
validate26.errors = [{ instancePath: instancePath + "/limit", schemaPath: "#/properties/limit/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 } }];
return false;
}
}
}
}
var valid0 = _errs6 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.query !== void 0) {
let data3 = data.query;
const _errs8 = errors;
if (errors === _errs8) {
if (typeof data3 === "string") {
if (func2(data3) > 256) {
validate26.errors = [{ instancePath: instancePath + "/query", schemaPath: "#/properties/query/maxLength", keyword: "maxLength", params: { limit: 256 } }];
return false;
} else {
if (func2(data3) < 1) {
validate26.errors = [{ instancePath: instancePath + "/query", schemaPath: "#/properties/query/minLength", keyword: "minLength", params: { limit: 1 } }];
return false;
}
}
} else {
validate26.errors = [{ instancePath: instancePath + "/query", schemaPath: "#/properties/query/type", keyword: "type", params: { type: "string" } }];
return false;
}
}
var valid0 = _errs8 === errors;
} else {
var valid0 = true;
}
}
}
}
}
} else {
validate26.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } }];
return false;
}
}
validate26.errors = vErrors;
return errors === 0;
}
var HistoryVerifyParams = validate27;
function validate27(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
let vErrors = null;
let errors = 0;
if (errors === 0) {
if (data && typeof data == "object" && !Array.isArray(data)) {
for (const key0 in data) {
validate27.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 } }];
return false;
break;
}
} else {
validate27.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } }];
return false;
}
}
validate27.errors = vErrors;
return errors === 0;
}
var RpcDiscoverParams = validate28;
function validate28(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
let vErrors = null;
let errors = 0;
if (errors === 0) {
if (data && typeof data == "object" && !Array.isArray(data)) {
for (const key0 in data) {
validate28.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 } }];
return false;
break;
}
} else {
validate28.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } }];
return false;
}
}
validate28.errors = vErrors;
return errors === 0;
}
var ScopeClearParams = validate29;
function validate29(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
let vErrors = null;
let errors = 0;
if (errors === 0) {
if (data && typeof data == "object" && !Array.isArray(data)) {
for (const key0 in data) {
validate29.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 } }];
return false;
break;
}
} else {
validate29.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } }];
return false;
}
}
validate29.errors = vErrors;
return errors === 0;
}
var ScopeGetParams = validate30;
function validate30(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
let vErrors = null;
let errors = 0;
if (errors === 0) {
if (data && typeof data == "object" && !Array.isArray(data)) {
let missing0;
if (data.name === void 0 && (missing0 = "name")) {
validate30.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 } }];
return false;
} else {
const _errs1 = errors;
for (const key0 in data) {
if (!(key0 === "name")) {
validate30.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 } }];
return false;
break;
}
}
if (_errs1 === errors) {
if (data.name !== void 0) {
let data0 = data.name;
const _errs3 = errors;
if (errors === _errs3) {
if (typeof data0 === "string") {
if (!pattern0.test(data0)) {
validate30.errors = [{ instancePath: instancePath + "/name", schemaPath: "#/$defs/VariableName/pattern", keyword: "pattern", params: { pattern: "^(?!.*__)[\\p{L}_$][\\p{L}\\p{N}_$]{0,63}$" } }];
return false;
}
} else {
validate30.errors = [{ instancePath: instancePath + "/name", schemaPath: "#/$defs/VariableName/type", keyword: "type", params: { type: "string" } }];
return false;
}
}
}
}
}
} else {
validate30.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } }];
return false;
}
}
validate30.errors = vErrors;
return errors === 0;
}
var ScopeListParams = validate31;
function validate31(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
let vErrors = null;
let errors = 0;
if (errors === 0) {
if (data && typeof data == "object" && !Array.isArray(data)) {
for (const key0 in data) {
validate31.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 } }];
return false;
break;
}
} else {
validate31.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } }];
return false;
}
}
validate31.errors = vErrors;
return errors === 0;
}
var ScopeSetParams = validate32;
function validate32(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
let vErrors = null;
let errors = 0;
if (errors === 0) {
if (data && typeof data == "object" && !Array.isArray(data)) {
let missing0;
if (data.name === void 0 && (missing0 = "name")) {
validate32.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 } }];
return false;
} else {
const _errs1 = errors;
for (const key0 in data) {
if (!(key0 === "name" || key0 === "value" || key0 === "ifVersion" || key0 === "expression")) {
validate32.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 } }];
return false;
break;
}
}
if (_errs1 === errors) {
if (data.name !== void 0) {
let data0 = data.name;
const _errs2 = errors;
const _errs3 = errors;
if (errors === _errs3) {
if (typeof data0 === "string") {
if (!pattern0.test(data0)) {
validate32.errors = [{ instancePath: instancePath + "/name", schemaPath: "#/$defs/VariableName/pattern", keyword: "pattern", params: { pattern: "^(?!.*__)[\\p{L}_$][\\p{L}\\p{N}_$]{0,63}$" } }];
return false;
}
} else {
validate32.errors = [{ instancePath: instancePath + "/name", schemaPath: "#/$defs/VariableName/type", keyword: "type", params: { type: "string" } }];
return false;
}
}
var valid0 = _errs2 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.value !== void 0) {
let data1 = data.value;
const _errs5 = errors;
const _errs6 = errors;
if (!(typeof data1 == "number" && isFinite(data1)) && typeof data1 !== "boolean" && typeof data1 !== "string" && !Array.isArray(data1)) {
validate32.errors = [{ instancePath: instancePath + "/value", schemaPath: "#/$defs/VariableValue/type", keyword: "type", params: { type: schema24.type } }];
return false;
}
if (errors === _errs6) {
if (Array.isArray(data1)) {
var valid3 = true;
const len0 = data1.length;
for (let i0 = 0; i0 < len0; i0++) {
let data2 = data1[i0];
const _errs8 = errors;
if (!(typeof data2 == "number" && isFinite(data2)) && !Array.isArray(data2)) {
validate32.errors = [{ instancePath: instancePath + "/value/" + i0, schemaPath: "#/$defs/VariableValue/items/type", keyword: "type", params: { type: schema24.items.type } }];
return false;
}
if (errors === _errs8) {
if (Array.isArray(data2)) {
var valid4 = true;
const len1 = data2.length;
for (let i1 = 0; i1 < len1; i1++) {
let data3 = data2[i1];
const _errs10 = errors;
if (!(typeof data3 == "number" && isFinite(data3))) {
validate32.errors = [{ instancePath: instancePath + "/value/" + i0 + "/" + i1, schemaPath: "#/$defs/VariableValue/items/items/type", keyword: "type", params: { type: "number" } }];
return false;
}
var valid4 = _errs10 === errors;
if (!valid4) {
break;
}
}
}
}
var valid3 = _errs8 === errors;
if (!valid3) {
break;
}
}
}
}
var valid0 = _errs5 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.ifVersion !== void 0) {
let data4 = data.ifVersion;
const _errs12 = errors;
if (!(typeof data4 == "number" && (!(data4 % 1) && !isNaN(data4)) && isFinite(data4))) {
validate32.errors = [{ instancePath: instancePath + "/ifVersion", schemaPath: "#/properties/ifVersion/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs12) {
if (typeof data4 == "number" && isFinite(data4)) {
if (data4 < 0 || isNaN(data4)) {
validate32.errors = [{ instancePath: instancePath + "/ifVersion", schemaPath: "#/properties/ifVersion/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 } }];
return false;
}
}
}
var valid0 = _errs12 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.expression !== void 0) {
const _errs14 = errors;
if (typeof data.expression !== "string") {
validate32.errors = [{ instancePath: instancePath + "/expression", schemaPath: "#/$defs/Expression/type", keyword: "type", params: { type: "string" } }];
return false;
}
var valid0 = _errs14 === errors;
} else {
var valid0 = true;
}
}
}
}
}
}
} else {
validate32.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } }];
return false;
}
}
validate32.errors = vErrors;
return errors === 0;
}
var ScopeUnsetParams = validate33;
function validate33(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
let vErrors = null;
let errors = 0;
if (errors === 0) {
if (data && typeof data == "object" && !Array.isArray(data)) {
let missing0;
if (data.name === void 0 && (missing0 = "name")) {
validate33.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 } }];
return false;
} else {
const _errs1 = errors;
for (const key0 in data) {
if (!(key0 === "name" || key0 === "ifVersion")) {
validate33.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 } }];
return false;
break;
}
}
if (_errs1 === errors) {
if (data.name !== void 0) {
let data0 = data.name;
const _errs2 = errors;
const _errs3 = errors;
if (errors === _errs3) {
if (typeof data0 === "string") {
if (!pattern0.test(data0)) {
validate33.errors = [{ instancePath: instancePath + "/name", schemaPath: "#/$defs/VariableName/pattern", keyword: "pattern", params: { pattern: "^(?!.*__)[\\p{L}_$][\\p{L}\\p{N}_$]{0,63}$" } }];
return false;
}
} else {
validate33.errors = [{ instancePath: instancePath + "/name", schemaPath: "#/$defs/VariableName/type", keyword: "type", params: { type: "string" } }];
return false;
}
}
var valid0 = _errs2 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.ifVersion !== void 0) {
let data1 = data.ifVersion;
const _errs5 = errors;
if (!(typeof data1 == "number" && (!(data1 % 1) && !isNaN(data1)) && isFinite(data1))) {
validate33.errors = [{ instancePath: instancePath + "/ifVersion", schemaPath: "#/properties/ifVersion/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs5) {
if (typeof data1 == "number" && isFinite(data1)) {
if (data1 < 0 || isNaN(data1)) {
validate33.errors = [{ instancePath: instancePath + "/ifVersion", schemaPath: "#/properties/ifVersion/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 } }];
return false;
}
}
}
var valid0 = _errs5 === errors;
} else {
var valid0 = true;
}
}
}
}
} else {
validate33.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } }];
return false;
}
}
validate33.errors = vErrors;
return errors === 0;
}
var ServerInfoParams = validate34;
function validate34(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
let vErrors = null;
let errors = 0;
if (errors === 0) {
if (data && typeof data == "object" && !Array.isArray(data)) {
for (const key0 in data) {
validate34.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 } }];
return false;
break;
}
} else {
validate34.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } }];
return false;
}
}
validate34.errors = vErrors;
return errors === 0;
}
var ServerPingParams = validate35;
function validate35(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
let vErrors = null;
let errors = 0;
if (errors === 0) {
if (data && typeof data == "object" && !Array.isArray(data)) {
for (const key0 in data) {
if (!(key0 === "echo")) {
validate35.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 } }];
return false;
break;
}
}
} else {
validate35.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } }];
return false;
}
}
validate35.errors = vErrors;
return errors === 0;
}
var ServerStatusParams = validate36;
function validate36(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
let vErrors = null;
let errors = 0;
if (errors === 0) {
if (data && typeof data == "object" && !Array.isArray(data)) {
for (const key0 in data) {
validate36.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 } }];
return false;
break;
}
} else {
validate36.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } }];
return false;
}
}
validate36.errors = vErrors;
return errors === 0;
}
var SessionCloseParams = validate37;
function validate37(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
let vErrors = null;
let errors = 0;
if (errors === 0) {
if (data && typeof data == "object" && !Array.isArray(data)) {
for (const key0 in data) {
validate37.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 } }];
return false;
break;
}
} else {
validate37.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } }];
return false;
}
}
validate37.errors = vErrors;
return errors === 0;
}
var SessionConfigureParams = validate38;
var schema62 = { "description": "What this connection is told without asking again: `scope.changed`, when other connections of the client change its variables. Instead of what it was told before; `[]` for nothing. At most `scopeWatchersMax` connections of a client. It ends when `session.open` leads to another session.", "type": "array", "maxItems": 8, "uniqueItems": true, "items": { "type": "string", "enum": ["scope.changed"] } };
function validate38(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
let vErrors = null;
let errors = 0;
if (errors === 0) {
if (data && typeof data == "object" && !Array.isArray(data)) {
const _errs1 = errors;
for (const key0 in data) {
if (!(key0 === "number" || key0 === "precision" || key0 === "history" || key0 === "implicit" || key0 === "events")) {
validate38.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 } }];
return false;
break;
}
}
if (_errs1 === errors) {
if (data.number !== void 0) {
let data0 = data.number;
const _errs2 = errors;
if (typeof data0 !== "string") {
validate38.errors = [{ instancePath: instancePath + "/number", schemaPath: "#/$defs/NumberKind/type", keyword: "type", params: { type: "string" } }];
return false;
}
if (!(data0 === "number" || data0 === "BigNumber" || data0 === "Fraction" || data0 === "bigint")) {
validate38.errors = [{ instancePath: instancePath + "/number", schemaPath: "#/$defs/NumberKind/enum", keyword: "enum", params: { allowedValues: schema25.enum } }];
return false;
}
var valid0 = _errs2 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.precision !== void 0) {
let data1 = data.precision;
const _errs5 = errors;
const _errs6 = errors;
if (!(typeof data1 == "number" && (!(data1 % 1) && !isNaN(data1)) && isFinite(data1))) {
validate38.errors = [{ instancePath: instancePath + "/precision", schemaPath: "#/$defs/Precision/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs6) {
if (typeof data1 == "number" && isFinite(data1)) {
if (data1 > 1e3 || isNaN(data1)) {
validate38.errors = [{ instancePath: instancePath + "/precision", schemaPath: "#/$defs/Precision/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e3 } }];
return false;
} else {
if (data1 < 1 || isNaN(data1)) {
validate38.errors = [{ instancePath: instancePath + "/precision", schemaPath: "#/$defs/Precision/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 } }];
return false;
}
}
}
}
var valid0 = _errs5 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.history !== void 0) {
const _errs8 = errors;
if (typeof data.history !== "boolean") {
validate38.errors = [{ instancePath: instancePath + "/history", schemaPath: "#/properties/history/type", keyword: "type", params: { type: "boolean" } }];
return false;
}
var valid0 = _errs8 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.implicit !== void 0) {
const _errs10 = errors;
if (typeof data.implicit !== "boolean") {
validate38.errors = [{ instancePath: instancePath + "/implicit", schemaPath: "#/$defs/Implicit/type", keyword: "type", params: { type: "boolean" } }];
return false;
}
var valid0 = _errs10 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.events !== void 0) {
let data4 = data.events;
const _errs13 = errors;
const _errs14 = errors;
if (errors === _errs14) {
if (Array.isArray(data4)) {
if (data4.length > 8) {
validate38.errors = [{ instancePath: instancePath + "/events", schemaPath: "#/$defs/EventNames/maxItems", keyword: "maxItems", params: { limit: 8 } }];
return false;
} else {
var valid5 = true;
const len0 = data4.length;
for (let i0 = 0; i0 < len0; i0++) {
let data5 = data4[i0];
const _errs16 = errors;
if (typeof data5 !== "string") {
validate38.errors = [{ instancePath: instancePath + "/events/" + i0, schemaPath: "#/$defs/EventNames/items/type", keyword: "type", params: { type: "string" } }];
return false;
}
if (!(data5 === "scope.changed")) {
validate38.errors = [{ instancePath: instancePath + "/events/" + i0, schemaPath: "#/$defs/EventNames/items/enum", keyword: "enum", params: { allowedValues: schema62.items.enum } }];
return false;
}
var valid5 = _errs16 === errors;
if (!valid5) {
break;
}
}
if (valid5) {
let i1 = data4.length;
let j0;
if (i1 > 1) {
const indices0 = {};
for (; i1--; ) {
let item0 = data4[i1];
if (typeof item0 !== "string") {
continue;
}
if (typeof indices0[item0] == "number") {
j0 = indices0[item0];
validate38.errors = [{ instancePath: instancePath + "/events", schemaPath: "#/$defs/EventNames/uniqueItems", keyword: "uniqueItems", params: { i: i1, j: j0 } }];
return false;
break;
}
indices0[item0] = i1;
}
}
}
}
} else {
validate38.errors = [{ instancePath: instancePath + "/events", schemaPath: "#/$defs/EventNames/type", keyword: "type", params: { type: "array" } }];
return false;
}
}
var valid0 = _errs13 === errors;
} else {
var valid0 = true;
}
}
}
}
}
}
} else {
validate38.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } }];
return false;
}
}
validate38.errors = vErrors;
return errors === 0;
}
var SessionInfoParams = validate39;
function validate39(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
let vErrors = null;
let errors = 0;
if (errors === 0) {
if (data && typeof data == "object" && !Array.isArray(data)) {
for (const key0 in data) {
validate39.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 } }];
return false;
break;
}
} else {
validate39.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } }];
return false;
}
}
validate39.errors = vErrors;
return errors === 0;
}
var SessionOpenParams = validate40;
var pattern6 = new RegExp("^[A-Za-z0-9_-]{16,128}$", "u");
function validate40(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
let vErrors = null;
let errors = 0;
if (errors === 0) {
if (data && typeof data == "object" && !Array.isArray(data)) {
const _errs1 = errors;
for (const key0 in data) {
if (!(key0 === "resume" || key0 === "token" || key0 === "nick" || key0 === "number" || key0 === "precision" || key0 === "events")) {
validate40.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 } }];
return false;
break;
}
}
if (_errs1 === errors) {
if (data.resume !== void 0) {
let data0 = data.resume;
const _errs2 = errors;
if (errors === _errs2) {
if (typeof data0 === "string") {
if (!pattern6.test(data0)) {
validate40.errors = [{ instancePath: instancePath + "/resume", schemaPath: "#/properties/resume/pattern", keyword: "pattern", params: { pattern: "^[A-Za-z0-9_-]{16,128}$" } }];
return false;
}
} else {
validate40.errors = [{ instancePath: instancePath + "/resume", schemaPath: "#/properties/resume/type", keyword: "type", params: { type: "string" } }];
return false;
}
}
var valid0 = _errs2 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.token !== void 0) {
let data1 = data.token;
const _errs4 = errors;
if (errors === _errs4) {
if (typeof data1 === "string") {
if (func2(data1) > 256) {
validate40.errors = [{ instancePath: instancePath + "/token", schemaPath: "#/properties/token/maxLength", keyword: "maxLength", params: { limit: 256 } }];
return false;
} else {
if (func2(data1) < 1) {
validate40.errors = [{ instancePath: instancePath + "/token", schemaPath: "#/properties/token/minLength", keyword: "minLength", params: { limit: 1 } }];
return false;
}
}
} else {
validate40.errors = [{ instancePath: instancePath + "/token", schemaPath: "#/properties/token/type", keyword: "type", params: { type: "string" } }];
return false;
}
}
var valid0 = _errs4 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.nick !== void 0) {
let data2 = data.nick;
const _errs6 = errors;
const _errs7 = errors;
if (errors === _errs7) {
if (typeof data2 === "string") {
if (func2(data2) > 128) {
validate40.errors = [{ instancePath: instancePath + "/nick", schemaPath: "#/$defs/Nick/maxLength", keyword: "maxLength", params: { limit: 128 } }];
return false;
}
} else {
validate40.errors = [{ instancePath: instancePath + "/nick", schemaPath: "#/$defs/Nick/type", keyword: "type", params: { type: "string" } }];
return false;
}
}
var valid0 = _errs6 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.number !== void 0) {
let data3 = data.number;
const _errs9 = errors;
if (typeof data3 !== "string") {
validate40.errors = [{ instancePath: instancePath + "/number", schemaPath: "#/$defs/NumberKind/type", keyword: "type", params: { type: "string" } }];
return false;
}
if (!(data3 === "number" || data3 === "BigNumber" || data3 === "Fraction" || data3 === "bigint")) {
validate40.errors = [{ instancePath: instancePath + "/number", schemaPath: "#/$defs/NumberKind/enum", keyword: "enum", params: { allowedValues: schema25.enum } }];
return false;
}
var valid0 = _errs9 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.precision !== void 0) {
let data4 = data.precision;
const _errs12 = errors;
const _errs13 = errors;
if (!(typeof data4 == "number" && (!(data4 % 1) && !isNaN(data4)) && isFinite(data4))) {
validate40.errors = [{ instancePath: instancePath + "/precision", schemaPath: "#/$defs/Precision/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs13) {
if (typeof data4 == "number" && isFinite(data4)) {
if (data4 > 1e3 || isNaN(data4)) {
validate40.errors = [{ instancePath: instancePath + "/precision", schemaPath: "#/$defs/Precision/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e3 } }];
return false;
} else {
if (data4 < 1 || isNaN(data4)) {
validate40.errors = [{ instancePath: instancePath + "/precision", schemaPath: "#/$defs/Precision/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 } }];
return false;
}
}
}
}
var valid0 = _errs12 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.events !== void 0) {
let data5 = data.events;
const _errs15 = errors;
const _errs16 = errors;
if (errors === _errs16) {
if (Array.isArray(data5)) {
if (data5.length > 8) {
validate40.errors = [{ instancePath: instancePath + "/events", schemaPath: "#/$defs/EventNames/maxItems", keyword: "maxItems", params: { limit: 8 } }];
return false;
} else {
var valid5 = true;
const len0 = data5.length;
for (let i0 = 0; i0 < len0; i0++) {
let data6 = data5[i0];
const _errs18 = errors;
if (typeof data6 !== "string") {
validate40.errors = [{ instancePath: instancePath + "/events/" + i0, schemaPath: "#/$defs/EventNames/items/type", keyword: "type", params: { type: "string" } }];
return false;
}
if (!(data6 === "scope.changed")) {
validate40.errors = [{ instancePath: instancePath + "/events/" + i0, schemaPath: "#/$defs/EventNames/items/enum", keyword: "enum", params: { allowedValues: schema62.items.enum } }];
return false;
}
var valid5 = _errs18 === errors;
if (!valid5) {
break;
}
}
if (valid5) {
let i1 = data5.length;
let j0;
if (i1 > 1) {
const indices0 = {};
for (; i1--; ) {
let item0 = data5[i1];
if (typeof item0 !== "string") {
continue;
}
if (typeof indices0[item0] == "number") {
j0 = indices0[item0];
validate40.errors = [{ instancePath: instancePath + "/events", schemaPath: "#/$defs/EventNames/uniqueItems", keyword: "uniqueItems", params: { i: i1, j: j0 } }];
return false;
break;
}
indices0[item0] = i1;
}
}
}
}
} else {
validate40.errors = [{ instancePath: instancePath + "/events", schemaPath: "#/$defs/EventNames/type", keyword: "type", params: { type: "array" } }];
return false;
}
}
var valid0 = _errs15 === errors;
} else {
var valid0 = true;
}
}
}
}
}
}
}
} else {
validate40.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } }];
return false;
}
}
validate40.errors = vErrors;
return errors === 0;
}
var Config = validate41;
var schema69 = { "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Every setting. The flag and the environment variable follow from the name: evaluateMs, --evaluate-ms, CANADUCK_EVALUATE_MS.", "type": "object", "additionalProperties": false, "properties": { "listen": { "type": "array", "items": { "type": "string", "pattern": "^((tcp|tls)://.+:[0-9]{1,5}|unix:.+)$" }, "minItems": 1, "default": ["tcp://127.0.0.1:7070"], "placeholder": "URL", "reason": "Where to listen, tcp://HOST:PORT, tls://HOST:PORT or unix:PATH; may be given several times. Port 0 takes a free port. What is not on loopback needs tls and anonymous refused." }, "socketMode": { "type": "string", "pattern": "^[0-7]{3}$", "default": "600", "placeholder": "MODE", "reason": "Permissions of a unix socket's file, octal. Whoever may write to it may connect." }, "tlsCertificate": { "type": "string", "default": "", "placeholder": "FILE", "reason": "Certificate of the tls:// addresses in PEM, with what stands between it and the authority; read anew on SIGHUP." }, "tlsKey": { "type": "string", "default": "", "placeholder": "FILE", "reason": "Private key of the certificate in PEM, without a passphrase; read anew on SIGHUP." }, "tlsHandshakeMs": { "type": "integer", "minimum": 100, "maximum": 6e5, "default": 1e4, "unit": "ms", "announced": true, "reason": "Time from the connection to the end of its TLS handshake; stops peers that shake hands a byte a minute." }, "tokens": { "type": "string", "minLength": 1, "default": "{state}/canaduck/tokens.json", "placeholder": "FILE", "reason": "File of the tokens that canaduck token makes; read anew on SIGHUP. A file that is not there holds none. {state} is $XDG_STATE_HOME or ~/.local/state." }, "anonymous": { "type": "string", "enum": ["allowed", "refused"], "default": "allowed", "placeholder": "MODE", "reason": "Whether who has no token may calculate; refused leaves such a client session.open, server.ping and rpc.discover." }, "insecurePublic": { "type": "string", "enum": ["refused", "allowed"], "default": "refused", "placeholder": "MODE", "reason": "Whether an address that others than this machine can reach may be listened on without tls or with anonymous allowed." }, "tokenFailuresPerAddressMax": { "type": "integer", "minimum": 1, "maximum": 1e6, "default": 10, "unit": "failures", "announced": true, "reason": "Wrong tokens from one address (of IPv6: one /64) in tokenFailuresMs; after that no token from there is looked at. A person mistypes a few times." }, "tokenFailuresMax": { "type": "integer", "minimum": 1, "maximum": 1e6, "default": 1e4, "unit": "failures", "announced": true, "reason": "Wrong tokens from all addresses together in tokenFailuresMs; bounds what is remembered of them." }, "tokenFailuresMs": { "type": "integer", "minimum": 100, "maximum": 864e5, "default": 6e4, "unit": "ms", "announced": true, "reason": "How long a wrong token is remembered of its address." }, "history": { "type": "string", "pattern": "^(sqlite:.+|memory:)$", "default": "sqlite:{state}/canaduck/history.db", "placeholder": "URL", "reason": "Where answers are kept: sqlite:PATH survives a power cut, memory: forgets at exit. {state} is $XDG_STATE_HOME or ~/.local/state." }, "jail": { "type": "string", "enum": ["require", "prefer", "off"], "default": "prefer", "placeholder": "MODE", "reason": "What to do when a layer of the jail is missing: require refuses to start, prefer says so and goes on, off starts without the optional layers. All of them stand on Linux with bubblewrap only." }, "cacheDir": { "type": "string", "minLength": 1, "default": "{cache}/canaduck", "placeholder": "DIR", "reason": "Where the evaluator's start-up snapshot is kept. {cache} is $XDG_CACHE_HOME or ~/.cache." }, "logLevel": { "type": "string", "enum": ["trace", "debug", "info", "warn", "error", "fatal", "silent"], "default": "info", "placeholder": "LEVEL", "reason": "How much the log on stderr says." }, "slowCallMs": { "type": "integer", "minimum": 0, "maximum": 6e5, "default": 1e3, "unit": "ms", "reason": "A call that takes as long gets a line in the log: its method, its times and what became of it, never its content. At most ten lines a second." }, "metrics": { "type": "string", "pattern": "^(off|.+:[0-9]{1,5})$", "default": "off", "placeholder": "HOST:PORT", "reason": "Where to serve /metrics (Prometheus), /healthz and /readyz over HTTP, such as 127.0.0.1:9464. Port 0 takes a free port, which the log tells." }, "metricsPublic": { "type": "string", "enum": ["no", "yes"], "default": "no", "placeholder": "no|yes", "reason": "Whether metrics may be served on an address that other machines can reach: who reads them learns how busy the server is, and nothing asks who they are." }, "evaluators": { "type": "integer", "minimum": 1, "maximum": 64, "default": 2, "unit": "processes", "reason": "Jailed processes that work at the same time; at least two are started, one of them for expressions that are provably cheap, and a warm spare comes on top, and two for clients who are not known yet or burn." }, "frameBytesMax": { "type": "integer", "minimum": 1024, "maximum": 1048576, "default": 65536, "unit": "bytes", "announced": true, "reason": "Longest line: sixteen longest expressions. What is longer is skipped, never buffered." }, "rowsFrameBytesMax": { "type": "integer", "minimum": 1024, "maximum": 67108864, "default": 8388608, "unit": "bytes", "announced": true, "reason": "Longest line that carries calc.evaluateRows and says so at its beginning: 100,000 rows of four columns take about 4 MB." }, "rowsBytesMax": { "type": "integer", "minimum": 65536, "maximum": 4294967296, "default": 67108864, "unit": "bytes", "announced": true, "reason": "Long lines that are coming in and rows in work, of all connections together; eight of the longest fit, who comes next is told server_busy." }, "rowsMax": { "type": "integer", "minimum": 1, "maximum": 1e7, "default": 1e5, "unit": "rows", "announced": true, "reason": "Rows of one calc.evaluateRows; who has more sends them in parts." }, "rowsNamesMax": { "type": "integer", "minimum": 64, "maximum": 1e5, "default": 128, "unit": "names", "announced": true, "reason": "Different names of members in one line over frameBytesMax: 64 columns and the envelope. They are remembered while the line comes in." }, "rowsMs": { "type": "integer", "minimum": 10, "maximum": 6e5, "default": 5e3, "unit": "ms", "announced": true, "reason": "Time in the jail all rows of one call may take together; 100,000 rows of a formula take under 200." }, "pointsMax": { "type": "integer", "minimum": 2, "maximum": 1e5, "default": 1e4, "unit": "points", "announced": true, "reason": "Points of one calc.sample: more than a screen has columns." }, "replyBytesMax": { "type": "integer", "minimum": 4096, "maximum": 134217728, "default": 4194304, "unit": "bytes", "announced": true, "reason": "Longest reply, and all replies of one batch together: half of outputBytesHardMax, so that no peer that reads is closed over a single line." }, "messageDepthMax": { "type": "integer", "minimum": 8, "maximum": 256, "default": 64, "unit": "levels", "announced": true, "reason": "Nesting of a message, counted before anything recursive sees it." }, "expressionBytesMax": { "type": "integer", "minimum": 64, "maximum": 32768, "default": 4096, "unit": "bytes", "announced": true, "reason": "Longest expression; the parser's time grows with it." }, "userExpressionBytesMax": { "type": "integer", "minimum": 64, "maximum": 32768, "default": 16384, "unit": "bytes", "reason": "expressionBytesMax for who has a token of the role user or operator; the larger of the two counts." }, "depthMax": { "type": "integer", "minimum": 10, "maximum": 500, "default": 100, "unit": "levels", "announced": true, "reason": "Nesting of an expression: the parser and the evaluator recurse, and a stack ends." }, "nodesMax": { "type": "integer", "minimum": 10, "maximum": 2e4, "default": 2e3, "unit": "nodes", "announced": true, "reason": "Parts of one expression." }, "elementsMax": { "type": "integer", "minimum": 100, "maximum": 1e7, "default": 1e6, "unit": "elements", "announced": true, "reason": "Elements of one matrix, range or list: a million numbers are 8 MB, more meets heapMb." }, "evaluateMs": { "type": "integer", "minimum": 10, "maximum": 5e3, "default": 250, "unit": "ms", "announced": true, "reason": "Time one evaluation may take before its process is killed; the work of a person's formula is under 10 ms." }, "evaluateMsCeiling": { "type": "integer", "minimum": 10, "maximum": 5e3, "default": 5e3, "unit": "ms", "announced": true, "reason": "What the role user may ask for by limits.timeMs; who has no token gets evaluateMs at most. It holds one jailed process for so long." }, "heapMb": { "type": "integer", "minimum": 64, "maximum": 2048, "default": 128, "unit": "MB", "announced": true, "reason": "JavaScript heap of one jailed process; mathjs itself needs about 30." }, "rssMb": { "type": "integer", "minimum": 96, "maximum": 4096, "default": 256, "unit": "MB", "announced": true, "reason": "Resident memory at which a jailed process is killed: heap, plus what typed arrays hold outside it." }, "resultBytesMax": { "type": "integer", "minimum": 256, "maximum": 4194304, "default": 262144, "unit": "bytes", "announced": true, "reason": "Longest value as JSON; it is stored in the history, so it costs disk as well as network." }, "userResultBytesMax": { "type": "integer", "minimum": 256, "maximum": 4194304, "default": 1048576, "unit": "bytes", "reason": "resultBytesMax for the role user or operator; the larger of the two counts. Four of them fit below outputBytesHardMax." }, "variablesMax": { "type": "integer", "minimum": 1, "maximum": 4096, "default": 256, "unit": "variables", "announced": true, "reason": "Variables and functions one session may hold." }, "variablesBytesMax": { "type": "integer", "minimum": 1024, "maximum": 4194304, "default": 262144, "unit": "bytes", "announced": true, "reason": "Size of all variables of one session together, as stored." }, "scopeWatchersMax": { "type": "integer", "minimum": 1, "maximum": 4096, "default": 64, "unit": "connections", "announced": true, "reason": "Connections of one client that are told when its variables change: one call makes so many events." }, "scopeChangesMax": { "type": "integer", "minimum": 1, "maximum": 4096, "default": 64, "unit": "names", "announced": true, "reason": "Variables told of in one scope.changed; of more only that there are more. Four kilobytes, as 64 expressions of a person assign." }, "callsInFlightMax": { "type": "integer", "minimum": 1, "maximum": 4096, "default": 256, "unit": "calls", "announced": true, "reason": "Unanswered calls of one connection; at the limit the server stops reading from it." }, "userCallsInFlightMax": { "type": "integer", "minimum": 1, "maximum": 4096, "default": 1024, "unit": "calls", "reason": "callsInFlightMax for the role user or operator; the larger of the two counts. As many as queuePerClientMax." }, "batchMax": { "type": "integer", "minimum": 1, "maximum": 1e3, "default": 100, "unit": "calls", "announced": true, "reason": "Items of one JSON-RPC batch; its answers are held until the last is there." }, "outputBytesSoftMax": { "type": "integer", "minimum": 4096, "maximum": 67108864, "default": 1048576, "unit": "bytes", "announced": true, "reason": "Answers a connection may leave unread for outputSoftMs." }, "outputBytesHardMax": { "type": "integer", "minimum": 4096, "maximum": 268435456, "default": 8388608, "unit": "bytes", "announced": true, "reason": "Unread answers at which a connection is closed at once; larger than the largest result." }, "outputSoftMs": { "type": "integer", "minimum": 100, "maximum": 6e5, "default": 1e4, "unit": "ms", "announced": true, "reason": "How long a connection may stay above outputBytesSoftMax before it is closed." }, "frameMs": { "type": "integer", "minimum": 100, "maximum": 6e5, "default": 1e4, "unit": "ms", "announced": true, "reason": "Time from the first to the last byte of a message; stops peers that write a byte a minute." }, "idleMs": { "type": "integer", "minimum": 1e3, "maximum": 864e5, "default": 6e5, "unit": "ms", "announced": true, "reason": "Silence after which a connection is closed; a blank line is a keep-alive." }, "refusedFramesMax": { "type": "integer", "minimum": 1, "maximum": 1e6, "default": 20, "unit": "frames", "announced": true, "reason": "Lines, messages and items of batches of one connection that are no request, a second; who sent more is answered, and not read from until it would have been as many seconds. A program with a mistake in it sends a few; eight peers that pour nothing else take 2 percent of a processor with this, and a whole one without." }, "refusedPauseMs": { "type": "integer", "minimum": 1, "maximum": 6e5, "default": 1e4, "unit": "ms", "announced": true, "reason": "How long a connection is not read from at most for refusedFramesMax: a text of thousands of lines that came to the wrong door has its end noticed." }, "connectionsMax": { "type": "integer", "minimum": 1, "maximum": 1e5, "default": 1e4, "unit": "connections", "announced": true, "reason": "Open connections in all." }, "connectionsPerAddressMax": { "type": "integer", "minimum": 1, "maximum": 1e5, "default": 256, "unit": "connections", "announced": true, "reason": "Open connections of one address that is not loopback." }, "anonymousKeptMs": { "type": "integer", "minimum": 1e3, "maximum": 31536e6, "default": 18e5, "unit": "ms", "announced": true, "reason": "How long the history and variables of a client without a token are kept after its last sign of life." }, "principalsKeptMax": { "type": "integer", "minimum": 1, "maximum": 1e6, "default": 1e4, "unit": "clients", "announced": true, "reason": "Clients whose variables are held in memory; past it those gone longest lose their variables, never their history." }, "queueMax": { "type": "integer", "minimum": 1, "maximum": 1e6, "default": 16384, "unit": "calls", "announced": true, "reason": "Calls that wait for an evaluator, of all clients; more could not be begun within queueMs." }, "queuePerClientMax": { "type": "integer", "minimum": 1, "maximum": 1e6, "default": 1024, "unit": "calls", "announced": true, "reason": "Calls of one client that wait for an evaluator; leaves room for at least sixteen clients." }, "queueMs": { "type": "integer", "minimum": 10, "maximum": 6e5, "default": 5e3, "unit": "ms", "announced": true, "reason": "Time a call may wait before it is refused instead of begun." }, "penalMs": { "type": "integer", "minimum": 100, "maximum": 36e5, "default": 1e4, "unit": "ms", "reason": "How long a client whose work was killed, or used more than burnPercent, works behind the others; and how long newcomers from its address do." }, "burnPercent": { "type": "integer", "minimum": 1, "maximum": 100, "default": 25, "unit": "percent", "reason": "Share of one processor that a client may use for long with work that is not provably cheap; who uses more works behind the others." }, "sparesKeptMs": { "type": "integer", "minimum": 100, "maximum": 864e5, "default": 1e4, "unit": "ms", "reason": "How long after the last call jailed processes beyond two are kept; the next call that is not answered from memory starts them again, some 150 ms of CPU each: 5 percent of a processor at worst." }, "quotaCpuMs": { "type": "integer", "minimum": 0, "maximum": 36e5, "default": 3e4, "unit": "ms", "announced": true, "reason": "Processor time one client may use within quotaWindowMs: half a processor for as long as it likes, ten times what a person or a busy script needs. 0 sets no quota." }, "userQuotaCpuMs": { "type": "integer", "minimum": 1, "maximum": 36e5, "default": 6e4, "unit": "ms", "reason": "quotaCpuMs for the role user or operator, a whole processor for as long as it likes; the larger of the two counts, and where quotaCpuMs is 0 there is no quota." }, "quotaWindowMs": { "type": "integer", "minimum": 1e3, "maximum": 864e5, "default": 6e4, "unit": "ms", "announced": true, "reason": "Time in which quotaCpuMs of processor time come back; a minute, so that who was refused can go on soon." }, "memoEntriesMax": { "type": "integer", "minimum": 0, "maximum": 1e6, "default": 4096, "unit": "entries", "reason": "Results remembered of expressions asked for again, each of at most 2,048 characters with its expression: 8 MB at most, far less as a rule. 0 remembers none." }, "appendsMax": { "type": "integer", "minimum": 16, "maximum": 1e6, "default": 16384, "unit": "entries", "announced": true, "reason": "Entries that wait for the disk, of all clients; at the limit calls get server_busy, calls with record: false go on." }, "historyBytesMax": { "type": "integer", "minimum": 1048576, "maximum": 17592186036224, "default": 10737418240, "unit": "bytes", "announced": true, "reason": "Size of the history's file, of all clients together: about 60 million short calculations; what a short log beside it holds comes on top. When it is used up calls get storage_full, calls with record: false go on. memory: has 268435456 at most." }, "historyBytesPerClientMax": { "type": "integer", "minimum": 1024, "maximum": 17592186036224, "default": 268435456, "unit": "bytes", "announced": true, "reason": "Entries of one client's history, each with its texts and 200 bytes: about a million short calculations, and a fortieth of historyBytesMax. When they are used up the client gets storage_full until it clears some; nothing is dropped for it." }, "tracesMax": { "type": "integer", "minimum": 1, "maximum": 64, "default": 4, "unit": "traces", "announced": true, "reason": "admin.trace calls at a time: while any runs, every call answered costs a look at each of them." }, "drainMs": { "type": "integer", "minimum": 0, "maximum": 6e5, "default": 1e4, "unit": "ms", "announced": true, "reason": "Time calls in flight get to finish after the first SIGTERM." } }, "required": ["listen", "socketMode", "tlsCertificate", "tlsKey", "tlsHandshakeMs", "tokens", "anonymous", "insecurePublic", "tokenFailuresPerAddressMax", "tokenFailuresMax", "tokenFailuresMs", "history", "jail", "cacheDir", "logLevel", "slowCallMs", "metrics", "metricsPublic", "evaluators", "frameBytesMax", "rowsFrameBytesMax", "rowsBytesMax", "rowsMax", "rowsNamesMax", "rowsMs", "pointsMax", "replyBytesMax", "messageDepthMax", "expressionBytesMax", "userExpressionBytesMax", "depthMax", "nodesMax", "elementsMax", "evaluateMs", "evaluateMsCeiling", "heapMb", "rssMb", "resultBytesMax", "userResultBytesMax", "variablesMax", "variablesBytesMax", "scopeWatchersMax", "scopeChangesMax", "callsInFlightMax", "userCallsInFlightMax", "batchMax", "outputBytesSoftMax", "outputBytesHardMax", "outputSoftMs", "frameMs", "idleMs", "refusedFramesMax", "refusedPauseMs", "connectionsMax", "connectionsPerAddressMax", "anonymousKeptMs", "principalsKeptMax", "queueMax", "queuePerClientMax", "queueMs", "penalMs", "burnPercent", "sparesKeptMs", "quotaCpuMs", "userQuotaCpuMs", "quotaWindowMs", "memoEntriesMax", "appendsMax", "historyBytesMax", "historyBytesPerClientMax", "tracesMax", "drainMs"] };
var pattern7 = new RegExp("^((tcp|tls)://.+:[0-9]{1,5}|unix:.+)$", "u");
var pattern8 = new RegExp("^[0-7]{3}$", "u");
var pattern9 = new RegExp("^(sqlite:.+|memory:)$", "u");
var pattern10 = new RegExp("^(off|.+:[0-9]{1,5})$", "u");
function validate41(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
let vErrors = null;
let errors = 0;
if (errors === 0) {
if (data && typeof data == "object" && !Array.isArray(data)) {
let missing0;
if (data.listen === void 0 && (missing0 = "listen") || data.socketMode === void 0 && (missing0 = "socketMode") || data.tlsCertificate === void 0 && (missing0 = "tlsCertificate") || data.tlsKey === void 0 && (missing0 = "tlsKey") || data.tlsHandshakeMs === void 0 && (missing0 = "tlsHandshakeMs") || data.tokens === void 0 && (missing0 = "tokens") || data.anonymous === void 0 && (missing0 = "anonymous") || data.insecurePublic === void 0 && (missing0 = "insecurePublic") || data.tokenFailuresPerAddressMax === void 0 && (missing0 = "tokenFailuresPerAddressMax") || data.tokenFailuresMax === void 0 && (missing0 = "tokenFailuresMax") || data.tokenFailuresMs === void 0 && (missing0 = "tokenFailuresMs") || data.history === void 0 && (missing0 = "history") || data.jail === void 0 && (missing0 = "jail") || data.cacheDir === void 0 && (missing0 = "cacheDir") || data.logLevel === void 0 && (missing0 = "logLevel") || data.slowCallMs === void 0 && (missing0 = "slowCallMs") || data.metrics === void 0 && (missing0 = "metrics") || data.metricsPublic === void 0 && (missing0 = "metricsPublic") || data.evaluators === void 0 && (missing0 = "evaluators") || data.frameBytesMax === void 0 && (missing0 = "frameBytesMax") || data.rowsFrameBytesMax === void 0 && (missing0 = "rowsFrameBytesMax") || data.rowsBytesMax === void 0 && (missing0 = "rowsBytesMax") || data.rowsMax === void 0 && (missing0 = "rowsMax") || data.rowsNamesMax === void 0 && (missing0 = "rowsNamesMax") || data.rowsMs === void 0 && (missing0 = "rowsMs") || data.pointsMax === void 0 && (missing0 = "pointsMax") || data.replyBytesMax === void 0 && (missing0 = "replyBytesMax") || data.messageDepthMax === void 0 && (missing0 = "messageDepthMax") || data.expressionBytesMax === void 0 && (missing0 = "expressionBytesMax") || data.userExpressionBytesMax === void 0 && (missing0 = "userExpressionBytesMax") || data.depthMax === void 0 && (missing0 = "depthMax") || data.nodesMax === void 0 && (missing0 = "nodesMax") || data.elementsMax === void 0 && (missing0 = "elementsMax") || data.evaluateMs === void 0 && (missing0 = "evaluateMs") || data.evaluateMsCeiling === void 0 && (missing0 = "evaluateMsCeiling") || data.heapMb === void 0 && (missing0 = "heapMb") || data.rssMb === void 0 && (missing0 = "rssMb") || data.resultBytesMax === void 0 && (missing0 = "resultBytesMax") || data.userResultBytesMax === void 0 && (missing0 = "userResultBytesMax") || data.variablesMax === void 0 && (missing0 = "variablesMax") || data.variablesBytesMax === void 0 && (missing0 = "variablesBytesMax") || data.scopeWatchersMax === void 0 && (missing0 = "scopeWatchersMax") || data.scopeChangesMax === void 0 && (missing0 = "scopeChangesMax") || data.callsInFlightMax === void 0 && (missing0 = "callsInFlightMax") || data.userCallsInFlightMax === void 0 && (missing0 = "userCallsInFlightMax") || data.batchMax === void 0 && (missing0 = "batchMax") || data.outputBytesSoftMax === void 0 && (missing0 = "outputBytesSoftMax") || data.outputBytesHardMax === void 0 && (missing0 = "outputBytesHardMax") || data.outputSoftMs === void 0 && (missing0 = "outputSoftMs") || data.frameMs === void 0 && (missing0 = "frameMs") || data.idleMs === void 0 && (missing0 = "idleMs") || data.refusedFramesMax === void 0 && (missing0 = "refusedFramesMax") || data.refusedPauseMs === void 0 && (missing0 = "refusedPauseMs") || data.connectionsMax === void 0 && (missing0 = "connectionsMax") || data.connectionsPerAddressMax === void 0 && (missing0 = "connectionsPerAddressMax") || data.anonymousKeptMs === void 0 && (missing0 = "anonymousKeptMs") || data.principalsKeptMax === void 0 && (missing0 = "principalsKeptMax") || data.queueMax === void 0 && (missing0 = "queueMax") || data.queuePerClientMax === void 0 && (missing0 = "queuePerClientMax") || data.queueMs === void 0 && (missing0 = "queueMs") || data.penalMs === void 0 && (missing0 = "penalMs") || data.burnPercent === void 0 && (missing0 = "burnPercent") || data.sparesKeptMs === void 0 && (missing0 = "sparesKeptMs") || data.quotaCpuMs === void 0 && (missing0 = "quotaCpuMs") || data.userQuotaCpuMs === void 0 && (missing0 = "userQuotaCpuMs") || data.quotaWindowMs === void 0 && (missing0 = "quotaWindowMs") || data.memoEntriesMax === void 0 && (missing0 = "memoEntriesMax") || data.appendsMax === void 0 && (missing0 = "appendsMax") || data.historyBytesMax === void 0 && (missing0 = "historyBytesMax") || data.historyBytesPerClientMax === void 0 && (missing0 = "historyBytesPerClientMax") || data.tracesMax === void 0 && (missing0 = "tracesMax") || data.drainMs === void 0 && (missing0 = "drainMs")) {
validate41.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 } }];
return false;
} else {
const _errs1 = errors;
for (const key0 in data) {
if (!func10.call(schema69.properties, key0)) {
validate41.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 } }];
return false;
break;
}
}
if (_errs1 === errors) {
if (data.listen !== void 0) {
let data0 = data.listen;
const _errs2 = errors;
if (errors === _errs2) {
if (Array.isArray(data0)) {
if (data0.length < 1) {
validate41.errors = [{ instancePath: instancePath + "/listen", schemaPath: "#/properties/listen/minItems", keyword: "minItems", params: { limit: 1 } }];
return false;
} else {
var valid1 = true;
const len0 = data0.length;
for (let i0 = 0; i0 < len0; i0++) {
let data1 = data0[i0];
const _errs4 = errors;
if (errors === _errs4) {
if (typeof data1 === "string") {
if (!pattern7.test(data1)) {
validate41.errors = [{ instancePath: instancePath + "/listen/" + i0, schemaPath: "#/properties/listen/items/pattern", keyword: "pattern", params: { pattern: "^((tcp|tls)://.+:[0-9]{1,5}|unix:.+)$" } }];
return false;
}
} else {
validate41.errors = [{ instancePath: instancePath + "/listen/" + i0, schemaPath: "#/properties/listen/items/type", keyword: "type", params: { type: "string" } }];
return false;
}
}
var valid1 = _errs4 === errors;
if (!valid1) {
break;
}
}
}
} else {
validate41.errors = [{ instancePath: instancePath + "/listen", schemaPath: "#/properties/listen/type", keyword: "type", params: { type: "array" } }];
return false;
}
}
var valid0 = _errs2 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.socketMode !== void 0) {
let data2 = data.socketMode;
const _errs6 = errors;
if (errors === _errs6) {
if (typeof data2 === "string") {
if (!pattern8.test(data2)) {
validate41.errors = [{ instancePath: instancePath + "/socketMode", schemaPath: "#/properties/socketMode/pattern", keyword: "pattern", params: { pattern: "^[0-7]{3}$" } }];
return false;
}
} else {
validate41.errors = [{ instancePath: instancePath + "/socketMode", schemaPath: "#/properties/socketMode/type", keyword: "type", params: { type: "string" } }];
return false;
}
}
var valid0 = _errs6 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.tlsCertificate !== void 0) {
const _errs8 = errors;
if (typeof data.tlsCertificate !== "string") {
validate41.errors = [{ instancePath: instancePath + "/tlsCertificate", schemaPath: "#/properties/tlsCertificate/type", keyword: "type", params: { type: "string" } }];
return false;
}
var valid0 = _errs8 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.tlsKey !== void 0) {
const _errs10 = errors;
if (typeof data.tlsKey !== "string") {
validate41.errors = [{ instancePath: instancePath + "/tlsKey", schemaPath: "#/properties/tlsKey/type", keyword: "type", params: { type: "string" } }];
return false;
}
var valid0 = _errs10 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.tlsHandshakeMs !== void 0) {
let data5 = data.tlsHandshakeMs;
const _errs12 = errors;
if (!(typeof data5 == "number" && (!(data5 % 1) && !isNaN(data5)) && isFinite(data5))) {
validate41.errors = [{ instancePath: instancePath + "/tlsHandshakeMs", schemaPath: "#/properties/tlsHandshakeMs/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs12) {
if (typeof data5 == "number" && isFinite(data5)) {
if (data5 > 6e5 || isNaN(data5)) {
validate41.errors = [{ instancePath: instancePath + "/tlsHandshakeMs", schemaPath: "#/properties/tlsHandshakeMs/maximum", keyword: "maximum", params: { comparison: "<=", limit: 6e5 } }];
return false;
} else {
if (data5 < 100 || isNaN(data5)) {
validate41.errors = [{ instancePath: instancePath + "/tlsHandshakeMs", schemaPath: "#/properties/tlsHandshakeMs/minimum", keyword: "minimum", params: { comparison: ">=", limit: 100 } }];
return false;
}
}
}
}
var valid0 = _errs12 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.tokens !== void 0) {
let data6 = data.tokens;
const _errs14 = errors;
if (errors === _errs14) {
if (typeof data6 === "string") {
if (func2(data6) < 1) {
validate41.errors = [{ instancePath: instancePath + "/tokens", schemaPath: "#/properties/tokens/minLength", keyword: "minLength", params: { limit: 1 } }];
return false;
}
} else {
validate41.errors = [{ instancePath: instancePath + "/tokens", schemaPath: "#/properties/tokens/type", keyword: "type", params: { type: "string" } }];
return false;
}
}
var valid0 = _errs14 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.anonymous !== void 0) {
let data7 = data.anonymous;
const _errs16 = errors;
if (typeof data7 !== "string") {
validate41.errors = [{ instancePath: instancePath + "/anonymous", schemaPath: "#/properties/anonymous/type", keyword: "type", params: { type: "string" } }];
return false;
}
if (!(data7 === "allowed" || data7 === "refused")) {
validate41.errors = [{ instancePath: instancePath + "/anonymous", schemaPath: "#/properties/anonymous/enum", keyword: "enum", params: { allowedValues: schema69.properties.anonymous.enum } }];
return false;
}
var valid0 = _errs16 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.insecurePublic !== void 0) {
let data8 = data.insecurePublic;
const _errs18 = errors;
if (typeof data8 !== "string") {
validate41.errors = [{ instancePath: instancePath + "/insecurePublic", schemaPath: "#/properties/insecurePublic/type", keyword: "type", params: { type: "string" } }];
return false;
}
if (!(data8 === "refused" || data8 === "allowed")) {
validate41.errors = [{ instancePath: instancePath + "/insecurePublic", schemaPath: "#/properties/insecurePublic/enum", keyword: "enum", params: { allowedValues: schema69.properties.insecurePublic.enum } }];
return false;
}
var valid0 = _errs18 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.tokenFailuresPerAddressMax !== void 0) {
let data9 = data.tokenFailuresPerAddressMax;
const _errs20 = errors;
if (!(typeof data9 == "number" && (!(data9 % 1) && !isNaN(data9)) && isFinite(data9))) {
validate41.errors = [{ instancePath: instancePath + "/tokenFailuresPerAddressMax", schemaPath: "#/properties/tokenFailuresPerAddressMax/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs20) {
if (typeof data9 == "number" && isFinite(data9)) {
if (data9 > 1e6 || isNaN(data9)) {
validate41.errors = [{ instancePath: instancePath + "/tokenFailuresPerAddressMax", schemaPath: "#/properties/tokenFailuresPerAddressMax/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e6 } }];
return false;
} else {
if (data9 < 1 || isNaN(data9)) {
validate41.errors = [{ instancePath: instancePath + "/tokenFailuresPerAddressMax", schemaPath: "#/properties/tokenFailuresPerAddressMax/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 } }];
return false;
}
}
}
}
var valid0 = _errs20 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.tokenFailuresMax !== void 0) {
let data10 = data.tokenFailuresMax;
const _errs22 = errors;
if (!(typeof data10 == "number" && (!(data10 % 1) && !isNaN(data10)) && isFinite(data10))) {
validate41.errors = [{ instancePath: instancePath + "/tokenFailuresMax", schemaPath: "#/properties/tokenFailuresMax/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs22) {
if (typeof data10 == "number" && isFinite(data10)) {
if (data10 > 1e6 || isNaN(data10)) {
validate41.errors = [{ instancePath: instancePath + "/tokenFailuresMax", schemaPath: "#/properties/tokenFailuresMax/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e6 } }];
return false;
} else {
if (data10 < 1 || isNaN(data10)) {
validate41.errors = [{ instancePath: instancePath + "/tokenFailuresMax", schemaPath: "#/properties/tokenFailuresMax/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 } }];
return false;
}
}
}
}
var valid0 = _errs22 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.tokenFailuresMs !== void 0) {
let data11 = data.tokenFailuresMs;
const _errs24 = errors;
if (!(typeof data11 == "number" && (!(data11 % 1) && !isNaN(data11)) && isFinite(data11))) {
validate41.errors = [{ instancePath: instancePath + "/tokenFailuresMs", schemaPath: "#/properties/tokenFailuresMs/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs24) {
if (typeof data11 == "number" && isFinite(data11)) {
if (data11 > 864e5 || isNaN(data11)) {
validate41.errors = [{ instancePath: instancePath + "/tokenFailuresMs", schemaPath: "#/properties/tokenFailuresMs/maximum", keyword: "maximum", params: { comparison: "<=", limit: 864e5 } }];
return false;
} else {
if (data11 < 100 || isNaN(data11)) {
validate41.errors = [{ instancePath: instancePath + "/tokenFailuresMs", schemaPath: "#/properties/tokenFailuresMs/minimum", keyword: "minimum", params: { comparison: ">=", limit: 100 } }];
return false;
}
}
}
}
var valid0 = _errs24 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.history !== void 0) {
let data12 = data.history;
const _errs26 = errors;
if (errors === _errs26) {
if (typeof data12 === "string") {
if (!pattern9.test(data12)) {
validate41.errors = [{ instancePath: instancePath + "/history", schemaPath: "#/properties/history/pattern", keyword: "pattern", params: { pattern: "^(sqlite:.+|memory:)$" } }];
return false;
}
} else {
validate41.errors = [{ instancePath: instancePath + "/history", schemaPath: "#/properties/history/type", keyword: "type", params: { type: "string" } }];
return false;
}
}
var valid0 = _errs26 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.jail !== void 0) {
let data13 = data.jail;
const _errs28 = errors;
if (typeof data13 !== "string") {
validate41.errors = [{ instancePath: instancePath + "/jail", schemaPath: "#/properties/jail/type", keyword: "type", params: { type: "string" } }];
return false;
}
if (!(data13 === "require" || data13 === "prefer" || data13 === "off")) {
validate41.errors = [{ instancePath: instancePath + "/jail", schemaPath: "#/properties/jail/enum", keyword: "enum", params: { allowedValues: schema69.properties.jail.enum } }];
return false;
}
var valid0 = _errs28 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.cacheDir !== void 0) {
let data14 = data.cacheDir;
const _errs30 = errors;
if (errors === _errs30) {
if (typeof data14 === "string") {
if (func2(data14) < 1) {
validate41.errors = [{ instancePath: instancePath + "/cacheDir", schemaPath: "#/properties/cacheDir/minLength", keyword: "minLength", params: { limit: 1 } }];
return false;
}
} else {
validate41.errors = [{ instancePath: instancePath + "/cacheDir", schemaPath: "#/properties/cacheDir/type", keyword: "type", params: { type: "string" } }];
return false;
}
}
var valid0 = _errs30 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.logLevel !== void 0) {
let data15 = data.logLevel;
const _errs32 = errors;
if (typeof data15 !== "string") {
validate41.errors = [{ instancePath: instancePath + "/logLevel", schemaPath: "#/properties/logLevel/type", keyword: "type", params: { type: "string" } }];
return false;
}
if (!(data15 === "trace" || data15 === "debug" || data15 === "info" || data15 === "warn" || data15 === "error" || data15 === "fatal" || data15 === "silent")) {
validate41.errors = [{ instancePath: instancePath + "/logLevel", schemaPath: "#/properties/logLevel/enum", keyword: "enum", params: { allowedValues: schema69.properties.logLevel.enum } }];
return false;
}
var valid0 = _errs32 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.slowCallMs !== void 0) {
let data16 = data.slowCallMs;
const _errs34 = errors;
if (!(typeof data16 == "number" && (!(data16 % 1) && !isNaN(data16)) && isFinite(data16))) {
validate41.errors = [{ instancePath: instancePath + "/slowCallMs", schemaPath: "#/properties/slowCallMs/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs34) {
if (typeof data16 == "number" && isFinite(data16)) {
if (data16 > 6e5 || isNaN(data16)) {
validate41.errors = [{ instancePath: instancePath + "/slowCallMs", schemaPath: "#/properties/slowCallMs/maximum", keyword: "maximum", params: { comparison: "<=", limit: 6e5 } }];
return false;
} else {
if (data16 < 0 || isNaN(data16)) {
validate41.errors = [{ instancePath: instancePath + "/slowCallMs", schemaPath: "#/properties/slowCallMs/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 } }];
return false;
}
}
}
}
var valid0 = _errs34 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.metrics !== void 0) {
let data17 = data.metrics;
const _errs36 = errors;
if (errors === _errs36) {
if (typeof data17 === "string") {
if (!pattern10.test(data17)) {
validate41.errors = [{ instancePath: instancePath + "/metrics", schemaPath: "#/properties/metrics/pattern", keyword: "pattern", params: { pattern: "^(off|.+:[0-9]{1,5})$" } }];
return false;
}
} else {
validate41.errors = [{ instancePath: instancePath + "/metrics", schemaPath: "#/properties/metrics/type", keyword: "type", params: { type: "string" } }];
return false;
}
}
var valid0 = _errs36 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.metricsPublic !== void 0) {
let data18 = data.metricsPublic;
const _errs38 = errors;
if (typeof data18 !== "string") {
validate41.errors = [{ instancePath: instancePath + "/metricsPublic", schemaPath: "#/properties/metricsPublic/type", keyword: "type", params: { type: "string" } }];
return false;
}
if (!(data18 === "no" || data18 === "yes")) {
validate41.errors = [{ instancePath: instancePath + "/metricsPublic", schemaPath: "#/properties/metricsPublic/enum", keyword: "enum", params: { allowedValues: schema69.properties.metricsPublic.enum } }];
return false;
}
var valid0 = _errs38 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.evaluators !== void 0) {
let data19 = data.evaluators;
const _errs40 = errors;
if (!(typeof data19 == "number" && (!(data19 % 1) && !isNaN(data19)) && isFinite(data19))) {
validate41.errors = [{ instancePath: instancePath + "/evaluators", schemaPath: "#/properties/evaluators/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs40) {
if (typeof data19 == "number" && isFinite(data19)) {
if (data19 > 64 || isNaN(data19)) {
validate41.errors = [{ instancePath: instancePath + "/evaluators", schemaPath: "#/properties/evaluators/maximum", keyword: "maximum", params: { comparison: "<=", limit: 64 } }];
return false;
} else {
if (data19 < 1 || isNaN(data19)) {
validate41.errors = [{ instancePath: instancePath + "/evaluators", schemaPath: "#/properties/evaluators/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 } }];
return false;
}
}
}
}
var valid0 = _errs40 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.frameBytesMax !== void 0) {
let data20 = data.frameBytesMax;
const _errs42 = errors;
if (!(typeof data20 == "number" && (!(data20 % 1) && !isNaN(data20)) && isFinite(data20))) {
validate41.errors = [{ instancePath: instancePath + "/frameBytesMax", schemaPath: "#/properties/frameBytesMax/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs42) {
if (typeof data20 == "number" && isFinite(data20)) {
if (data20 > 1048576 || isNaN(data20)) {
validate41.errors = [{ instancePath: instancePath + "/frameBytesMax", schemaPath: "#/properties/frameBytesMax/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1048576 } }];
return false;
} else {
if (data20 < 1024 || isNaN(data20)) {
validate41.errors = [{ instancePath: instancePath + "/frameBytesMax", schemaPath: "#/properties/frameBytesMax/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1024 } }];
return false;
}
}
}
}
var valid0 = _errs42 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.rowsFrameBytesMax !== void 0) {
let data21 = data.rowsFrameBytesMax;
const _errs44 = errors;
if (!(typeof data21 == "number" && (!(data21 % 1) && !isNaN(data21)) && isFinite(data21))) {
validate41.errors = [{ instancePath: instancePath + "/rowsFrameBytesMax", schemaPath: "#/properties/rowsFrameBytesMax/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs44) {
if (typeof data21 == "number" && isFinite(data21)) {
if (data21 > 67108864 || isNaN(data21)) {
validate41.errors = [{ instancePath: instancePath + "/rowsFrameBytesMax", schemaPath: "#/properties/rowsFrameBytesMax/maximum", keyword: "maximum", params: { comparison: "<=", limit: 67108864 } }];
return false;
} else {
if (data21 < 1024 || isNaN(data21)) {
validate41.errors = [{ instancePath: instancePath + "/rowsFrameBytesMax", schemaPath: "#/properties/rowsFrameBytesMax/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1024 } }];
return false;
}
}
}
}
var valid0 = _errs44 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.rowsBytesMax !== void 0) {
let data22 = data.rowsBytesMax;
const _errs46 = errors;
if (!(typeof data22 == "number" && (!(data22 % 1) && !isNaN(data22)) && isFinite(data22))) {
validate41.errors = [{ instancePath: instancePath + "/rowsBytesMax", schemaPath: "#/properties/rowsBytesMax/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs46) {
if (typeof data22 == "number" && isFinite(data22)) {
if (data22 > 4294967296 || isNaN(data22)) {
validate41.errors = [{ instancePath: instancePath + "/rowsBytesMax", schemaPath: "#/properties/rowsBytesMax/maximum", keyword: "maximum", params: { comparison: "<=", limit: 4294967296 } }];
return false;
} else {
if (data22 < 65536 || isNaN(data22)) {
validate41.errors = [{ instancePath: instancePath + "/rowsBytesMax", schemaPath: "#/properties/rowsBytesMax/minimum", keyword: "minimum", params: { comparison: ">=", limit: 65536 } }];
return false;
}
}
}
}
var valid0 = _errs46 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.rowsMax !== void 0) {
let data23 = data.rowsMax;
const _errs48 = errors;
if (!(typeof data23 == "number" && (!(data23 % 1) && !isNaN(data23)) && isFinite(data23))) {
validate41.errors = [{ instancePath: instancePath + "/rowsMax", schemaPath: "#/properties/rowsMax/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs48) {
if (typeof data23 == "number" && isFinite(data23)) {
if (data23 > 1e7 || isNaN(data23)) {
validate41.errors = [{ instancePath: instancePath + "/rowsMax", schemaPath: "#/properties/rowsMax/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e7 } }];
return false;
} else {
if (data23 < 1 || isNaN(data23)) {
validate41.errors = [{ instancePath: instancePath + "/rowsMax", schemaPath: "#/properties/rowsMax/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 } }];
return false;
}
}
}
}
var valid0 = _errs48 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.rowsNamesMax !== void 0) {
let data24 = data.rowsNamesMax;
const _errs50 = errors;
if (!(typeof data24 == "number" && (!(data24 % 1) && !isNaN(data24)) && isFinite(data24))) {
validate41.errors = [{ instancePath: instancePath + "/rowsNamesMax", schemaPath: "#/properties/rowsNamesMax/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs50) {
if (typeof data24 == "number" && isFinite(data24)) {
if (data24 > 1e5 || isNaN(data24)) {
validate41.errors = [{ instancePath: instancePath + "/rowsNamesMax", schemaPath: "#/properties/rowsNamesMax/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e5 } }];
return false;
} else {
if (data24 < 64 || isNaN(data24)) {
validate41.errors = [{ instancePath: instancePath + "/rowsNamesMax", schemaPath: "#/properties/rowsNamesMax/minimum", keyword: "minimum", params: { comparison: ">=", limit: 64 } }];
return false;
}
}
}
}
var valid0 = _errs50 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.rowsMs !== void 0) {
let data25 = data.rowsMs;
const _errs52 = errors;
if (!(typeof data25 == "number" && (!(data25 % 1) && !isNaN(data25)) && isFinite(data25))) {
validate41.errors = [{ instancePath: instancePath + "/rowsMs", schemaPath: "#/properties/rowsMs/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs52) {
if (typeof data25 == "number" && isFinite(data25)) {
if (data25 > 6e5 || isNaN(data25)) {
validate41.errors = [{ instancePath: instancePath + "/rowsMs", schemaPath: "#/properties/rowsMs/maximum", keyword: "maximum", params: { comparison: "<=", limit: 6e5 } }];
return false;
} else {
if (data25 < 10 || isNaN(data25)) {
validate41.errors = [{ instancePath: instancePath + "/rowsMs", schemaPath: "#/properties/rowsMs/minimum", keyword: "minimum", params: { comparison: ">=", limit: 10 } }];
return false;
}
}
}
}
var valid0 = _errs52 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.pointsMax !== void 0) {
let data26 = data.pointsMax;
const _errs54 = errors;
if (!(typeof data26 == "number" && (!(data26 % 1) && !isNaN(data26)) && isFinite(data26))) {
validate41.errors = [{ instancePath: instancePath + "/pointsMax", schemaPath: "#/properties/pointsMax/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs54) {
if (typeof data26 == "number" && isFinite(data26)) {
if (data26 > 1e5 || isNaN(data26)) {
validate41.errors = [{ instancePath: instancePath + "/pointsMax", schemaPath: "#/properties/pointsMax/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e5 } }];
return false;
} else {
if (data26 < 2 || isNaN(data26)) {
validate41.errors = [{ instancePath: instancePath + "/pointsMax", schemaPath: "#/properties/pointsMax/minimum", keyword: "minimum", params: { comparison: ">=", limit: 2 } }];
return false;
}
}
}
}
var valid0 = _errs54 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.replyBytesMax !== void 0) {
let data27 = data.replyBytesMax;
const _errs56 = errors;
if (!(typeof data27 == "number" && (!(data27 % 1) && !isNaN(data27)) && isFinite(data27))) {
validate41.errors = [{ instancePath: instancePath + "/replyBytesMax", schemaPath: "#/properties/replyBytesMax/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs56) {
if (typeof data27 == "number" && isFinite(data27)) {
if (data27 > 134217728 || isNaN(data27)) {
validate41.errors = [{ instancePath: instancePath + "/replyBytesMax", schemaPath: "#/properties/replyBytesMax/maximum", keyword: "maximum", params: { comparison: "<=", limit: 134217728 } }];
return false;
} else {
if (data27 < 4096 || isNaN(data27)) {
validate41.errors = [{ instancePath: instancePath + "/replyBytesMax", schemaPath: "#/properties/replyBytesMax/minimum", keyword: "minimum", params: { comparison: ">=", limit: 4096 } }];
return false;
}
}
}
}
var valid0 = _errs56 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.messageDepthMax !== void 0) {
let data28 = data.messageDepthMax;
const _errs58 = errors;
if (!(typeof data28 == "number" && (!(data28 % 1) && !isNaN(data28)) && isFinite(data28))) {
validate41.errors = [{ instancePath: instancePath + "/messageDepthMax", schemaPath: "#/properties/messageDepthMax/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs58) {
if (typeof data28 == "number" && isFinite(data28)) {
if (data28 > 256 || isNaN(data28)) {
validate41.errors = [{ instancePath: instancePath + "/messageDepthMax", schemaPath: "#/properties/messageDepthMax/maximum", keyword: "maximum", params: { comparison: "<=", limit: 256 } }];
return false;
} else {
if (data28 < 8 || isNaN(data28)) {
validate41.errors = [{ instancePath: instancePath + "/messageDepthMax", schemaPath: "#/properties/messageDepthMax/minimum", keyword: "minimum", params: { comparison: ">=", limit: 8 } }];
return false;
}
}
}
}
var valid0 = _errs58 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.expressionBytesMax !== void 0) {
let data29 = data.expressionBytesMax;
const _errs60 = errors;
if (!(typeof data29 == "number" && (!(data29 % 1) && !isNaN(data29)) && isFinite(data29))) {
validate41.errors = [{ instancePath: instancePath + "/expressionBytesMax", schemaPath: "#/properties/expressionBytesMax/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs60) {
if (typeof data29 == "number" && isFinite(data29)) {
if (data29 > 32768 || isNaN(data29)) {
validate41.errors = [{ instancePath: instancePath + "/expressionBytesMax", schemaPath: "#/properties/expressionBytesMax/maximum", keyword: "maximum", params: { comparison: "<=", limit: 32768 } }];
return false;
} else {
if (data29 < 64 || isNaN(data29)) {
validate41.errors = [{ instancePath: instancePath + "/expressionBytesMax", schemaPath: "#/properties/expressionBytesMax/minimum", keyword: "minimum", params: { comparison: ">=", limit: 64 } }];
return false;
}
}
}
}
var valid0 = _errs60 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.userExpressionBytesMax !== void 0) {
let data30 = data.userExpressionBytesMax;
const _errs62 = errors;
if (!(typeof data30 == "number" && (!(data30 % 1) && !isNaN(data30)) && isFinite(data30))) {
validate41.errors = [{ instancePath: instancePath + "/userExpressionBytesMax", schemaPath: "#/properties/userExpressionBytesMax/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs62) {
if (typeof data30 == "number" && isFinite(data30)) {
if (data30 > 32768 || isNaN(data30)) {
validate41.errors = [{ instancePath: instancePath + "/userExpressionBytesMax", schemaPath: "#/properties/userExpressionBytesMax/maximum", keyword: "maximum", params: { comparison: "<=", limit: 32768 } }];
return false;
} else {
if (data30 < 64 || isNaN(data30)) {
validate41.errors = [{ instancePath: instancePath + "/userExpressionBytesMax", schemaPath: "#/properties/userExpressionBytesMax/minimum", keyword: "minimum", params: { comparison: ">=", limit: 64 } }];
return false;
}
}
}
}
var valid0 = _errs62 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.depthMax !== void 0) {
let data31 = data.depthMax;
const _errs64 = errors;
if (!(typeof data31 == "number" && (!(data31 % 1) && !isNaN(data31)) && isFinite(data31))) {
validate41.errors = [{ instancePath: instancePath + "/depthMax", schemaPath: "#/properties/depthMax/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs64) {
if (typeof data31 == "number" && isFinite(data31)) {
if (data31 > 500 || isNaN(data31)) {
validate41.errors = [{ instancePath: instancePath + "/depthMax", schemaPath: "#/properties/depthMax/maximum", keyword: "maximum", params: { comparison: "<=", limit: 500 } }];
return false;
} else {
if (data31 < 10 || isNaN(data31)) {
validate41.errors = [{ instancePath: instancePath + "/depthMax", schemaPath: "#/properties/depthMax/minimum", keyword: "minimum", params: { comparison: ">=", limit: 10 } }];
return false;
}
}
}
}
var valid0 = _errs64 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.nodesMax !== void 0) {
let data32 = data.nodesMax;
const _errs66 = errors;
if (!(typeof data32 == "number" && (!(data32 % 1) && !isNaN(data32)) && isFinite(data32))) {
validate41.errors = [{ instancePath: instancePath + "/nodesMax", schemaPath: "#/properties/nodesMax/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs66) {
if (typeof data32 == "number" && isFinite(data32)) {
if (data32 > 2e4 || isNaN(data32)) {
validate41.errors = [{ instancePath: instancePath + "/nodesMax", schemaPath: "#/properties/nodesMax/maximum", keyword: "maximum", params: { comparison: "<=", limit: 2e4 } }];
return false;
} else {
if (data32 < 10 || isNaN(data32)) {
validate41.errors = [{ instancePath: instancePath + "/nodesMax", schemaPath: "#/properties/nodesMax/minimum", keyword: "minimum", params: { comparison: ">=", limit: 10 } }];
return false;
}
}
}
}
var valid0 = _errs66 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.elementsMax !== void 0) {
let data33 = data.elementsMax;
const _errs68 = errors;
if (!(typeof data33 == "number" && (!(data33 % 1) && !isNaN(data33)) && isFinite(data33))) {
validate41.errors = [{ instancePath: instancePath + "/elementsMax", schemaPath: "#/properties/elementsMax/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs68) {
if (typeof data33 == "number" && isFinite(data33)) {
if (data33 > 1e7 || isNaN(data33)) {
validate41.errors = [{ instancePath: instancePath + "/elementsMax", schemaPath: "#/properties/elementsMax/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e7 } }];
return false;
} else {
if (data33 < 100 || isNaN(data33)) {
validate41.errors = [{ instancePath: instancePath + "/elementsMax", schemaPath: "#/properties/elementsMax/minimum", keyword: "minimum", params: { comparison: ">=", limit: 100 } }];
return false;
}
}
}
}
var valid0 = _errs68 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.evaluateMs !== void 0) {
let data34 = data.evaluateMs;
const _errs70 = errors;
if (!(typeof data34 == "number" && (!(data34 % 1) && !isNaN(data34)) && isFinite(data34))) {
validate41.errors = [{ instancePath: instancePath + "/evaluateMs", schemaPath: "#/properties/evaluateMs/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs70) {
if (typeof data34 == "number" && isFinite(data34)) {
if (data34 > 5e3 || isNaN(data34)) {
validate41.errors = [{ instancePath: instancePath + "/evaluateMs", schemaPath: "#/properties/evaluateMs/maximum", keyword: "maximum", params: { comparison: "<=", limit: 5e3 } }];
return false;
} else {
if (data34 < 10 || isNaN(data34)) {
validate41.errors = [{ instancePath: instancePath + "/evaluateMs", schemaPath: "#/properties/evaluateMs/minimum", keyword: "minimum", params: { comparison: ">=", limit: 10 } }];
return false;
}
}
}
}
var valid0 = _errs70 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.evaluateMsCeiling !== void 0) {
let data35 = data.evaluateMsCeiling;
const _errs72 = errors;
if (!(typeof data35 == "number" && (!(data35 % 1) && !isNaN(data35)) && isFinite(data35))) {
validate41.errors = [{ instancePath: instancePath + "/evaluateMsCeiling", schemaPath: "#/properties/evaluateMsCeiling/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs72) {
if (typeof data35 == "number" && isFinite(data35)) {
if (data35 > 5e3 || isNaN(data35)) {
validate41.errors = [{ instancePath: instancePath + "/evaluateMsCeiling", schemaPath: "#/properties/evaluateMsCeiling/maximum", keyword: "maximum", params: { comparison: "<=", limit: 5e3 } }];
return false;
} else {
if (data35 < 10 || isNaN(data35)) {
validate41.errors = [{ instancePath: instancePath + "/evaluateMsCeiling", schemaPath: "#/properties/evaluateMsCeiling/minimum", keyword: "minimum", params: { comparison: ">=", limit: 10 } }];
return false;
}
}
}
}
var valid0 = _errs72 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.heapMb !== void 0) {
let data36 = data.heapMb;
const _errs74 = errors;
if (!(typeof data36 == "number" && (!(data36 % 1) && !isNaN(data36)) && isFinite(data36))) {
validate41.errors = [{ instancePath: instancePath + "/heapMb", schemaPath: "#/properties/heapMb/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs74) {
if (typeof data36 == "number" && isFinite(data36)) {
if (data36 > 2048 || isNaN(data36)) {
validate41.errors = [{ instancePath: instancePath + "/heapMb", schemaPath: "#/properties/heapMb/maximum", keyword: "maximum", params: { comparison: "<=", limit: 2048 } }];
return false;
} else {
if (data36 < 64 || isNaN(data36)) {
validate41.errors = [{ instancePath: instancePath + "/heapMb", schemaPath: "#/properties/heapMb/minimum", keyword: "minimum", params: { comparison: ">=", limit: 64 } }];
return false;
}
}
}
}
var valid0 = _errs74 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.rssMb !== void 0) {
let data37 = data.rssMb;
const _errs76 = errors;
if (!(typeof data37 == "number" && (!(data37 % 1) && !isNaN(data37)) && isFinite(data37))) {
validate41.errors = [{ instancePath: instancePath + "/rssMb", schemaPath: "#/properties/rssMb/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs76) {
if (typeof data37 == "number" && isFinite(data37)) {
if (data37 > 4096 || isNaN(data37)) {
validate41.errors = [{ instancePath: instancePath + "/rssMb", schemaPath: "#/properties/rssMb/maximum", keyword: "maximum", params: { comparison: "<=", limit: 4096 } }];
return false;
} else {
if (data37 < 96 || isNaN(data37)) {
validate41.errors = [{ instancePath: instancePath + "/rssMb", schemaPath: "#/properties/rssMb/minimum", keyword: "minimum", params: { comparison: ">=", limit: 96 } }];
return false;
}
}
}
}
var valid0 = _errs76 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.resultBytesMax !== void 0) {
let data38 = data.resultBytesMax;
const _errs78 = errors;
if (!(typeof data38 == "number" && (!(data38 % 1) && !isNaN(data38)) && isFinite(data38))) {
validate41.errors = [{ instancePath: instancePath + "/resultBytesMax", schemaPath: "#/properties/resultBytesMax/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs78) {
if (typeof data38 == "number" && isFinite(data38)) {
if (data38 > 4194304 || isNaN(data38)) {
validate41.errors = [{ instancePath: instancePath + "/resultBytesMax", schemaPath: "#/properties/resultBytesMax/maximum", keyword: "maximum", params: { comparison: "<=", limit: 4194304 } }];
return false;
} else {
if (data38 < 256 || isNaN(data38)) {
validate41.errors = [{ instancePath: instancePath + "/resultBytesMax", schemaPath: "#/properties/resultBytesMax/minimum", keyword: "minimum", params: { comparison: ">=", limit: 256 } }];
return false;
}
}
}
}
var valid0 = _errs78 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.userResultBytesMax !== void 0) {
let data39 = data.userResultBytesMax;
const _errs80 = errors;
if (!(typeof data39 == "number" && (!(data39 % 1) && !isNaN(data39)) && isFinite(data39))) {
validate41.errors = [{ instancePath: instancePath + "/userResultBytesMax", schemaPath: "#/properties/userResultBytesMax/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs80) {
if (typeof data39 == "number" && isFinite(data39)) {
if (data39 > 4194304 || isNaN(data39)) {
validate41.errors = [{ instancePath: instancePath + "/userResultBytesMax", schemaPath: "#/properties/userResultBytesMax/maximum", keyword: "maximum", params: { comparison: "<=", limit: 4194304 } }];
return false;
} else {
if (data39 < 256 || isNaN(data39)) {
validate41.errors = [{ instancePath: instancePath + "/userResultBytesMax", schemaPath: "#/properties/userResultBytesMax/minimum", keyword: "minimum", params: { comparison: ">=", limit: 256 } }];
return false;
}
}
}
}
var valid0 = _errs80 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.variablesMax !== void 0) {
let data40 = data.variablesMax;
const _errs82 = errors;
if (!(typeof data40 == "number" && (!(data40 % 1) && !isNaN(data40)) && isFinite(data40))) {
validate41.errors = [{ instancePath: instancePath + "/variablesMax", schemaPath: "#/properties/variablesMax/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs82) {
if (typeof data40 == "number" && isFinite(data40)) {
if (data40 > 4096 || isNaN(data40)) {
validate41.errors = [{ instancePath: instancePath + "/variablesMax", schemaPath: "#/properties/variablesMax/maximum", keyword: "maximum", params: { comparison: "<=", limit: 4096 } }];
return false;
} else {
if (data40 < 1 || isNaN(data40)) {
validate41.errors = [{ instancePath: instancePath + "/variablesMax", schemaPath: "#/properties/variablesMax/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 } }];
return false;
}
}
}
}
var valid0 = _errs82 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.variablesBytesMax !== void 0) {
let data41 = data.variablesBytesMax;
const _errs84 = errors;
if (!(typeof data41 == "number" && (!(data41 % 1) && !isNaN(data41)) && isFinite(data41))) {
validate41.errors = [{ instancePath: instancePath + "/variablesBytesMax", schemaPath: "#/properties/variablesBytesMax/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs84) {
if (typeof data41 == "number" && isFinite(data41)) {
if (data41 > 4194304 || isNaN(data41)) {
validate41.errors = [{ instancePath: instancePath + "/variablesBytesMax", schemaPath: "#/properties/variablesBytesMax/maximum", keyword: "maximum", params: { comparison: "<=", limit: 4194304 } }];
return false;
} else {
if (data41 < 1024 || isNaN(data41)) {
validate41.errors = [{ instancePath: instancePath + "/variablesBytesMax", schemaPath: "#/properties/variablesBytesMax/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1024 } }];
return false;
}
}
}
}
var valid0 = _errs84 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.scopeWatchersMax !== void 0) {
let data42 = data.scopeWatchersMax;
const _errs86 = errors;
if (!(typeof data42 == "number" && (!(data42 % 1) && !isNaN(data42)) && isFinite(data42))) {
validate41.errors = [{ instancePath: instancePath + "/scopeWatchersMax", schemaPath: "#/properties/scopeWatchersMax/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs86) {
if (typeof data42 == "number" && isFinite(data42)) {
if (data42 > 4096 || isNaN(data42)) {
validate41.errors = [{ instancePath: instancePath + "/scopeWatchersMax", schemaPath: "#/properties/scopeWatchersMax/maximum", keyword: "maximum", params: { comparison: "<=", limit: 4096 } }];
return false;
} else {
if (data42 < 1 || isNaN(data42)) {
validate41.errors = [{ instancePath: instancePath + "/scopeWatchersMax", schemaPath: "#/properties/scopeWatchersMax/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 } }];
return false;
}
}
}
}
var valid0 = _errs86 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.scopeChangesMax !== void 0) {
let data43 = data.scopeChangesMax;
const _errs88 = errors;
if (!(typeof data43 == "number" && (!(data43 % 1) && !isNaN(data43)) && isFinite(data43))) {
validate41.errors = [{ instancePath: instancePath + "/scopeChangesMax", schemaPath: "#/properties/scopeChangesMax/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs88) {
if (typeof data43 == "number" && isFinite(data43)) {
if (data43 > 4096 || isNaN(data43)) {
validate41.errors = [{ instancePath: instancePath + "/scopeChangesMax", schemaPath: "#/properties/scopeChangesMax/maximum", keyword: "maximum", params: { comparison: "<=", limit: 4096 } }];
return false;
} else {
if (data43 < 1 || isNaN(data43)) {
validate41.errors = [{ instancePath: instancePath + "/scopeChangesMax", schemaPath: "#/properties/scopeChangesMax/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 } }];
return false;
}
}
}
}
var valid0 = _errs88 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.callsInFlightMax !== void 0) {
let data44 = data.callsInFlightMax;
const _errs90 = errors;
if (!(typeof data44 == "number" && (!(data44 % 1) && !isNaN(data44)) && isFinite(data44))) {
validate41.errors = [{ instancePath: instancePath + "/callsInFlightMax", schemaPath: "#/properties/callsInFlightMax/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs90) {
if (typeof data44 == "number" && isFinite(data44)) {
if (data44 > 4096 || isNaN(data44)) {
validate41.errors = [{ instancePath: instancePath + "/callsInFlightMax", schemaPath: "#/properties/callsInFlightMax/maximum", keyword: "maximum", params: { comparison: "<=", limit: 4096 } }];
return false;
} else {
if (data44 < 1 || isNaN(data44)) {
validate41.errors = [{ instancePath: instancePath + "/callsInFlightMax", schemaPath: "#/properties/callsInFlightMax/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 } }];
return false;
}
}
}
}
var valid0 = _errs90 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.userCallsInFlightMax !== void 0) {
let data45 = data.userCallsInFlightMax;
const _errs92 = errors;
if (!(typeof data45 == "number" && (!(data45 % 1) && !isNaN(data45)) && isFinite(data45))) {
validate41.errors = [{ instancePath: instancePath + "/userCallsInFlightMax", schemaPath: "#/properties/userCallsInFlightMax/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs92) {
if (typeof data45 == "number" && isFinite(data45)) {
if (data45 > 4096 || isNaN(data45)) {
validate41.errors = [{ instancePath: instancePath + "/userCallsInFlightMax", schemaPath: "#/properties/userCallsInFlightMax/maximum", keyword: "maximum", params: { comparison: "<=", limit: 4096 } }];
return false;
} else {
if (data45 < 1 || isNaN(data45)) {
validate41.errors = [{ instancePath: instancePath + "/userCallsInFlightMax", schemaPath: "#/properties/userCallsInFlightMax/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 } }];
return false;
}
}
}
}
var valid0 = _errs92 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.batchMax !== void 0) {
let data46 = data.batchMax;
const _errs94 = errors;
if (!(typeof data46 == "number" && (!(data46 % 1) && !isNaN(data46)) && isFinite(data46))) {
validate41.errors = [{ instancePath: instancePath + "/batchMax", schemaPath: "#/properties/batchMax/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs94) {
if (typeof data46 == "number" && isFinite(data46)) {
if (data46 > 1e3 || isNaN(data46)) {
validate41.errors = [{ instancePath: instancePath + "/batchMax", schemaPath: "#/properties/batchMax/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e3 } }];
return false;
} else {
if (data46 < 1 || isNaN(data46)) {
validate41.errors = [{ instancePath: instancePath + "/batchMax", schemaPath: "#/properties/batchMax/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 } }];
return false;
}
}
}
}
var valid0 = _errs94 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.outputBytesSoftMax !== void 0) {
let data47 = data.outputBytesSoftMax;
const _errs96 = errors;
if (!(typeof data47 == "number" && (!(data47 % 1) && !isNaN(data47)) && isFinite(data47))) {
validate41.errors = [{ instancePath: instancePath + "/outputBytesSoftMax", schemaPath: "#/properties/outputBytesSoftMax/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs96) {
if (typeof data47 == "number" && isFinite(data47)) {
if (data47 > 67108864 || isNaN(data47)) {
validate41.errors = [{ instancePath: instancePath + "/outputBytesSoftMax", schemaPath: "#/properties/outputBytesSoftMax/maximum", keyword: "maximum", params: { comparison: "<=", limit: 67108864 } }];
return false;
} else {
if (data47 < 4096 || isNaN(data47)) {
validate41.errors = [{ instancePath: instancePath + "/outputBytesSoftMax", schemaPath: "#/properties/outputBytesSoftMax/minimum", keyword: "minimum", params: { comparison: ">=", limit: 4096 } }];
return false;
}
}
}
}
var valid0 = _errs96 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.outputBytesHardMax !== void 0) {
let data48 = data.outputBytesHardMax;
const _errs98 = errors;
if (!(typeof data48 == "number" && (!(data48 % 1) && !isNaN(data48)) && isFinite(data48))) {
validate41.errors = [{ instancePath: instancePath + "/outputBytesHardMax", schemaPath: "#/properties/outputBytesHardMax/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs98) {
if (typeof data48 == "number" && isFinite(data48)) {
if (data48 > 268435456 || isNaN(data48)) {
validate41.errors = [{ instancePath: instancePath + "/outputBytesHardMax", schemaPath: "#/properties/outputBytesHardMax/maximum", keyword: "maximum", params: { comparison: "<=", limit: 268435456 } }];
return false;
} else {
if (data48 < 4096 || isNaN(data48)) {
validate41.errors = [{ instancePath: instancePath + "/outputBytesHardMax", schemaPath: "#/properties/outputBytesHardMax/minimum", keyword: "minimum", params: { comparison: ">=", limit: 4096 } }];
return false;
}
}
}
}
var valid0 = _errs98 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.outputSoftMs !== void 0) {
let data49 = data.outputSoftMs;
const _errs100 = errors;
if (!(typeof data49 == "number" && (!(data49 % 1) && !isNaN(data49)) && isFinite(data49))) {
validate41.errors = [{ instancePath: instancePath + "/outputSoftMs", schemaPath: "#/properties/outputSoftMs/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs100) {
if (typeof data49 == "number" && isFinite(data49)) {
if (data49 > 6e5 || isNaN(data49)) {
validate41.errors = [{ instancePath: instancePath + "/outputSoftMs", schemaPath: "#/properties/outputSoftMs/maximum", keyword: "maximum", params: { comparison: "<=", limit: 6e5 } }];
return false;
} else {
if (data49 < 100 || isNaN(data49)) {
validate41.errors = [{ instancePath: instancePath + "/outputSoftMs", schemaPath: "#/properties/outputSoftMs/minimum", keyword: "minimum", params: { comparison: ">=", limit: 100 } }];
return false;
}
}
}
}
var valid0 = _errs100 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.frameMs !== void 0) {
let data50 = data.frameMs;
const _errs102 = errors;
if (!(typeof data50 == "number" && (!(data50 % 1) && !isNaN(data50)) && isFinite(data50))) {
validate41.errors = [{ instancePath: instancePath + "/frameMs", schemaPath: "#/properties/frameMs/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs102) {
if (typeof data50 == "number" && isFinite(data50)) {
if (data50 > 6e5 || isNaN(data50)) {
validate41.errors = [{ instancePath: instancePath + "/frameMs", schemaPath: "#/properties/frameMs/maximum", keyword: "maximum", params: { comparison: "<=", limit: 6e5 } }];
return false;
} else {
if (data50 < 100 || isNaN(data50)) {
validate41.errors = [{ instancePath: instancePath + "/frameMs", schemaPath: "#/properties/frameMs/minimum", keyword: "minimum", params: { comparison: ">=", limit: 100 } }];
return false;
}
}
}
}
var valid0 = _errs102 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.idleMs !== void 0) {
let data51 = data.idleMs;
const _errs104 = errors;
if (!(typeof data51 == "number" && (!(data51 % 1) && !isNaN(data51)) && isFinite(data51))) {
validate41.errors = [{ instancePath: instancePath + "/idleMs", schemaPath: "#/properties/idleMs/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs104) {
if (typeof data51 == "number" && isFinite(data51)) {
if (data51 > 864e5 || isNaN(data51)) {
validate41.errors = [{ instancePath: instancePath + "/idleMs", schemaPath: "#/properties/idleMs/maximum", keyword: "maximum", params: { comparison: "<=", limit: 864e5 } }];
return false;
} else {
if (data51 < 1e3 || isNaN(data51)) {
validate41.errors = [{ instancePath: instancePath + "/idleMs", schemaPath: "#/properties/idleMs/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1e3 } }];
return false;
}
}
}
}
var valid0 = _errs104 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.refusedFramesMax !== void 0) {
let data52 = data.refusedFramesMax;
const _errs106 = errors;
if (!(typeof data52 == "number" && (!(data52 % 1) && !isNaN(data52)) && isFinite(data52))) {
validate41.errors = [{ instancePath: instancePath + "/refusedFramesMax", schemaPath: "#/properties/refusedFramesMax/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs106) {
if (typeof data52 == "number" && isFinite(data52)) {
if (data52 > 1e6 || isNaN(data52)) {
validate41.errors = [{ instancePath: instancePath + "/refusedFramesMax", schemaPath: "#/properties/refusedFramesMax/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e6 } }];
return false;
} else {
if (data52 < 1 || isNaN(data52)) {
validate41.errors = [{ instancePath: instancePath + "/refusedFramesMax", schemaPath: "#/properties/refusedFramesMax/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 } }];
return false;
}
}
}
}
var valid0 = _errs106 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.refusedPauseMs !== void 0) {
let data53 = data.refusedPauseMs;
const _errs108 = errors;
if (!(typeof data53 == "number" && (!(data53 % 1) && !isNaN(data53)) && isFinite(data53))) {
validate41.errors = [{ instancePath: instancePath + "/refusedPauseMs", schemaPath: "#/properties/refusedPauseMs/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs108) {
if (typeof data53 == "number" && isFinite(data53)) {
if (data53 > 6e5 || isNaN(data53)) {
validate41.errors = [{ instancePath: instancePath + "/refusedPauseMs", schemaPath: "#/properties/refusedPauseMs/maximum", keyword: "maximum", params: { comparison: "<=", limit: 6e5 } }];
return false;
} else {
if (data53 < 1 || isNaN(data53)) {
validate41.errors = [{ instancePath: instancePath + "/refusedPauseMs", schemaPath: "#/properties/refusedPauseMs/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 } }];
return false;
}
}
}
}
var valid0 = _errs108 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.connectionsMax !== void 0) {
let data54 = data.connectionsMax;
const _errs110 = errors;
if (!(typeof data54 == "number" && (!(data54 % 1) && !isNaN(data54)) && isFinite(data54))) {
validate41.errors = [{ instancePath: instancePath + "/connectionsMax", schemaPath: "#/properties/connectionsMax/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs110) {
if (typeof data54 == "number" && isFinite(data54)) {
if (data54 > 1e5 || isNaN(data54)) {
validate41.errors = [{ instancePath: instancePath + "/connectionsMax", schemaPath: "#/properties/connectionsMax/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e5 } }];
return false;
} else {
if (data54 < 1 || isNaN(data54)) {
validate41.errors = [{ instancePath: instancePath + "/connectionsMax", schemaPath: "#/properties/connectionsMax/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 } }];
return false;
}
}
}
}
var valid0 = _errs110 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.connectionsPerAddressMax !== void 0) {
let data55 = data.connectionsPerAddressMax;
const _errs112 = errors;
if (!(typeof data55 == "number" && (!(data55 % 1) && !isNaN(data55)) && isFinite(data55))) {
validate41.errors = [{ instancePath: instancePath + "/connectionsPerAddressMax", schemaPath: "#/properties/connectionsPerAddressMax/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs112) {
if (typeof data55 == "number" && isFinite(data55)) {
if (data55 > 1e5 || isNaN(data55)) {
validate41.errors = [{ instancePath: instancePath + "/connectionsPerAddressMax", schemaPath: "#/properties/connectionsPerAddressMax/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e5 } }];
return false;
} else {
if (data55 < 1 || isNaN(data55)) {
validate41.errors = [{ instancePath: instancePath + "/connectionsPerAddressMax", schemaPath: "#/properties/connectionsPerAddressMax/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 } }];
return false;
}
}
}
}
var valid0 = _errs112 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.anonymousKeptMs !== void 0) {
let data56 = data.anonymousKeptMs;
const _errs114 = errors;
if (!(typeof data56 == "number" && (!(data56 % 1) && !isNaN(data56)) && isFinite(data56))) {
validate41.errors = [{ instancePath: instancePath + "/anonymousKeptMs", schemaPath: "#/properties/anonymousKeptMs/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs114) {
if (typeof data56 == "number" && isFinite(data56)) {
if (data56 > 31536e6 || isNaN(data56)) {
validate41.errors = [{ instancePath: instancePath + "/anonymousKeptMs", schemaPath: "#/properties/anonymousKeptMs/maximum", keyword: "maximum", params: { comparison: "<=", limit: 31536e6 } }];
return false;
} else {
if (data56 < 1e3 || isNaN(data56)) {
validate41.errors = [{ instancePath: instancePath + "/anonymousKeptMs", schemaPath: "#/properties/anonymousKeptMs/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1e3 } }];
return false;
}
}
}
}
var valid0 = _errs114 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.principalsKeptMax !== void 0) {
let data57 = data.principalsKeptMax;
const _errs116 = errors;
if (!(typeof data57 == "number" && (!(data57 % 1) && !isNaN(data57)) && isFinite(data57))) {
validate41.errors = [{ instancePath: instancePath + "/principalsKeptMax", schemaPath: "#/properties/principalsKeptMax/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs116) {
if (typeof data57 == "number" && isFinite(data57)) {
if (data57 > 1e6 || isNaN(data57)) {
validate41.errors = [{ instancePath: instancePath + "/principalsKeptMax", schemaPath: "#/properties/principalsKeptMax/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e6 } }];
return false;
} else {
if (data57 < 1 || isNaN(data57)) {
validate41.errors = [{ instancePath: instancePath + "/principalsKeptMax", schemaPath: "#/properties/principalsKeptMax/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 } }];
return false;
}
}
}
}
var valid0 = _errs116 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.queueMax !== void 0) {
let data58 = data.queueMax;
const _errs118 = errors;
if (!(typeof data58 == "number" && (!(data58 % 1) && !isNaN(data58)) && isFinite(data58))) {
validate41.errors = [{ instancePath: instancePath + "/queueMax", schemaPath: "#/properties/queueMax/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs118) {
if (typeof data58 == "number" && isFinite(data58)) {
if (data58 > 1e6 || isNaN(data58)) {
validate41.errors = [{ instancePath: instancePath + "/queueMax", schemaPath: "#/properties/queueMax/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e6 } }];
return false;
} else {
if (data58 < 1 || isNaN(data58)) {
validate41.errors = [{ instancePath: instancePath + "/queueMax", schemaPath: "#/properties/queueMax/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 } }];
return false;
}
}
}
}
var valid0 = _errs118 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.queuePerClientMax !== void 0) {
let data59 = data.queuePerClientMax;
const _errs120 = errors;
if (!(typeof data59 == "number" && (!(data59 % 1) && !isNaN(data59)) && isFinite(data59))) {
validate41.errors = [{ instancePath: instancePath + "/queuePerClientMax", schemaPath: "#/properties/queuePerClientMax/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs120) {
if (typeof data59 == "number" && isFinite(data59)) {
if (data59 > 1e6 || isNaN(data59)) {
validate41.errors = [{ instancePath: instancePath + "/queuePerClientMax", schemaPath: "#/properties/queuePerClientMax/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e6 } }];
return false;
} else {
if (data59 < 1 || isNaN(data59)) {
validate41.errors = [{ instancePath: instancePath + "/queuePerClientMax", schemaPath: "#/properties/queuePerClientMax/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 } }];
return false;
}
}
}
}
var valid0 = _errs120 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.queueMs !== void 0) {
let data60 = data.queueMs;
const _errs122 = errors;
if (!(typeof data60 == "number" && (!(data60 % 1) && !isNaN(data60)) && isFinite(data60))) {
validate41.errors = [{ instancePath: instancePath + "/queueMs", schemaPath: "#/properties/queueMs/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs122) {
if (typeof data60 == "number" && isFinite(data60)) {
if (data60 > 6e5 || isNaN(data60)) {
validate41.errors = [{ instancePath: instancePath + "/queueMs", schemaPath: "#/properties/queueMs/maximum", keyword: "maximum", params: { comparison: "<=", limit: 6e5 } }];
return false;
} else {
if (data60 < 10 || isNaN(data60)) {
validate41.errors = [{ instancePath: instancePath + "/queueMs", schemaPath: "#/properties/queueMs/minimum", keyword: "minimum", params: { comparison: ">=", limit: 10 } }];
return false;
}
}
}
}
var valid0 = _errs122 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.penalMs !== void 0) {
let data61 = data.penalMs;
const _errs124 = errors;
if (!(typeof data61 == "number" && (!(data61 % 1) && !isNaN(data61)) && isFinite(data61))) {
validate41.errors = [{ instancePath: instancePath + "/penalMs", schemaPath: "#/properties/penalMs/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs124) {
if (typeof data61 == "number" && isFinite(data61)) {
if (data61 > 36e5 || isNaN(data61)) {
validate41.errors = [{ instancePath: instancePath + "/penalMs", schemaPath: "#/properties/penalMs/maximum", keyword: "maximum", params: { comparison: "<=", limit: 36e5 } }];
return false;
} else {
if (data61 < 100 || isNaN(data61)) {
validate41.errors = [{ instancePath: instancePath + "/penalMs", schemaPath: "#/properties/penalMs/minimum", keyword: "minimum", params: { comparison: ">=", limit: 100 } }];
return false;
}
}
}
}
var valid0 = _errs124 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.burnPercent !== void 0) {
let data62 = data.burnPercent;
const _errs126 = errors;
if (!(typeof data62 == "number" && (!(data62 % 1) && !isNaN(data62)) && isFinite(data62))) {
validate41.errors = [{ instancePath: instancePath + "/burnPercent", schemaPath: "#/properties/burnPercent/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs126) {
if (typeof data62 == "number" && isFinite(data62)) {
if (data62 > 100 || isNaN(data62)) {
validate41.errors = [{ instancePath: instancePath + "/burnPercent", schemaPath: "#/properties/burnPercent/maximum", keyword: "maximum", params: { comparison: "<=", limit: 100 } }];
return false;
} else {
if (data62 < 1 || isNaN(data62)) {
validate41.errors = [{ instancePath: instancePath + "/burnPercent", schemaPath: "#/properties/burnPercent/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 } }];
return false;
}
}
}
}
var valid0 = _errs126 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.sparesKeptMs !== void 0) {
let data63 = data.sparesKeptMs;
const _errs128 = errors;
if (!(typeof data63 == "number" && (!(data63 % 1) && !isNaN(data63)) && isFinite(data63))) {
validate41.errors = [{ instancePath: instancePath + "/sparesKeptMs", schemaPath: "#/properties/sparesKeptMs/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs128) {
if (typeof data63 == "number" && isFinite(data63)) {
if (data63 > 864e5 || isNaN(data63)) {
validate41.errors = [{ instancePath: instancePath + "/sparesKeptMs", schemaPath: "#/properties/sparesKeptMs/maximum", keyword: "maximum", params: { comparison: "<=", limit: 864e5 } }];
return false;
} else {
if (data63 < 100 || isNaN(data63)) {
validate41.errors = [{ instancePath: instancePath + "/sparesKeptMs", schemaPath: "#/properties/sparesKeptMs/minimum", keyword: "minimum", params: { comparison: ">=", limit: 100 } }];
return false;
}
}
}
}
var valid0 = _errs128 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.quotaCpuMs !== void 0) {
let data64 = data.quotaCpuMs;
const _errs130 = errors;
if (!(typeof data64 == "number" && (!(data64 % 1) && !isNaN(data64)) && isFinite(data64))) {
validate41.errors = [{ instancePath: instancePath + "/quotaCpuMs", schemaPath: "#/properties/quotaCpuMs/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs130) {
if (typeof data64 == "number" && isFinite(data64)) {
if (data64 > 36e5 || isNaN(data64)) {
validate41.errors = [{ instancePath: instancePath + "/quotaCpuMs", schemaPath: "#/properties/quotaCpuMs/maximum", keyword: "maximum", params: { comparison: "<=", limit: 36e5 } }];
return false;
} else {
if (data64 < 0 || isNaN(data64)) {
validate41.errors = [{ instancePath: instancePath + "/quotaCpuMs", schemaPath: "#/properties/quotaCpuMs/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 } }];
return false;
}
}
}
}
var valid0 = _errs130 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.userQuotaCpuMs !== void 0) {
let data65 = data.userQuotaCpuMs;
const _errs132 = errors;
if (!(typeof data65 == "number" && (!(data65 % 1) && !isNaN(data65)) && isFinite(data65))) {
validate41.errors = [{ instancePath: instancePath + "/userQuotaCpuMs", schemaPath: "#/properties/userQuotaCpuMs/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs132) {
if (typeof data65 == "number" && isFinite(data65)) {
if (data65 > 36e5 || isNaN(data65)) {
validate41.errors = [{ instancePath: instancePath + "/userQuotaCpuMs", schemaPath: "#/properties/userQuotaCpuMs/maximum", keyword: "maximum", params: { comparison: "<=", limit: 36e5 } }];
return false;
} else {
if (data65 < 1 || isNaN(data65)) {
validate41.errors = [{ instancePath: instancePath + "/userQuotaCpuMs", schemaPath: "#/properties/userQuotaCpuMs/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 } }];
return false;
}
}
}
}
var valid0 = _errs132 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.quotaWindowMs !== void 0) {
let data66 = data.quotaWindowMs;
const _errs134 = errors;
if (!(typeof data66 == "number" && (!(data66 % 1) && !isNaN(data66)) && isFinite(data66))) {
validate41.errors = [{ instancePath: instancePath + "/quotaWindowMs", schemaPath: "#/properties/quotaWindowMs/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs134) {
if (typeof data66 == "number" && isFinite(data66)) {
if (data66 > 864e5 || isNaN(data66)) {
validate41.errors = [{ instancePath: instancePath + "/quotaWindowMs", schemaPath: "#/properties/quotaWindowMs/maximum", keyword: "maximum", params: { comparison: "<=", limit: 864e5 } }];
return false;
} else {
if (data66 < 1e3 || isNaN(data66)) {
validate41.errors = [{ instancePath: instancePath + "/quotaWindowMs", schemaPath: "#/properties/quotaWindowMs/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1e3 } }];
return false;
}
}
}
}
var valid0 = _errs134 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.memoEntriesMax !== void 0) {
let data67 = data.memoEntriesMax;
const _errs136 = errors;
if (!(typeof data67 == "number" && (!(data67 % 1) && !isNaN(data67)) && isFinite(data67))) {
validate41.errors = [{ instancePath: instancePath + "/memoEntriesMax", schemaPath: "#/properties/memoEntriesMax/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs136) {
if (typeof data67 == "number" && isFinite(data67)) {
if (data67 > 1e6 || isNaN(data67)) {
validate41.errors = [{ instancePath: instancePath + "/memoEntriesMax", schemaPath: "#/properties/memoEntriesMax/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e6 } }];
return false;
} else {
if (data67 < 0 || isNaN(data67)) {
validate41.errors = [{ instancePath: instancePath + "/memoEntriesMax", schemaPath: "#/properties/memoEntriesMax/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 } }];
return false;
}
}
}
}
var valid0 = _errs136 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.appendsMax !== void 0) {
let data68 = data.appendsMax;
const _errs138 = errors;
if (!(typeof data68 == "number" && (!(data68 % 1) && !isNaN(data68)) && isFinite(data68))) {
validate41.errors = [{ instancePath: instancePath + "/appendsMax", schemaPath: "#/properties/appendsMax/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs138) {
if (typeof data68 == "number" && isFinite(data68)) {
if (data68 > 1e6 || isNaN(data68)) {
validate41.errors = [{ instancePath: instancePath + "/appendsMax", schemaPath: "#/properties/appendsMax/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e6 } }];
return false;
} else {
if (data68 < 16 || isNaN(data68)) {
validate41.errors = [{ instancePath: instancePath + "/appendsMax", schemaPath: "#/properties/appendsMax/minimum", keyword: "minimum", params: { comparison: ">=", limit: 16 } }];
return false;
}
}
}
}
var valid0 = _errs138 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.historyBytesMax !== void 0) {
let data69 = data.historyBytesMax;
const _errs140 = errors;
if (!(typeof data69 == "number" && (!(data69 % 1) && !isNaN(data69)) && isFinite(data69))) {
validate41.errors = [{ instancePath: instancePath + "/historyBytesMax", schemaPath: "#/properties/historyBytesMax/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs140) {
if (typeof data69 == "number" && isFinite(data69)) {
if (data69 > 17592186036224 || isNaN(data69)) {
validate41.errors = [{ instancePath: instancePath + "/historyBytesMax", schemaPath: "#/properties/historyBytesMax/maximum", keyword: "maximum", params: { comparison: "<=", limit: 17592186036224 } }];
return false;
} else {
if (data69 < 1048576 || isNaN(data69)) {
validate41.errors = [{ instancePath: instancePath + "/historyBytesMax", schemaPath: "#/properties/historyBytesMax/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1048576 } }];
return false;
}
}
}
}
var valid0 = _errs140 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.historyBytesPerClientMax !== void 0) {
let data70 = data.historyBytesPerClientMax;
const _errs142 = errors;
if (!(typeof data70 == "number" && (!(data70 % 1) && !isNaN(data70)) && isFinite(data70))) {
validate41.errors = [{ instancePath: instancePath + "/historyBytesPerClientMax", schemaPath: "#/properties/historyBytesPerClientMax/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs142) {
if (typeof data70 == "number" && isFinite(data70)) {
if (data70 > 17592186036224 || isNaN(data70)) {
validate41.errors = [{ instancePath: instancePath + "/historyBytesPerClientMax", schemaPath: "#/properties/historyBytesPerClientMax/maximum", keyword: "maximum", params: { comparison: "<=", limit: 17592186036224 } }];
return false;
} else {
if (data70 < 1024 || isNaN(data70)) {
validate41.errors = [{ instancePath: instancePath + "/historyBytesPerClientMax", schemaPath: "#/properties/historyBytesPerClientMax/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1024 } }];
return false;
}
}
}
}
var valid0 = _errs142 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.tracesMax !== void 0) {
let data71 = data.tracesMax;
const _errs144 = errors;
if (!(typeof data71 == "number" && (!(data71 % 1) && !isNaN(data71)) && isFinite(data71))) {
validate41.errors = [{ instancePath: instancePath + "/tracesMax", schemaPath: "#/properties/tracesMax/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs144) {
if (typeof data71 == "number" && isFinite(data71)) {
if (data71 > 64 || isNaN(data71)) {
validate41.errors = [{ instancePath: instancePath + "/tracesMax", schemaPath: "#/properties/tracesMax/maximum", keyword: "maximum", params: { comparison: "<=", limit: 64 } }];
return false;
} else {
if (data71 < 1 || isNaN(data71)) {
validate41.errors = [{ instancePath: instancePath + "/tracesMax", schemaPath: "#/properties/tracesMax/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 } }];
return false;
}
}
}
}
var valid0 = _errs144 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.drainMs !== void 0) {
let data72 = data.drainMs;
const _errs146 = errors;
if (!(typeof data72 == "number" && (!(data72 % 1) && !isNaN(data72)) && isFinite(data72))) {
validate41.errors = [{ instancePath: instancePath + "/drainMs", schemaPath: "#/properties/drainMs/type", keyword: "type", params: { type: "integer" } }];
return false;
}
if (errors === _errs146) {
if (typeof data72 == "number" && isFinite(data72)) {
if (data72 > 6e5 || isNaN(data72)) {
validate41.errors = [{ instancePath: instancePath + "/drainMs", schemaPath: "#/properties/drainMs/maximum", keyword: "maximum", params: { comparison: "<=", limit: 6e5 } }];
return false;
} else {
if (data72 < 0 || isNaN(data72)) {
validate41.errors = [{ instancePath: instancePath + "/drainMs", schemaPath: "#/properties/drainMs/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 } }];
return false;
}
}
}
}
var valid0 = _errs146 === errors;
} else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
} else {
validate41.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } }];
return false;
}
}
validate41.errors = vErrors;
return errors === 0;
}
var TokenFile = validate42;
var schema72 = { "description": "What a client may do: `anyone` calculates, `user` within larger limits, `operator` may also manage the server. Each may do what those before it may.", "type": "string", "enum": ["anyone", "user", "operator"] };
var pattern11 = new RegExp("^[0-9a-f]{16}$", "u");
var pattern12 = new RegExp("^[\\p{L}\\p{N}_.-]{1,32}$", "u");
var pattern13 = new RegExp("^[0-9a-f]{64}$", "u");
function validate43(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
let vErrors = null;
let errors = 0;
if (errors === 0) {
if (data && typeof data == "object" && !Array.isArray(data)) {
let missing0;
if (data.id === void 0 && (missing0 = "id") || data.name === void 0 && (missing0 = "name") || data.role === void 0 && (missing0 = "role") || data.hash === void 0 && (missing0 = "hash") || data.createdAt === void 0 && (missing0 = "createdAt")) {
validate43.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 } }];
return false;
} else {
const _errs1 = errors;
for (const key0 in data) {
if (!(key0 === "id" || key0 === "name" || key0 === "role" || key0 === "hash" || key0 === "createdAt" || key0 === "revokedAt")) {
validate43.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 } }];
return false;
break;
}
}
if (_errs1 === errors) {
if (data.id !== void 0) {
let data0 = data.id;
const _errs2 = errors;
if (errors === _errs2) {
if (typeof data0 === "string") {
if (!pattern11.test(data0)) {
validate43.errors = [{ instancePath: instancePath + "/id", schemaPath: "#/properties/id/pattern", keyword: "pattern", params: { pattern: "^[0-9a-f]{16}$" } }];
return false;
}
} else {
validate43.errors = [{ instancePath: instancePath + "/id", schemaPath: "#/properties/id/type", keyword: "type", params: { type: "string" } }];
return false;
}
}
var valid0 = _errs2 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.name !== void 0) {
let data1 = data.name;
const _errs4 = errors;
if (errors === _errs4) {
if (typeof data1 === "string") {
if (!pattern12.test(data1)) {
validate43.errors = [{ instancePath: instancePath + "/name", schemaPath: "#/properties/name/pattern", keyword: "pattern", params: { pattern: "^[\\p{L}\\p{N}_.-]{1,32}$" } }];
return false;
}
} else {
validate43.errors = [{ instancePath: instancePath + "/name", schemaPath: "#/properties/name/type", keyword: "type", params: { type: "string" } }];
return false;
}
}
var valid0 = _errs4 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.role !== void 0) {
let data2 = data.role;
const _errs6 = errors;
if (typeof data2 !== "string") {
validate43.errors = [{ instancePath: instancePath + "/role", schemaPath: "#/$defs/Role/type", keyword: "type", params: { type: "string" } }];
return false;
}
if (!(data2 === "anyone" || data2 === "user" || data2 === "operator")) {
validate43.errors = [{ instancePath: instancePath + "/role", schemaPath: "#/$defs/Role/enum", keyword: "enum", params: { allowedValues: schema72.enum } }];
return false;
}
var valid0 = _errs6 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.hash !== void 0) {
let data3 = data.hash;
const _errs9 = errors;
if (errors === _errs9) {
if (typeof data3 === "string") {
if (!pattern13.test(data3)) {
validate43.errors = [{ instancePath: instancePath + "/hash", schemaPath: "#/properties/hash/pattern", keyword: "pattern", params: { pattern: "^[0-9a-f]{64}$" } }];
return false;
}
} else {
validate43.errors = [{ instancePath: instancePath + "/hash", schemaPath: "#/properties/hash/type", keyword: "type", params: { type: "string" } }];
return false;
}
}
var valid0 = _errs9 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.createdAt !== void 0) {
let data4 = data.createdAt;
const _errs11 = errors;
if (errors === _errs11) {
if (typeof data4 === "string") {
if (func2(data4) > 30) {
validate43.errors = [{ instancePath: instancePath + "/createdAt", schemaPath: "#/properties/createdAt/maxLength", keyword: "maxLength", params: { limit: 30 } }];
return false;
} else {
if (func2(data4) < 20) {
validate43.errors = [{ instancePath: instancePath + "/createdAt", schemaPath: "#/properties/createdAt/minLength", keyword: "minLength", params: { limit: 20 } }];
return false;
}
}
} else {
validate43.errors = [{ instancePath: instancePath + "/createdAt", schemaPath: "#/properties/createdAt/type", keyword: "type", params: { type: "string" } }];
return false;
}
}
var valid0 = _errs11 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.revokedAt !== void 0) {
let data5 = data.revokedAt;
const _errs13 = errors;
if (errors === _errs13) {
if (typeof data5 === "string") {
if (func2(data5) > 30) {
validate43.errors = [{ instancePath: instancePath + "/revokedAt", schemaPath: "#/properties/revokedAt/maxLength", keyword: "maxLength", params: { limit: 30 } }];
return false;
} else {
if (func2(data5) < 20) {
validate43.errors = [{ instancePath: instancePath + "/revokedAt", schemaPath: "#/properties/revokedAt/minLength", keyword: "minLength", params: { limit: 20 } }];
return false;
}
}
} else {
validate43.errors = [{ instancePath: instancePath + "/revokedAt", schemaPath: "#/properties/revokedAt/type", keyword: "type", params: { type: "string" } }];
return false;
}
}
var valid0 = _errs13 === errors;
} else {
var valid0 = true;
}
}
}
}
}
}
}
}
} else {
validate43.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } }];
return false;
}
}
validate43.errors = vErrors;
return errors === 0;
}
function validate42(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
let vErrors = null;
let errors = 0;
if (errors === 0) {
if (data && typeof data == "object" && !Array.isArray(data)) {
let missing0;
if (data.version === void 0 && (missing0 = "version") || data.tokens === void 0 && (missing0 = "tokens")) {
validate42.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 } }];
return false;
} else {
const _errs1 = errors;
for (const key0 in data) {
if (!(key0 === "version" || key0 === "tokens")) {
validate42.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 } }];
return false;
break;
}
}
if (_errs1 === errors) {
if (data.version !== void 0) {
const _errs2 = errors;
if (1 !== data.version) {
validate42.errors = [{ instancePath: instancePath + "/version", schemaPath: "#/properties/version/const", keyword: "const", params: { allowedValue: 1 } }];
return false;
}
var valid0 = _errs2 === errors;
} else {
var valid0 = true;
}
if (valid0) {
if (data.tokens !== void 0) {
let data1 = data.tokens;
const _errs3 = errors;
if (errors === _errs3) {
if (Array.isArray(data1)) {
var valid1 = true;
const len0 = data1.length;
for (let i0 = 0; i0 < len0; i0++) {
const _errs5 = errors;
if (!validate43(data1[i0], { instancePath: instancePath + "/tokens/" + i0, parentData: data1, parentDataProperty: i0, rootData })) {
vErrors = vErrors === null ? validate43.errors : vErrors.concat(validate43.errors);
errors = vErrors.length;
}
var valid1 = _errs5 === errors;
if (!valid1) {
break;
}
}
} else {
validate42.errors = [{ instancePath: instancePath + "/tokens", schemaPath: "#/properties/tokens/type", keyword: "type", params: { type: "array" } }];
return false;
}
}
var valid0 = _errs3 === errors;
} else {
var valid0 = true;
}
}
}
}
} else {
validate42.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } }];
return false;
}
}
validate42.errors = vErrors;
return errors === 0;
}

export const VALIDATORS: { readonly [Name in "AdminClientsParams" | "AdminDrainParams" | "AdminKickParams" | "AdminTraceParams" | "CalcCheckParams" | "CalcCompleteParams" | "CalcDescribeParams" | "CalcEvaluateParams" | "CalcEvaluateRowsParams" | "CalcSampleParams" | "HistoryClearParams" | "HistoryExportParams" | "HistoryGetParams" | "HistoryListParams" | "HistoryVerifyParams" | "RpcDiscoverParams" | "ScopeClearParams" | "ScopeGetParams" | "ScopeListParams" | "ScopeSetParams" | "ScopeUnsetParams" | "ServerInfoParams" | "ServerPingParams" | "ServerStatusParams" | "SessionCloseParams" | "SessionConfigureParams" | "SessionInfoParams" | "SessionOpenParams" | "Config" | "TokenFile"]: Validator<Defs[Name]> } = {
  AdminClientsParams,
  AdminDrainParams,
  AdminKickParams,
  AdminTraceParams,
  CalcCheckParams,
  CalcCompleteParams,
  CalcDescribeParams,
  CalcEvaluateParams,
  CalcEvaluateRowsParams,
  CalcSampleParams,
  HistoryClearParams,
  HistoryExportParams,
  HistoryGetParams,
  HistoryListParams,
  HistoryVerifyParams,
  RpcDiscoverParams,
  ScopeClearParams,
  ScopeGetParams,
  ScopeListParams,
  ScopeSetParams,
  ScopeUnsetParams,
  ServerInfoParams,
  ServerPingParams,
  ServerStatusParams,
  SessionCloseParams,
  SessionConfigureParams,
  SessionInfoParams,
  SessionOpenParams,
  Config,
  TokenFile,
};
