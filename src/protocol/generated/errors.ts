/** Generated from `schemas/` by `scripts/generate.ts`; changes made here are lost. */

/** Every error a peer can get, by name. docs/ERRORS.md says when each occurs. */
export const ERRORS = {
  "parse_error": {"code":-32700,"message":"This is not JSON in UTF-8","kind":"malformed","retry":"never","closes":false},
  "invalid_request": {"code":-32600,"message":"This is JSON, but not a JSON-RPC 2.0 request","kind":"malformed","retry":"never","closes":false},
  "method_not_found": {"code":-32601,"message":"There is no such method","kind":"refused","retry":"never","closes":false},
  "invalid_params": {"code":-32602,"message":"The parameters do not fit the method","kind":"refused","retry":"never","closes":false},
  "internal_error": {"code":-32603,"message":"The server has a bug","kind":"broken","retry":"never","closes":false},
  "cancelled": {"code":-32800,"message":"The call was cancelled","kind":"failed","retry":"same","closes":false},
  "unauthenticated": {"code":-32001,"message":"This needs a valid token","kind":"refused","retry":"never","closes":false},
  "forbidden": {"code":-32013,"message":"The role does not allow this","kind":"refused","retry":"never","closes":false},
  "request_timeout": {"code":-32002,"message":"The call waited too long and was not begun","kind":"refused","retry":"later","closes":false},
  "request_too_large": {"code":-32007,"message":"The message is too large","kind":"refused","retry":"never","closes":false},
  "server_busy": {"code":-32009,"message":"The server is busy","kind":"refused","retry":"later","closes":false},
  "batch_too_large": {"code":-32010,"message":"The batch has too many calls","kind":"refused","retry":"never","closes":false},
  "shutting_down": {"code":-32012,"message":"The server is going down","kind":"refused","retry":"later","closes":true},
  "not_found": {"code":-32014,"message":"There is nothing under this name","kind":"failed","retry":"never","closes":false},
  "storage_full": {"code":-32016,"message":"The history has no room","kind":"refused","retry":"later","closes":false},
  "syntax_error": {"code":1001,"message":"The expression cannot be read","kind":"failed","retry":"never","closes":false},
  "unknown_symbol": {"code":1002,"message":"There is no variable or constant of this name","kind":"failed","retry":"never","closes":false},
  "unknown_function": {"code":1003,"message":"There is no function of this name","kind":"failed","retry":"never","closes":false},
  "bad_argument": {"code":1004,"message":"A function or operator cannot work with what it was given","kind":"failed","retry":"never","closes":false},
  "unit_mismatch": {"code":1005,"message":"The units do not fit together","kind":"failed","retry":"never","closes":false},
  "domain_error": {"code":1006,"message":"There is no such value","kind":"failed","retry":"never","closes":false},
  "function_refused": {"code":1007,"message":"This function is not available here","kind":"failed","retry":"never","closes":false},
  "access_refused": {"code":1008,"message":"The expression reaches for something that is not its own","kind":"failed","retry":"never","closes":false},
  "unknown_unit": {"code":1009,"message":"There is no unit of this name","kind":"failed","retry":"never","closes":false},
  "time_limit": {"code":1010,"message":"The evaluation took too long","kind":"failed","retry":"never","closes":false},
  "memory_limit": {"code":1011,"message":"The evaluation needs too much memory","kind":"failed","retry":"never","closes":false},
  "result_too_large": {"code":1013,"message":"The result is too large to send","kind":"failed","retry":"never","closes":false},
  "too_deep": {"code":1014,"message":"The expression is nested too deeply","kind":"failed","retry":"never","closes":false},
  "too_many_nodes": {"code":1015,"message":"The expression has too many parts","kind":"failed","retry":"never","closes":false},
  "too_long": {"code":1016,"message":"The expression is too long","kind":"failed","retry":"never","closes":false},
  "engine_crashed": {"code":1099,"message":"The evaluator died of this expression","kind":"failed","retry":"same","closes":false},
  "key_conflict": {"code":1111,"message":"The key belongs to another request","kind":"failed","retry":"never","closes":false},
} as const;

export type ErrorName = keyof typeof ERRORS;
