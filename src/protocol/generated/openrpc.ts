/** Generated from `schemas/` by `scripts/generate.ts`; changes made here are lost. */

/** The OpenRPC description of this server. */
export const OPENRPC: object = {
  "openrpc": "1.3.2",
  "info": {
    "title": "Canaduck",
    "version": "0.1.0",
    "description": "Evaluates mathematics in a jailed process and keeps each client's history. JSON-RPC 2.0, one message a line, over TCP.",
    "license": {
      "name": "MIT"
    }
  },
  "servers": [
    {
      "name": "default",
      "url": "tcp://127.0.0.1:7070"
    }
  ],
  "methods": [
    {
      "name": "calc.check",
      "summary": "Tells how an expression is understood, without evaluating it.",
      "description": "Parses the expression in the jail and walks the gate: what it needs, what it would assign, how precedence was read, and its LaTeX. Nothing is recorded.",
      "paramStructure": "either",
      "params": [
        {
          "name": "expression",
          "required": true,
          "schema": {
            "$ref": "#/components/schemas/Expression"
          }
        }
      ],
      "result": {
        "name": "result",
        "schema": {
          "$ref": "#/components/schemas/Checked"
        }
      },
      "errors": [
        {
          "$ref": "#/components/errors/cancelled"
        },
        {
          "$ref": "#/components/errors/request_timeout"
        },
        {
          "$ref": "#/components/errors/server_busy"
        },
        {
          "$ref": "#/components/errors/shutting_down"
        },
        {
          "$ref": "#/components/errors/syntax_error"
        },
        {
          "$ref": "#/components/errors/unknown_function"
        },
        {
          "$ref": "#/components/errors/function_refused"
        },
        {
          "$ref": "#/components/errors/access_refused"
        },
        {
          "$ref": "#/components/errors/time_limit"
        },
        {
          "$ref": "#/components/errors/memory_limit"
        },
        {
          "$ref": "#/components/errors/too_deep"
        },
        {
          "$ref": "#/components/errors/too_many_nodes"
        },
        {
          "$ref": "#/components/errors/too_long"
        },
        {
          "$ref": "#/components/errors/engine_crashed"
        }
      ],
      "examples": [
        {
          "name": "precedence",
          "params": [
            {
              "name": "expression",
              "value": "y = 1 + 2 x"
            }
          ],
          "result": {
            "name": "result",
            "value": {
              "symbols": [
                "x"
              ],
              "assigns": [
                "y"
              ],
              "interpretation": "y = (1 + (2 x))",
              "latex": " y=1+2~ x"
            }
          }
        }
      ]
    },
    {
      "name": "calc.evaluate",
      "summary": "Evaluates one expression.",
      "description": "The expression runs in a jailed process under the call's limits. Variables and functions it assigns stay in the session. Unless `record` is false, result or failure becomes an entry of the client's history, and a reply that carries `seq` survives a power cut. With `key` a repeated request gets the stored outcome and `replayed: true`, never a second entry.",
      "paramStructure": "either",
      "params": [
        {
          "name": "expression",
          "required": true,
          "schema": {
            "$ref": "#/components/schemas/Expression"
          }
        },
        {
          "name": "variables",
          "required": false,
          "schema": {
            "$ref": "#/components/schemas/Variables"
          }
        },
        {
          "name": "number",
          "required": false,
          "schema": {
            "$ref": "#/components/schemas/NumberKind"
          }
        },
        {
          "name": "precision",
          "required": false,
          "schema": {
            "$ref": "#/components/schemas/Precision"
          }
        },
        {
          "name": "limits",
          "required": false,
          "schema": {
            "$ref": "#/components/schemas/CallLimits"
          }
        },
        {
          "name": "key",
          "required": false,
          "schema": {
            "description": "The client's own name for this request, unique in its history: makes repeating it safe.",
            "type": "string",
            "minLength": 1,
            "maxLength": 128
          }
        },
        {
          "name": "record",
          "required": false,
          "schema": {
            "description": "False keeps the call out of the history.",
            "type": "boolean",
            "default": true
          }
        }
      ],
      "result": {
        "name": "result",
        "schema": {
          "type": "object",
          "additionalProperties": false,
          "required": [
            "type",
            "value",
            "text",
            "elapsedUs"
          ],
          "properties": {
            "type": {
              "$ref": "#/components/schemas/ValueType"
            },
            "value": {
              "$ref": "#/components/schemas/Value"
            },
            "text": {
              "$ref": "#/components/schemas/ValueText"
            },
            "seq": {
              "description": "Number of the history entry; absent when nothing was recorded.",
              "type": "integer",
              "minimum": 1
            },
            "assigned": {
              "description": "Names the expression assigned, sorted.",
              "type": "array",
              "items": {
                "type": "string"
              }
            },
            "warnings": {
              "description": "What a person should know about the result.",
              "type": "array",
              "items": {
                "type": "string"
              }
            },
            "elapsedUs": {
              "$ref": "#/components/schemas/ElapsedUs"
            },
            "replayed": {
              "description": "The outcome was stored earlier under the same key.",
              "const": true
            }
          }
        }
      },
      "errors": [
        {
          "$ref": "#/components/errors/cancelled"
        },
        {
          "$ref": "#/components/errors/request_timeout"
        },
        {
          "$ref": "#/components/errors/server_busy"
        },
        {
          "$ref": "#/components/errors/shutting_down"
        },
        {
          "$ref": "#/components/errors/storage_full"
        },
        {
          "$ref": "#/components/errors/syntax_error"
        },
        {
          "$ref": "#/components/errors/unknown_symbol"
        },
        {
          "$ref": "#/components/errors/unknown_function"
        },
        {
          "$ref": "#/components/errors/bad_argument"
        },
        {
          "$ref": "#/components/errors/unit_mismatch"
        },
        {
          "$ref": "#/components/errors/domain_error"
        },
        {
          "$ref": "#/components/errors/function_refused"
        },
        {
          "$ref": "#/components/errors/access_refused"
        },
        {
          "$ref": "#/components/errors/unknown_unit"
        },
        {
          "$ref": "#/components/errors/time_limit"
        },
        {
          "$ref": "#/components/errors/memory_limit"
        },
        {
          "$ref": "#/components/errors/result_too_large"
        },
        {
          "$ref": "#/components/errors/too_deep"
        },
        {
          "$ref": "#/components/errors/too_many_nodes"
        },
        {
          "$ref": "#/components/errors/too_long"
        },
        {
          "$ref": "#/components/errors/engine_crashed"
        },
        {
          "$ref": "#/components/errors/key_conflict"
        }
      ],
      "examples": [
        {
          "name": "arithmetic",
          "params": [
            {
              "name": "expression",
              "value": "2 + 2"
            }
          ],
          "result": {
            "name": "result",
            "value": {
              "type": "number",
              "value": 4,
              "text": "4",
              "seq": 1,
              "elapsedUs": 40
            }
          }
        },
        {
          "name": "units",
          "params": [
            {
              "name": "expression",
              "value": "2 inch to cm"
            },
            {
              "name": "record",
              "value": false
            }
          ],
          "result": {
            "name": "result",
            "value": {
              "type": "Unit",
              "value": {
                "mathjs": "Unit",
                "value": 5.08,
                "unit": "cm",
                "fixPrefix": true,
                "skipSimp": true
              },
              "text": "5.08 cm",
              "elapsedUs": 90
            }
          }
        },
        {
          "name": "an assignment",
          "params": [
            {
              "name": "expression",
              "value": "x = 3"
            }
          ],
          "result": {
            "name": "result",
            "value": {
              "type": "number",
              "value": 3,
              "text": "3",
              "seq": 1,
              "assigned": [
                "x"
              ],
              "elapsedUs": 40
            }
          }
        },
        {
          "name": "variables of this call",
          "params": [
            {
              "name": "expression",
              "value": "a * b"
            },
            {
              "name": "variables",
              "value": {
                "a": 6,
                "b": 7
              }
            },
            {
              "name": "record",
              "value": false
            }
          ],
          "result": {
            "name": "result",
            "value": {
              "type": "number",
              "value": 42,
              "text": "42",
              "elapsedUs": 40
            }
          }
        },
        {
          "name": "a repeated key",
          "params": [
            {
              "name": "expression",
              "value": "1 + 1"
            },
            {
              "name": "key",
              "value": "k1"
            }
          ],
          "result": {
            "name": "result",
            "value": {
              "type": "number",
              "value": 2,
              "text": "2",
              "seq": 1,
              "elapsedUs": 40,
              "replayed": true
            }
          }
        }
      ]
    },
    {
      "name": "history.list",
      "summary": "Lists the client's own calculations.",
      "description": "Newest last. Without bounds, or with `before`, the newest `limit` entries; with `after` the oldest. Everything acknowledged before this call was sent is there.",
      "paramStructure": "either",
      "params": [
        {
          "name": "before",
          "required": false,
          "schema": {
            "description": "Only entries with a smaller `seq`.",
            "type": "integer",
            "minimum": 1
          }
        },
        {
          "name": "after",
          "required": false,
          "schema": {
            "description": "Only entries with a greater `seq`.",
            "type": "integer",
            "minimum": 0
          }
        },
        {
          "name": "limit",
          "required": false,
          "schema": {
            "description": "At most so many entries.",
            "type": "integer",
            "minimum": 1,
            "maximum": 1000,
            "default": 50
          }
        },
        {
          "name": "query",
          "required": false,
          "schema": {
            "description": "Only entries whose expression or result contains this, whatever the case.",
            "type": "string",
            "minLength": 1,
            "maxLength": 256
          }
        }
      ],
      "result": {
        "name": "result",
        "schema": {
          "type": "object",
          "additionalProperties": false,
          "required": [
            "entries",
            "lastSeq",
            "more"
          ],
          "properties": {
            "entries": {
              "description": "Newest last.",
              "type": "array",
              "items": {
                "$ref": "#/components/schemas/Entry"
              }
            },
            "lastSeq": {
              "description": "Number of the newest entry of the whole history; 0 when there is none.",
              "type": "integer",
              "minimum": 0
            },
            "more": {
              "description": "More entries match than `limit` let through.",
              "type": "boolean"
            }
          }
        }
      },
      "errors": [
        {
          "$ref": "#/components/errors/server_busy"
        },
        {
          "$ref": "#/components/errors/shutting_down"
        }
      ],
      "examples": [
        {
          "name": "nothing yet",
          "params": [],
          "result": {
            "name": "result",
            "value": {
              "entries": [],
              "lastSeq": 0,
              "more": false
            }
          }
        },
        {
          "name": "the newest of two",
          "params": [
            {
              "name": "limit",
              "value": 1
            }
          ],
          "result": {
            "name": "result",
            "value": {
              "entries": [
                {
                  "seq": 2,
                  "at": "2026-01-01T00:00:00.000Z",
                  "expression": "6 * 7",
                  "type": "number",
                  "text": "42",
                  "value": 42,
                  "elapsedUs": 40,
                  "hash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
                }
              ],
              "lastSeq": 2,
              "more": true
            }
          }
        }
      ]
    },
    {
      "name": "rpc.discover",
      "summary": "Describes the whole service as an OpenRPC document.",
      "description": "Generated from the same schemas the server validates against, so it never lags behind.",
      "paramStructure": "either",
      "params": [],
      "result": {
        "name": "result",
        "schema": {
          "description": "An OpenRPC 1.3 document.",
          "type": "object",
          "required": [
            "openrpc",
            "info",
            "methods"
          ],
          "properties": {
            "openrpc": {
              "description": "Version of OpenRPC.",
              "type": "string"
            },
            "info": {
              "description": "Title, version and description of the service.",
              "type": "object"
            },
            "servers": {
              "description": "Where it listens by default.",
              "type": "array",
              "items": {
                "type": "object"
              }
            },
            "methods": {
              "description": "Every method: params, result, errors, examples.",
              "type": "array",
              "items": {
                "type": "object"
              }
            },
            "components": {
              "description": "Shared schemas and all errors.",
              "type": "object"
            }
          }
        }
      },
      "errors": [],
      "examples": [
        {
          "name": "the document",
          "params": [],
          "result": {
            "name": "result",
            "value": {
              "openrpc": "1.3.2",
              "info": {
                "title": "Canaduck",
                "version": "0.1.0"
              },
              "servers": [
                {
                  "name": "default",
                  "url": "tcp://127.0.0.1:7070"
                }
              ],
              "methods": [],
              "components": {}
            }
          }
        }
      ]
    },
    {
      "name": "server.info",
      "summary": "Tells versions, limits, functions and which layers of the jail stand.",
      "description": "Everything a client may want to know before it asks for work. The layers are those proven by running the attack, not those configured.",
      "paramStructure": "either",
      "params": [],
      "result": {
        "name": "result",
        "schema": {
          "type": "object",
          "additionalProperties": false,
          "required": [
            "name",
            "version",
            "node",
            "mathjs",
            "protocol",
            "methods",
            "limits",
            "functions",
            "jail",
            "uptimeSeconds"
          ],
          "properties": {
            "name": {
              "description": "Always `canaduck`.",
              "const": "canaduck"
            },
            "version": {
              "description": "Version of the server.",
              "type": "string"
            },
            "node": {
              "description": "Version of Node.js.",
              "type": "string"
            },
            "mathjs": {
              "description": "Version of mathjs.",
              "type": "string"
            },
            "protocol": {
              "description": "Version of JSON-RPC.",
              "const": "2.0"
            },
            "methods": {
              "description": "Names of all methods, sorted.",
              "type": "array",
              "items": {
                "type": "string"
              }
            },
            "limits": {
              "$ref": "#/components/schemas/Limits"
            },
            "functions": {
              "description": "Functions and constants an expression may name, and mathjs functions it may not, with the reason.",
              "type": "object",
              "additionalProperties": false,
              "required": [
                "allowed",
                "refused"
              ],
              "properties": {
                "allowed": {
                  "type": "array",
                  "items": {
                    "type": "string"
                  }
                },
                "refused": {
                  "type": "array",
                  "items": {
                    "$ref": "#/components/schemas/RefusedFunction"
                  }
                }
              }
            },
            "jail": {
              "description": "The operator's demand and what was proven.",
              "type": "object",
              "additionalProperties": false,
              "required": [
                "mode",
                "layers"
              ],
              "properties": {
                "mode": {
                  "description": "What happens when a layer is missing.",
                  "type": "string",
                  "enum": [
                    "require",
                    "prefer",
                    "off"
                  ]
                },
                "layers": {
                  "type": "array",
                  "items": {
                    "$ref": "#/components/schemas/Layer"
                  }
                }
              }
            },
            "uptimeSeconds": {
              "description": "Seconds since the server began to listen.",
              "type": "number",
              "minimum": 0
            }
          }
        }
      },
      "errors": [],
      "examples": [
        {
          "name": "a server",
          "params": [],
          "result": {
            "name": "result",
            "value": {
              "name": "canaduck",
              "version": "0.1.0",
              "node": "v26.10.0",
              "mathjs": "15.2.0",
              "protocol": "2.0",
              "methods": [
                "calc.check",
                "calc.evaluate"
              ],
              "limits": {
                "expressionBytesMax": 4096,
                "evaluateMs": 250
              },
              "functions": {
                "allowed": [
                  "abs",
                  "sqrt"
                ],
                "refused": [
                  {
                    "name": "import",
                    "reason": "changes the calculator for everybody"
                  }
                ]
              },
              "jail": {
                "mode": "prefer",
                "layers": [
                  {
                    "id": "L3",
                    "name": "engine",
                    "stands": true,
                    "how": "Function refused"
                  }
                ]
              },
              "uptimeSeconds": 12.5
            }
          }
        }
      ]
    },
    {
      "name": "server.ping",
      "summary": "Answers at once, with the server's time.",
      "description": "Shows that the connection and the server live. Touches no evaluator and no history.",
      "paramStructure": "either",
      "params": [
        {
          "name": "echo",
          "required": false,
          "schema": {
            "description": "Any JSON of at most 1024 bytes; comes back unchanged."
          }
        }
      ],
      "result": {
        "name": "result",
        "schema": {
          "type": "object",
          "additionalProperties": false,
          "required": [
            "time"
          ],
          "properties": {
            "echo": {
              "description": "What was sent; absent when nothing was."
            },
            "time": {
              "description": "The server's clock: ISO 8601, UTC, milliseconds.",
              "type": "string"
            }
          }
        }
      },
      "errors": [],
      "examples": [
        {
          "name": "alive",
          "params": [],
          "result": {
            "name": "result",
            "value": {
              "time": "2026-01-01T00:00:00.000Z"
            }
          }
        },
        {
          "name": "with an echo",
          "params": [
            {
              "name": "echo",
              "value": [
                1,
                "two"
              ]
            }
          ],
          "result": {
            "name": "result",
            "value": {
              "echo": [
                1,
                "two"
              ],
              "time": "2026-01-01T00:00:00.000Z"
            }
          }
        }
      ]
    },
    {
      "name": "session.open",
      "summary": "Names the client by its token, sets its number system, or finds an earlier history and its variables again.",
      "description": "Optional: a connection that never opens a session has one anyway. With `token` the session speaks for the client of that token, on every connection and after a server restart, and has its role. Without one keep `resumeToken`: after a lost connection or a server restart it is the way back to this history. It is shown here only, and stored only as a hash. What is sent before the answer came may still be done for the client of before.",
      "paramStructure": "either",
      "params": [
        {
          "name": "resume",
          "required": false,
          "schema": {
            "description": "The `resumeToken` of an earlier session.",
            "type": "string",
            "pattern": "^[A-Za-z0-9_-]{16,128}$"
          }
        },
        {
          "name": "nick",
          "required": false,
          "schema": {
            "description": "What people should call this client: 1 to 32 letters, digits, `_`, `.` or `-`.",
            "type": "string",
            "pattern": "^[\\p{L}\\p{N}_.-]{1,32}$"
          }
        },
        {
          "name": "number",
          "required": false,
          "schema": {
            "$ref": "#/components/schemas/NumberKind"
          }
        },
        {
          "name": "precision",
          "required": false,
          "schema": {
            "$ref": "#/components/schemas/Precision"
          }
        },
        {
          "name": "token",
          "required": false,
          "schema": {
            "description": "Secret that an operator made with `canaduck token create`; not together with `resume`.",
            "type": "string",
            "minLength": 1,
            "maxLength": 256
          }
        }
      ],
      "result": {
        "name": "result",
        "schema": {
          "type": "object",
          "additionalProperties": false,
          "required": [
            "principal",
            "resumed",
            "limits",
            "role",
            "lastSeq",
            "settings"
          ],
          "properties": {
            "principal": {
              "description": "Identity that owns the history.",
              "type": "string"
            },
            "resumeToken": {
              "description": "Secret. Whoever has it, has the history. Absent with `token`, which is the way back itself.",
              "type": "string",
              "pattern": "^[A-Za-z0-9_-]{16,128}$"
            },
            "resumed": {
              "description": "True when an earlier history was found.",
              "type": "boolean"
            },
            "limits": {
              "$ref": "#/components/schemas/Limits"
            },
            "role": {
              "$ref": "#/components/schemas/Role"
            },
            "name": {
              "description": "Name of the token; absent without one.",
              "type": "string"
            },
            "lastSeq": {
              "description": "Number of the newest history entry; 0 when there is none.",
              "type": "integer",
              "minimum": 0
            },
            "settings": {
              "$ref": "#/components/schemas/Settings"
            }
          }
        }
      },
      "errors": [
        {
          "$ref": "#/components/errors/unauthenticated"
        },
        {
          "$ref": "#/components/errors/not_found"
        },
        {
          "$ref": "#/components/errors/storage_full"
        },
        {
          "$ref": "#/components/errors/server_busy"
        }
      ],
      "examples": [
        {
          "name": "a new session with BigNumbers",
          "params": [
            {
              "name": "number",
              "value": "BigNumber"
            },
            {
              "name": "precision",
              "value": 30
            }
          ],
          "result": {
            "name": "result",
            "value": {
              "principal": "uJ1nq0mHTd-1gXr5bA2c7w",
              "resumeToken": "0M1pYyqf3G5tPZ0bWm3nYxH1S8eU2kQv",
              "resumed": false,
              "limits": {
                "expressionBytesMax": 4096
              },
              "role": "anyone",
              "lastSeq": 0,
              "settings": {
                "number": "BigNumber",
                "precision": 30
              }
            }
          }
        }
      ]
    }
  ],
  "components": {
    "schemas": {
      "Expression": {
        "description": "Mathematics in mathjs syntax. Its size in UTF-8 bytes is bounded by `expressionBytesMax` (error `too_long`).",
        "type": "string"
      },
      "VariableName": {
        "description": "A letter, `_` or `$`, then letters, digits, `_` or `$`; at most 64 characters; never two underscores in a row.",
        "type": "string",
        "pattern": "^(?!.*__)[\\p{L}_$][\\p{L}\\p{N}_$]{0,63}$"
      },
      "Variables": {
        "description": "Values by name, for this call only: numbers, booleans, strings, lists of numbers, and lists of such lists (matrices).",
        "type": "object",
        "maxProperties": 256,
        "propertyNames": {
          "$ref": "#/components/schemas/VariableName"
        },
        "additionalProperties": {
          "$ref": "#/components/schemas/VariableValue"
        }
      },
      "VariableValue": {
        "description": "A number, boolean, string, list of numbers or matrix (list of lists of numbers).",
        "type": [
          "number",
          "boolean",
          "string",
          "array"
        ],
        "items": {
          "type": [
            "number",
            "array"
          ],
          "items": {
            "type": "number"
          }
        }
      },
      "NumberKind": {
        "description": "What a numeric literal becomes.",
        "type": "string",
        "enum": [
          "number",
          "BigNumber",
          "Fraction",
          "bigint"
        ]
      },
      "Precision": {
        "description": "Significant digits of BigNumbers.",
        "type": "integer",
        "minimum": 1,
        "maximum": 1000
      },
      "Settings": {
        "description": "The number system expressions are evaluated under. Absent members mean mathjs's defaults: `number`, 64 digits.",
        "type": "object",
        "additionalProperties": false,
        "properties": {
          "number": {
            "$ref": "#/components/schemas/NumberKind"
          },
          "precision": {
            "$ref": "#/components/schemas/Precision"
          }
        }
      },
      "CallLimits": {
        "description": "Bounds for this call. What is larger than the server's own limit is lowered to it: `timeMs` to `evaluateMsCeiling`, `resultBytes` to `resultBytesMax`.",
        "type": "object",
        "additionalProperties": false,
        "properties": {
          "timeMs": {
            "description": "Milliseconds the evaluation may take; `evaluateMs` when absent.",
            "type": "integer",
            "minimum": 1,
            "maximum": 5000
          },
          "resultBytes": {
            "description": "Bytes the value may have, as JSON.",
            "type": "integer",
            "minimum": 1,
            "maximum": 4194304
          }
        }
      },
      "Role": {
        "description": "What a client may do: `anyone` calculates, `user` within larger limits, `operator` may also manage the server. Each may do what those before it may.",
        "type": "string",
        "enum": [
          "anyone",
          "user",
          "operator"
        ]
      },
      "Limits": {
        "description": "The limits for this client's role by the name of their setting; the unit is the last word of the name. docs/CONFIG.md explains each.",
        "type": "object",
        "additionalProperties": {
          "type": "integer"
        }
      },
      "Position": {
        "description": "Where in the expression: `offset` and `column` count UTF-16 units; `offset` from 0, `line` and `column` from 1.",
        "type": "object",
        "additionalProperties": false,
        "required": [
          "offset",
          "line",
          "column",
          "length"
        ],
        "properties": {
          "offset": {
            "type": "integer",
            "minimum": 0
          },
          "line": {
            "type": "integer",
            "minimum": 1
          },
          "column": {
            "type": "integer",
            "minimum": 1
          },
          "length": {
            "type": "integer",
            "minimum": 0
          }
        }
      },
      "MetLimit": {
        "description": "Which limit was met.",
        "type": "object",
        "additionalProperties": false,
        "required": [
          "name",
          "value"
        ],
        "properties": {
          "name": {
            "description": "Name of the setting, or `timeMs` and `resultBytes` when the call chose the bound.",
            "type": "string"
          },
          "value": {
            "description": "What is allowed.",
            "type": "number"
          },
          "used": {
            "description": "What was asked for or spent.",
            "type": "number"
          },
          "ceiling": {
            "description": "How far an operator may raise it.",
            "type": "number"
          }
        }
      },
      "ErrorData": {
        "description": "The `data` of every error. Members that do not apply are absent.",
        "type": "object",
        "additionalProperties": false,
        "required": [
          "name"
        ],
        "properties": {
          "name": {
            "description": "Name of the error; stable for ever, like its code.",
            "type": "string"
          },
          "position": {
            "$ref": "#/components/schemas/Position"
          },
          "path": {
            "description": "JSON pointer into `params`, at most 128 characters, control characters escaped.",
            "type": "string",
            "maxLength": 128
          },
          "excerpt": {
            "description": "What was written there: at most 64 characters, control characters escaped.",
            "type": "string",
            "maxLength": 64
          },
          "detail": {
            "description": "What is wrong, in a person's words.",
            "type": "string",
            "maxLength": 200
          },
          "suggestions": {
            "description": "Names near what was written, nearest first.",
            "type": "array",
            "maxItems": 5,
            "items": {
              "type": "string"
            }
          },
          "limit": {
            "$ref": "#/components/schemas/MetLimit"
          },
          "retryable": {
            "description": "True when the same request may succeed later; absent otherwise.",
            "type": "boolean"
          },
          "retryAfterMs": {
            "description": "Milliseconds to wait before the same request.",
            "type": "integer",
            "minimum": 0
          },
          "seq": {
            "description": "Number of the history entry that keeps this failure, or that the key belongs to.",
            "type": "integer",
            "minimum": 1
          },
          "incident": {
            "description": "Find it in the server's log.",
            "type": "string",
            "maxLength": 64
          }
        }
      },
      "ErrorObject": {
        "description": "The `error` member of a JSON-RPC reply.",
        "type": "object",
        "additionalProperties": false,
        "required": [
          "code",
          "message",
          "data"
        ],
        "properties": {
          "code": {
            "description": "Stable for ever; see docs/ERRORS.md.",
            "type": "integer"
          },
          "message": {
            "description": "A sentence for people; never contains input.",
            "type": "string"
          },
          "data": {
            "$ref": "#/components/schemas/ErrorData"
          }
        }
      },
      "Entry": {
        "description": "One calculation as the history keeps it. It has `type`, `text` and `value`, or it has `error`.",
        "type": "object",
        "additionalProperties": false,
        "required": [
          "seq",
          "at",
          "expression",
          "elapsedUs",
          "hash"
        ],
        "properties": {
          "seq": {
            "description": "1, 2, 3, … with no hole.",
            "type": "integer",
            "minimum": 1
          },
          "at": {
            "description": "When it was answered: ISO 8601, UTC, milliseconds.",
            "type": "string"
          },
          "expression": {
            "$ref": "#/components/schemas/Expression"
          },
          "type": {
            "$ref": "#/components/schemas/ValueType"
          },
          "text": {
            "$ref": "#/components/schemas/ValueText"
          },
          "value": {
            "$ref": "#/components/schemas/Value"
          },
          "error": {
            "$ref": "#/components/schemas/ErrorObject"
          },
          "elapsedUs": {
            "$ref": "#/components/schemas/ElapsedUs"
          },
          "hash": {
            "description": "SHA-256, hex, over the predecessor's hash and this entry.",
            "type": "string",
            "pattern": "^[0-9a-f]{64}$"
          }
        }
      },
      "ValueType": {
        "description": "Type of the value, as mathjs's `typeOf` says.",
        "type": "string"
      },
      "Value": {
        "description": "The value as mathjs writes it to JSON; digits of bigint, BigNumber and Fraction are strings."
      },
      "ValueText": {
        "description": "The value for people: 14 significant digits, or as many as `precision` asks for.",
        "type": "string"
      },
      "ElapsedUs": {
        "description": "CPU time of the evaluation in microseconds, as the jail measured it.",
        "type": "integer",
        "minimum": 0
      },
      "Layer": {
        "description": "A layer of the jail and whether it was proven to stand, by running the attack.",
        "type": "object",
        "additionalProperties": false,
        "required": [
          "id",
          "name",
          "stands",
          "how"
        ],
        "properties": {
          "id": {
            "description": "L0 to L7, as SECURITY.md lists them.",
            "type": "string"
          },
          "name": {
            "type": "string"
          },
          "stands": {
            "description": "True when the attack was stopped.",
            "type": "boolean"
          },
          "how": {
            "description": "How it was proven, or why it is missing.",
            "type": "string"
          }
        }
      },
      "RefusedFunction": {
        "type": "object",
        "description": "A mathjs function that is absent here, and why.",
        "additionalProperties": false,
        "required": [
          "name",
          "reason"
        ],
        "properties": {
          "name": {
            "type": "string"
          },
          "reason": {
            "type": "string"
          }
        }
      },
      "Stored": {
        "description": "A variable or function as the server keeps it: opaque text that only the jail reads.",
        "type": "object",
        "additionalProperties": false,
        "required": [
          "text",
          "type"
        ],
        "properties": {
          "text": {
            "description": "The jail's own serialisation. The server never parses it.",
            "type": "string"
          },
          "type": {
            "description": "`typeOf` of the value; `function` for functions.",
            "type": "string",
            "maxLength": 64
          },
          "needs": {
            "description": "Names a stored function uses without binding them; they travel along with it.",
            "type": "array",
            "items": {
              "type": "string"
            }
          }
        }
      },
      "JailLimits": {
        "description": "Bounds the jail enforces by itself. The parent's deadline and memory limit stand behind them.",
        "type": "object",
        "additionalProperties": false,
        "required": [
          "nodesMax",
          "depthMax",
          "elementsMax",
          "resultBytesMax"
        ],
        "properties": {
          "nodesMax": {
            "type": "integer",
            "minimum": 1
          },
          "depthMax": {
            "type": "integer",
            "minimum": 1
          },
          "elementsMax": {
            "type": "integer",
            "minimum": 1
          },
          "resultBytesMax": {
            "type": "integer",
            "minimum": 1
          }
        }
      },
      "FailureName": {
        "description": "The failures that are born in the jail; each is a row of errors.json.",
        "type": "string",
        "enum": [
          "syntax_error",
          "unknown_symbol",
          "unknown_function",
          "bad_argument",
          "unit_mismatch",
          "domain_error",
          "function_refused",
          "access_refused",
          "unknown_unit",
          "memory_limit",
          "result_too_large",
          "too_deep",
          "too_many_nodes"
        ]
      },
      "Failure": {
        "description": "Why there is no value.",
        "type": "object",
        "additionalProperties": false,
        "required": [
          "name"
        ],
        "properties": {
          "name": {
            "$ref": "#/components/schemas/FailureName"
          },
          "position": {
            "$ref": "#/components/schemas/Position"
          },
          "detail": {
            "type": "string",
            "maxLength": 200
          },
          "suggestions": {
            "type": "array",
            "maxItems": 5,
            "items": {
              "type": "string",
              "maxLength": 128
            }
          },
          "limit": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "name",
              "value"
            ],
            "properties": {
              "name": {
                "type": "string",
                "maxLength": 64
              },
              "value": {
                "type": "number"
              },
              "used": {
                "type": "number"
              }
            }
          }
        }
      },
      "JailValue": {
        "description": "What an evaluation gave.",
        "type": "object",
        "additionalProperties": false,
        "required": [
          "type",
          "value",
          "text"
        ],
        "properties": {
          "type": {
            "type": "string",
            "maxLength": 64
          },
          "value": {
            "description": "JSON as `math.replacer` writes it."
          },
          "text": {
            "type": "string"
          },
          "assigned": {
            "description": "Names the expression assigned, with what they now hold.",
            "type": "object",
            "propertyNames": {
              "$ref": "#/components/schemas/VariableName"
            },
            "additionalProperties": {
              "$ref": "#/components/schemas/Stored"
            }
          },
          "warnings": {
            "type": "array",
            "maxItems": 16,
            "items": {
              "type": "string",
              "maxLength": 200
            }
          }
        }
      },
      "Checked": {
        "description": "What `check` tells about an expression without evaluating it.",
        "type": "object",
        "additionalProperties": false,
        "required": [
          "symbols",
          "assigns",
          "interpretation",
          "latex"
        ],
        "properties": {
          "symbols": {
            "description": "Free names: variables and functions that must exist, sorted.",
            "type": "array",
            "items": {
              "type": "string"
            }
          },
          "assigns": {
            "description": "Names it would assign, sorted.",
            "type": "array",
            "items": {
              "type": "string"
            }
          },
          "interpretation": {
            "description": "The expression as it was understood, fully parenthesised.",
            "type": "string"
          },
          "latex": {
            "description": "For typesetting.",
            "type": "string"
          }
        }
      }
    },
    "errors": {
      "parse_error": {
        "code": -32700,
        "message": "This is not JSON in UTF-8",
        "data": {
          "name": "parse_error"
        }
      },
      "invalid_request": {
        "code": -32600,
        "message": "This is JSON, but not a JSON-RPC 2.0 request",
        "data": {
          "name": "invalid_request"
        }
      },
      "method_not_found": {
        "code": -32601,
        "message": "There is no such method",
        "data": {
          "name": "method_not_found"
        }
      },
      "invalid_params": {
        "code": -32602,
        "message": "The parameters do not fit the method",
        "data": {
          "name": "invalid_params"
        }
      },
      "internal_error": {
        "code": -32603,
        "message": "The server has a bug",
        "data": {
          "name": "internal_error"
        }
      },
      "cancelled": {
        "code": -32800,
        "message": "The call was cancelled",
        "data": {
          "name": "cancelled"
        }
      },
      "unauthenticated": {
        "code": -32001,
        "message": "This needs a valid token",
        "data": {
          "name": "unauthenticated"
        }
      },
      "forbidden": {
        "code": -32013,
        "message": "The role does not allow this",
        "data": {
          "name": "forbidden"
        }
      },
      "request_timeout": {
        "code": -32002,
        "message": "The call waited too long and was not begun",
        "data": {
          "name": "request_timeout"
        }
      },
      "request_too_large": {
        "code": -32007,
        "message": "The message is too large",
        "data": {
          "name": "request_too_large"
        }
      },
      "server_busy": {
        "code": -32009,
        "message": "The server is busy",
        "data": {
          "name": "server_busy"
        }
      },
      "batch_too_large": {
        "code": -32010,
        "message": "The batch has too many calls",
        "data": {
          "name": "batch_too_large"
        }
      },
      "shutting_down": {
        "code": -32012,
        "message": "The server is going down",
        "data": {
          "name": "shutting_down"
        }
      },
      "not_found": {
        "code": -32014,
        "message": "There is nothing under this name",
        "data": {
          "name": "not_found"
        }
      },
      "storage_full": {
        "code": -32016,
        "message": "The history has no room",
        "data": {
          "name": "storage_full"
        }
      },
      "syntax_error": {
        "code": 1001,
        "message": "The expression cannot be read",
        "data": {
          "name": "syntax_error"
        }
      },
      "unknown_symbol": {
        "code": 1002,
        "message": "There is no variable or constant of this name",
        "data": {
          "name": "unknown_symbol"
        }
      },
      "unknown_function": {
        "code": 1003,
        "message": "There is no function of this name",
        "data": {
          "name": "unknown_function"
        }
      },
      "bad_argument": {
        "code": 1004,
        "message": "A function or operator cannot work with what it was given",
        "data": {
          "name": "bad_argument"
        }
      },
      "unit_mismatch": {
        "code": 1005,
        "message": "The units do not fit together",
        "data": {
          "name": "unit_mismatch"
        }
      },
      "domain_error": {
        "code": 1006,
        "message": "There is no such value",
        "data": {
          "name": "domain_error"
        }
      },
      "function_refused": {
        "code": 1007,
        "message": "This function is not available here",
        "data": {
          "name": "function_refused"
        }
      },
      "access_refused": {
        "code": 1008,
        "message": "The expression reaches for something that is not its own",
        "data": {
          "name": "access_refused"
        }
      },
      "unknown_unit": {
        "code": 1009,
        "message": "There is no unit of this name",
        "data": {
          "name": "unknown_unit"
        }
      },
      "time_limit": {
        "code": 1010,
        "message": "The evaluation took too long",
        "data": {
          "name": "time_limit"
        }
      },
      "memory_limit": {
        "code": 1011,
        "message": "The evaluation needs too much memory",
        "data": {
          "name": "memory_limit"
        }
      },
      "result_too_large": {
        "code": 1013,
        "message": "The result is too large to send",
        "data": {
          "name": "result_too_large"
        }
      },
      "too_deep": {
        "code": 1014,
        "message": "The expression is nested too deeply",
        "data": {
          "name": "too_deep"
        }
      },
      "too_many_nodes": {
        "code": 1015,
        "message": "The expression has too many parts",
        "data": {
          "name": "too_many_nodes"
        }
      },
      "too_long": {
        "code": 1016,
        "message": "The expression is too long",
        "data": {
          "name": "too_long"
        }
      },
      "engine_crashed": {
        "code": 1099,
        "message": "The evaluator died of this expression",
        "data": {
          "name": "engine_crashed"
        }
      },
      "key_conflict": {
        "code": 1111,
        "message": "The key belongs to another request",
        "data": {
          "name": "key_conflict"
        }
      }
    }
  }
};
