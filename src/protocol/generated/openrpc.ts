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
      "name": "admin.clients",
      "summary": "Lists the open connections.",
      "description": "For operators. In order of their numbers, which grow; the next page begins `after` the last number of this one.",
      "paramStructure": "either",
      "params": [
        {
          "name": "after",
          "required": false,
          "schema": {
            "description": "Only connections with a greater number.",
            "type": "integer",
            "minimum": 0,
            "default": 0
          }
        },
        {
          "name": "limit",
          "required": false,
          "schema": {
            "description": "At most so many.",
            "type": "integer",
            "minimum": 1,
            "maximum": 1000,
            "default": 100
          }
        }
      ],
      "result": {
        "name": "result",
        "schema": {
          "type": "object",
          "additionalProperties": false,
          "required": [
            "clients",
            "open",
            "more"
          ],
          "properties": {
            "clients": {
              "type": "array",
              "items": {
                "type": "object",
                "additionalProperties": false,
                "required": [
                  "connection",
                  "address",
                  "dialect",
                  "since",
                  "inFlight",
                  "bytesIn",
                  "bytesOut",
                  "role"
                ],
                "properties": {
                  "connection": {
                    "description": "Its number, never used again while the server runs.",
                    "type": "integer",
                    "minimum": 1
                  },
                  "address": {
                    "description": "Where it comes from; `local` for a Unix socket.",
                    "type": "string"
                  },
                  "dialect": {
                    "description": "How it speaks; `undecided` before its first line.",
                    "type": "string",
                    "enum": [
                      "undecided",
                      "json",
                      "header",
                      "text",
                      "http",
                      "tls",
                      "redis",
                      "smtp",
                      "ssh",
                      "proxy",
                      "binary"
                    ]
                  },
                  "since": {
                    "description": "When it was opened, ISO 8601.",
                    "type": "string"
                  },
                  "inFlight": {
                    "description": "Calls not answered yet.",
                    "type": "integer",
                    "minimum": 0
                  },
                  "bytesIn": {
                    "description": "Bytes received.",
                    "type": "integer",
                    "minimum": 0
                  },
                  "bytesOut": {
                    "description": "Bytes sent, or waiting to be.",
                    "type": "integer",
                    "minimum": 0
                  },
                  "role": {
                    "description": "What it may do: a role, or `nobody`.",
                    "type": "string",
                    "enum": [
                      "nobody",
                      "anyone",
                      "user",
                      "operator"
                    ]
                  },
                  "principal": {
                    "description": "Whose history it writes; absent before it has one.",
                    "type": "string"
                  }
                }
              }
            },
            "open": {
              "description": "Open connections in all.",
              "type": "integer",
              "minimum": 0
            },
            "more": {
              "description": "There are connections after the last of this page.",
              "type": "boolean"
            }
          }
        }
      },
      "errors": [
        {
          "$ref": "#/components/errors/forbidden"
        }
      ],
      "examples": [
        {
          "name": "the first page",
          "params": [
            {
              "name": "after",
              "value": 0
            },
            {
              "name": "limit",
              "value": 1
            }
          ],
          "result": {
            "name": "result",
            "value": {
              "clients": [
                {
                  "connection": 1,
                  "address": "127.0.0.1",
                  "dialect": "json",
                  "since": "2026-01-31T12:00:00.000Z",
                  "inFlight": 0,
                  "bytesIn": 47,
                  "bytesOut": 75,
                  "role": "anyone"
                }
              ],
              "open": 2,
              "more": true
            }
          }
        }
      ]
    },
    {
      "name": "admin.drain",
      "summary": "Ends the server as a SIGTERM does.",
      "description": "For operators. This call is answered first; then nothing new is begun, what was accepted is answered within `drainMs`, every connection is closed and the process ends with status 0.",
      "paramStructure": "either",
      "params": [],
      "result": {
        "name": "result",
        "schema": {
          "type": "object",
          "additionalProperties": false,
          "required": [
            "drainMs",
            "connections"
          ],
          "properties": {
            "drainMs": {
              "description": "Milliseconds that calls in flight get.",
              "type": "integer",
              "minimum": 0
            },
            "connections": {
              "description": "Connections that are open now.",
              "type": "integer",
              "minimum": 0
            }
          }
        }
      },
      "errors": [
        {
          "$ref": "#/components/errors/forbidden"
        },
        {
          "$ref": "#/components/errors/shutting_down"
        }
      ],
      "examples": [
        {
          "name": "the end begins",
          "params": [],
          "result": {
            "name": "result",
            "value": {
              "drainMs": 10000,
              "connections": 2
            }
          }
        }
      ]
    },
    {
      "name": "admin.kick",
      "summary": "Ends connections.",
      "description": "For operators. At once: calls in flight are cancelled, answers not yet taken are lost. Says `connection` or `principal`, one of the two.",
      "paramStructure": "either",
      "params": [
        {
          "name": "connection",
          "required": false,
          "schema": {
            "description": "The number of one connection.",
            "type": "integer",
            "minimum": 1
          }
        },
        {
          "name": "principal",
          "required": false,
          "schema": {
            "description": "All connections that speak for this principal.",
            "type": "string",
            "minLength": 1,
            "maxLength": 128
          }
        }
      ],
      "result": {
        "name": "result",
        "schema": {
          "type": "object",
          "additionalProperties": false,
          "required": [
            "kicked"
          ],
          "properties": {
            "kicked": {
              "description": "Connections ended.",
              "type": "integer",
              "minimum": 1
            }
          }
        }
      },
      "errors": [
        {
          "$ref": "#/components/errors/forbidden"
        },
        {
          "$ref": "#/components/errors/not_found"
        }
      ],
      "examples": [
        {
          "name": "one connection",
          "params": [
            {
              "name": "connection",
              "value": 1
            }
          ],
          "result": {
            "name": "result",
            "value": {
              "kicked": 1
            }
          }
        }
      ]
    },
    {
      "name": "admin.trace",
      "summary": "Watches for a while what calls the server answers.",
      "description": "For operators. Collects the calls that are answered in the next `ms` milliseconds, in that order, and then answers with them; sooner when the server drains. Only which call and what became of it, never what was asked or answered. With `connection` or `principal` only theirs. At most `tracesMax` at a time; each begins with a line in the log that says who traces.",
      "paramStructure": "either",
      "params": [
        {
          "name": "ms",
          "required": false,
          "schema": {
            "description": "How long to watch.",
            "type": "integer",
            "minimum": 1,
            "maximum": 60000,
            "default": 1000
          }
        },
        {
          "name": "limit",
          "required": false,
          "schema": {
            "description": "At most so many calls; the others are counted.",
            "type": "integer",
            "minimum": 1,
            "maximum": 1000,
            "default": 100
          }
        },
        {
          "name": "connection",
          "required": false,
          "schema": {
            "description": "Number of the connection, as `admin.clients` tells it.",
            "type": "integer",
            "minimum": 1
          }
        },
        {
          "name": "principal",
          "required": false,
          "schema": {
            "description": "Identity of the client.",
            "type": "string",
            "minLength": 1,
            "maxLength": 64
          }
        }
      ],
      "result": {
        "name": "result",
        "schema": {
          "type": "object",
          "additionalProperties": false,
          "required": [
            "calls",
            "dropped"
          ],
          "properties": {
            "calls": {
              "description": "In the order they were answered.",
              "type": "array",
              "items": {
                "$ref": "#/components/schemas/TracedCall"
              }
            },
            "dropped": {
              "description": "Calls beyond `limit`.",
              "type": "integer",
              "minimum": 0
            }
          }
        }
      },
      "errors": [
        {
          "$ref": "#/components/errors/cancelled"
        },
        {
          "$ref": "#/components/errors/forbidden"
        },
        {
          "$ref": "#/components/errors/server_busy"
        }
      ],
      "examples": [
        {
          "name": "a glance",
          "params": [
            {
              "name": "ms",
              "value": 10
            },
            {
              "name": "limit",
              "value": 10
            }
          ],
          "result": {
            "name": "result",
            "value": {
              "calls": [
                {
                  "connection": 12,
                  "principal": "uJ1nq0mHTd-1gXr5bA2c7w",
                  "call": 4711,
                  "method": "calc.evaluate",
                  "outcome": "time_limit",
                  "elapsedMs": 251.4
                }
              ],
              "dropped": 0
            }
          }
        }
      ]
    },
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
          "$ref": "#/components/errors/quota_exceeded"
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
      "name": "calc.complete",
      "summary": "Completes a name that was begun.",
      "description": "The session's own variables, then functions and constants, then units with their prefixes, each sorted, with what begins exactly as written before what differs in case. Evaluates nothing.",
      "paramStructure": "either",
      "params": [
        {
          "name": "prefix",
          "required": true,
          "schema": {
            "description": "What was typed of the name.",
            "type": "string",
            "minLength": 1,
            "maxLength": 64
          }
        },
        {
          "name": "limit",
          "required": false,
          "schema": {
            "description": "At most so many names.",
            "type": "integer",
            "minimum": 1,
            "maximum": 100,
            "default": 20
          }
        }
      ],
      "result": {
        "name": "result",
        "schema": {
          "type": "object",
          "additionalProperties": false,
          "required": [
            "names",
            "more"
          ],
          "properties": {
            "names": {
              "description": "In the order to offer them.",
              "type": "array",
              "items": {
                "type": "object",
                "additionalProperties": false,
                "required": [
                  "name",
                  "kind",
                  "detail"
                ],
                "properties": {
                  "name": {
                    "type": "string",
                    "description": "The whole name."
                  },
                  "kind": {
                    "description": "`variable` is the session's own, functions too.",
                    "type": "string",
                    "enum": [
                      "variable",
                      "function",
                      "constant",
                      "unit"
                    ]
                  },
                  "detail": {
                    "description": "Signature, type or dimension.",
                    "type": "string"
                  }
                }
              }
            },
            "more": {
              "description": "More names begin like this.",
              "type": "boolean"
            }
          }
        }
      },
      "errors": [],
      "examples": [
        {
          "name": "a function",
          "params": [
            {
              "name": "prefix",
              "value": "deriv"
            }
          ],
          "result": {
            "name": "result",
            "value": {
              "names": [
                {
                  "name": "derivative",
                  "kind": "function",
                  "detail": "derivative(expr, variable)"
                }
              ],
              "more": false
            }
          }
        },
        {
          "name": "own variables first",
          "params": [
            {
              "name": "prefix",
              "value": "pi"
            },
            {
              "name": "limit",
              "value": 2
            }
          ],
          "result": {
            "name": "result",
            "value": {
              "names": [
                {
                  "name": "pies",
                  "kind": "variable",
                  "detail": "number"
                },
                {
                  "name": "pi",
                  "kind": "constant",
                  "detail": "Constants"
                }
              ],
              "more": true
            }
          }
        }
      ]
    },
    {
      "name": "calc.describe",
      "summary": "Explains a function, constant, unit or variable.",
      "description": "From the documentation of mathjs, as far as it holds here. A function that is refused answers `function_refused` with the reason. Evaluates nothing.",
      "paramStructure": "either",
      "params": [
        {
          "name": "name",
          "required": true,
          "schema": {
            "description": "The whole name.",
            "type": "string",
            "minLength": 1,
            "maxLength": 64
          }
        }
      ],
      "result": {
        "name": "result",
        "schema": {
          "type": "object",
          "additionalProperties": false,
          "required": [
            "name",
            "kind",
            "category",
            "help",
            "signatures",
            "examples",
            "seeAlso"
          ],
          "properties": {
            "name": {
              "description": "As asked.",
              "type": "string"
            },
            "kind": {
              "description": "`variable` is the session's own, functions too.",
              "type": "string",
              "enum": [
                "variable",
                "function",
                "constant",
                "unit"
              ]
            },
            "category": {
              "description": "Family, dimension of a unit, or type of a variable.",
              "type": "string"
            },
            "help": {
              "description": "What it is.",
              "type": "string"
            },
            "signatures": {
              "description": "Ways to write it.",
              "type": "array",
              "items": {
                "type": "string"
              }
            },
            "examples": {
              "description": "Expressions to try, in their order.",
              "type": "array",
              "items": {
                "type": "string"
              }
            },
            "seeAlso": {
              "description": "Names near it.",
              "type": "array",
              "items": {
                "type": "string"
              }
            }
          }
        }
      },
      "errors": [
        {
          "$ref": "#/components/errors/not_found"
        },
        {
          "$ref": "#/components/errors/function_refused"
        }
      ],
      "examples": [
        {
          "name": "a function",
          "params": [
            {
              "name": "name",
              "value": "sqrt"
            }
          ],
          "result": {
            "name": "result",
            "value": {
              "name": "sqrt",
              "kind": "function",
              "category": "Arithmetic",
              "help": "Compute the square root value. If x = y * y, then y is the square root of x.",
              "signatures": [
                "sqrt(x)"
              ],
              "examples": [
                "sqrt(25)",
                "5 * 5",
                "sqrt(-1)"
              ],
              "seeAlso": [
                "square",
                "sqrtm",
                "multiply",
                "nthRoot",
                "nthRoots",
                "pow"
              ]
            }
          }
        },
        {
          "name": "a unit with a prefix",
          "params": [
            {
              "name": "name",
              "value": "km"
            }
          ],
          "result": {
            "name": "result",
            "value": {
              "name": "km",
              "kind": "unit",
              "category": "length",
              "help": "A unit of length: m with the prefix k.",
              "signatures": [
                "5 km",
                "x to km"
              ],
              "examples": [
                "5 km to m"
              ],
              "seeAlso": [
                "m"
              ]
            }
          }
        }
      ]
    },
    {
      "name": "calc.evaluate",
      "summary": "Evaluates one expression.",
      "description": "The expression runs in a jailed process under the call's limits. Variables and functions it assigns stay in the session. Unless `record` (or the session's `history`) is false, result or failure becomes an entry of the client's history, and a reply that carries `seq` survives a power cut. With `key` a repeated request gets the stored outcome and `replayed: true`, never a second entry. An evaluation depends on its expression, variables and settings alone, not on clock, locale or who asked before; only `random`, `randomInt` and `pickRandom` differ from call to call, unless `seed` is given.",
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
          "name": "seed",
          "required": false,
          "schema": {
            "$ref": "#/components/schemas/Seed"
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
            "description": "The client's own name for this request, unique in its history: makes repeating it safe. A call that is not recorded must have none.",
            "type": "string",
            "minLength": 1,
            "maxLength": 128
          }
        },
        {
          "name": "record",
          "required": false,
          "schema": {
            "description": "Whether the call goes into the history; when absent, as `session.configure` says (true at first).",
            "type": "boolean"
          }
        },
        {
          "name": "explain",
          "required": false,
          "schema": {
            "description": "True: the result carries `interpretation`. With a `key` it is part of the request.",
            "type": "boolean"
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
            "interpretation": {
              "$ref": "#/components/schemas/Interpretation"
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
          "$ref": "#/components/errors/quota_exceeded"
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
        },
        {
          "name": "how precedence was read",
          "params": [
            {
              "name": "expression",
              "value": "1 + 2 * 3 ^ 2"
            },
            {
              "name": "explain",
              "value": true
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
              "value": 19,
              "text": "19",
              "interpretation": "1 + (2 * (3 ^ 2))",
              "elapsedUs": 60
            }
          }
        },
        {
          "name": "random numbers that can be had again",
          "params": [
            {
              "name": "expression",
              "value": "randomInt(1, 7)"
            },
            {
              "name": "seed",
              "value": 7
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
              "value": 6,
              "text": "6",
              "elapsedUs": 300
            }
          }
        }
      ]
    },
    {
      "name": "calc.evaluateRows",
      "summary": "Evaluates one expression for many rows.",
      "description": "Columns of values in, one value for each row out; the expression is read once. The session's variables and functions are seen as they are when the call's turn comes; nothing may be assigned, and nothing is recorded. Rows are evaluated in slices of some milliseconds, and other clients are served between them. A row that fails has `null` in `values`; `errors` tells the first hundred of them. The line may have `rowsFrameBytesMax` bytes when `method` stands before `params`; what is beside the lists of the table, and each of `rows`, must fit `frameBytesMax`.",
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
          "name": "columns",
          "required": false,
          "schema": {
            "description": "Values by name: lists of one length, at most `rowsMax`. Either this or `rows`.",
            "type": "object",
            "minProperties": 1,
            "maxProperties": 64,
            "propertyNames": {
              "$ref": "#/components/schemas/VariableName"
            },
            "additionalProperties": {
              "type": "array",
              "items": {
                "type": [
                  "number",
                  "boolean",
                  "string"
                ]
              }
            }
          }
        },
        {
          "name": "rows",
          "required": false,
          "schema": {
            "description": "The same by rows: objects with the names of the first.",
            "type": "array",
            "items": {
              "type": "object",
              "minProperties": 1,
              "maxProperties": 64,
              "additionalProperties": {
                "type": [
                  "number",
                  "boolean",
                  "string"
                ]
              }
            }
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
          "name": "progress",
          "required": false,
          "schema": {
            "$ref": "#/components/schemas/ProgressToken"
          }
        }
      ],
      "result": {
        "name": "result",
        "schema": {
          "type": "object",
          "additionalProperties": false,
          "required": [
            "values",
            "failed",
            "errors",
            "elapsedUs"
          ],
          "properties": {
            "values": {
              "description": "One for each row, as `value` of `calc.evaluate`; null where the row failed.",
              "type": "array",
              "items": {}
            },
            "failed": {
              "description": "Rows that failed.",
              "type": "integer",
              "minimum": 0
            },
            "errors": {
              "description": "The first rows that failed, in order.",
              "type": "array",
              "maxItems": 100,
              "items": {
                "$ref": "#/components/schemas/RowError"
              }
            },
            "elapsedUs": {
              "$ref": "#/components/schemas/ElapsedUs"
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
          "$ref": "#/components/errors/quota_exceeded"
        },
        {
          "$ref": "#/components/errors/response_too_large"
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
          "name": "columns",
          "params": [
            {
              "name": "expression",
              "value": "price * qty"
            },
            {
              "name": "columns",
              "value": {
                "price": [
                  2,
                  3.5
                ],
                "qty": [
                  10,
                  4
                ]
              }
            }
          ],
          "result": {
            "name": "result",
            "value": {
              "values": [
                20,
                14
              ],
              "failed": 0,
              "errors": [],
              "elapsedUs": 40
            }
          }
        },
        {
          "name": "rows, one of which fails",
          "params": [
            {
              "name": "expression",
              "value": "factorial(n)"
            },
            {
              "name": "rows",
              "value": [
                {
                  "n": 3
                },
                {
                  "n": -1
                }
              ]
            }
          ],
          "result": {
            "name": "result",
            "value": {
              "values": [
                6,
                null
              ],
              "failed": 1,
              "errors": [
                {
                  "row": 1,
                  "error": {
                    "code": 1006,
                    "message": "There is no such value",
                    "data": {
                      "name": "domain_error",
                      "detail": "Value must be non-negative",
                      "position": {
                        "offset": 0,
                        "line": 1,
                        "column": 1,
                        "length": 9
                      },
                      "excerpt": "factorial(n)"
                    }
                  }
                }
              ],
              "elapsedUs": 40
            }
          }
        }
      ]
    },
    {
      "name": "calc.sample",
      "summary": "Evaluates an expression at evenly spaced points, for a plot.",
      "description": "`points` values of `variable` from `from` to `to`, both included, and the expression's value at each: null where it is no finite real number. The session's variables and functions are seen; nothing may be assigned, and nothing is recorded. When no point has a value because all fail, the call fails as the first of them.",
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
          "name": "variable",
          "required": true,
          "schema": {
            "$ref": "#/components/schemas/VariableName"
          }
        },
        {
          "name": "from",
          "required": true,
          "schema": {
            "description": "First value of the variable.",
            "type": "number"
          }
        },
        {
          "name": "to",
          "required": true,
          "schema": {
            "description": "Last value of the variable; may be below `from`.",
            "type": "number"
          }
        },
        {
          "name": "points",
          "required": false,
          "schema": {
            "description": "How many; at most `pointsMax`.",
            "type": "integer",
            "minimum": 2,
            "default": 200
          }
        }
      ],
      "result": {
        "name": "result",
        "schema": {
          "type": "object",
          "additionalProperties": false,
          "required": [
            "x",
            "y",
            "elapsedUs"
          ],
          "properties": {
            "x": {
              "description": "Values of the variable.",
              "type": "array",
              "items": {
                "type": "number"
              }
            },
            "y": {
              "description": "Values of the expression, or null.",
              "type": "array",
              "items": {
                "type": [
                  "number",
                  "null"
                ]
              }
            },
            "elapsedUs": {
              "$ref": "#/components/schemas/ElapsedUs"
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
          "$ref": "#/components/errors/quota_exceeded"
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
        }
      ],
      "examples": [
        {
          "name": "a pole",
          "params": [
            {
              "name": "expression",
              "value": "1 / x"
            },
            {
              "name": "variable",
              "value": "x"
            },
            {
              "name": "from",
              "value": -2
            },
            {
              "name": "to",
              "value": 2
            },
            {
              "name": "points",
              "value": 5
            }
          ],
          "result": {
            "name": "result",
            "value": {
              "x": [
                -2,
                -1,
                0,
                1,
                2
              ],
              "y": [
                -0.5,
                -1,
                null,
                1,
                0.5
              ],
              "elapsedUs": 40
            }
          }
        }
      ]
    },
    {
      "name": "history.clear",
      "summary": "Removes the client's own calculations, all or the older ones.",
      "description": "What was sent before it is recorded first. The numbers go on after the last one, and the hash of the last removed entry is kept, so that `history.verify` still proves what is left. Keys of removed entries are free again.",
      "paramStructure": "either",
      "params": [
        {
          "name": "before",
          "required": false,
          "schema": {
            "description": "Only entries with a smaller `seq`; all when absent.",
            "type": "integer",
            "minimum": 1
          }
        }
      ],
      "result": {
        "name": "result",
        "schema": {
          "type": "object",
          "additionalProperties": false,
          "required": [
            "removed",
            "lastSeq"
          ],
          "properties": {
            "removed": {
              "description": "How many entries went.",
              "type": "integer",
              "minimum": 0
            },
            "lastSeq": {
              "description": "Number of the newest entry there ever was: the next one is one more.",
              "type": "integer",
              "minimum": 0
            }
          }
        }
      },
      "errors": [
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
        }
      ],
      "examples": [
        {
          "name": "two entries",
          "params": [],
          "result": {
            "name": "result",
            "value": {
              "removed": 2,
              "lastSeq": 2
            }
          }
        }
      ]
    },
    {
      "name": "history.export",
      "summary": "Gives the client's history as text, a page at a time.",
      "description": "The oldest entries first. Ask again with `after: next` while `more` is true; the texts of all pages, one after the other, are the whole file. `jsonl` is one entry a line, as `history.list` shows it. `csv` follows RFC 4180, with a comma, CRLF and a head line on the page that begins at the beginning; a cell that a spreadsheet could take for a formula begins with an apostrophe.",
      "paramStructure": "either",
      "params": [
        {
          "name": "format",
          "required": false,
          "schema": {
            "description": "Kind of text.",
            "type": "string",
            "enum": [
              "jsonl",
              "csv"
            ],
            "default": "jsonl"
          }
        },
        {
          "name": "after",
          "required": false,
          "schema": {
            "description": "Only entries with a greater `seq`.",
            "type": "integer",
            "minimum": 0,
            "default": 0
          }
        },
        {
          "name": "limit",
          "required": false,
          "schema": {
            "description": "At most so many entries; fewer when the text would be longer than 256 KiB, but at least one.",
            "type": "integer",
            "minimum": 1,
            "maximum": 1000,
            "default": 1000
          }
        }
      ],
      "result": {
        "name": "result",
        "schema": {
          "type": "object",
          "additionalProperties": false,
          "required": [
            "text",
            "entries",
            "next",
            "more"
          ],
          "properties": {
            "text": {
              "description": "Whole lines.",
              "type": "string"
            },
            "entries": {
              "description": "How many entries the text has.",
              "type": "integer",
              "minimum": 0
            },
            "next": {
              "description": "`seq` of the last of them: the `after` of the next page.",
              "type": "integer",
              "minimum": 0
            },
            "more": {
              "description": "There are entries after `next`.",
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
          "name": "a page of one as CSV",
          "params": [
            {
              "name": "format",
              "value": "csv"
            },
            {
              "name": "after",
              "value": 0
            },
            {
              "name": "limit",
              "value": 1
            }
          ],
          "result": {
            "name": "result",
            "value": {
              "text": "seq,at,expression,type,text,error,elapsedUs,hash\r\n1,2026-01-01T00:00:00.000Z,6 * 7,number,42,,40,9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\r\n",
              "entries": 1,
              "next": 1,
              "more": true
            }
          }
        }
      ]
    },
    {
      "name": "history.get",
      "summary": "Tells one calculation of the client's own history.",
      "description": "The whole entry, as `history.list` shows it.",
      "paramStructure": "either",
      "params": [
        {
          "name": "seq",
          "required": true,
          "schema": {
            "description": "Number of the entry.",
            "type": "integer",
            "minimum": 1
          }
        }
      ],
      "result": {
        "name": "result",
        "schema": {
          "$ref": "#/components/schemas/Entry"
        }
      },
      "errors": [
        {
          "$ref": "#/components/errors/not_found"
        },
        {
          "$ref": "#/components/errors/server_busy"
        },
        {
          "$ref": "#/components/errors/shutting_down"
        }
      ],
      "examples": [
        {
          "name": "the first",
          "params": [
            {
              "name": "seq",
              "value": 1
            }
          ],
          "result": {
            "name": "result",
            "value": {
              "seq": 1,
              "at": "2026-01-01T00:00:00.000Z",
              "expression": "6 * 7",
              "elapsedUs": 40,
              "hash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
              "type": "number",
              "value": 42,
              "text": "42"
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
      "name": "history.verify",
      "summary": "Proves that the client's history is what was stored.",
      "description": "Walks the hash chain: each entry hashes its predecessor and itself. `hash` stands for the whole history: who keeps it can tell later that nothing before it was changed.",
      "paramStructure": "either",
      "params": [],
      "result": {
        "name": "result",
        "schema": {
          "type": "object",
          "additionalProperties": false,
          "required": [
            "ok",
            "entries",
            "cleared",
            "hash"
          ],
          "properties": {
            "ok": {
              "description": "True when every entry is what was stored.",
              "type": "boolean"
            },
            "entries": {
              "description": "How many were proven.",
              "type": "integer",
              "minimum": 0
            },
            "cleared": {
              "description": "The last `seq` that `history.clear` removed; 0 when none.",
              "type": "integer",
              "minimum": 0
            },
            "hash": {
              "description": "SHA-256, hex, of the last entry that was proven; zeros when there is none.",
              "type": "string",
              "pattern": "^[0-9a-f]{64}$"
            },
            "brokenAt": {
              "description": "The first `seq` that is missing or is not what was stored.",
              "type": "integer",
              "minimum": 1
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
          "name": "one entry after a clear",
          "params": [],
          "result": {
            "name": "result",
            "value": {
              "ok": true,
              "entries": 1,
              "cleared": 1,
              "hash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
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
            "x-events": {
              "description": "Every notification, of the server and of its clients.",
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
              "x-events": [],
              "components": {}
            }
          }
        }
      ]
    },
    {
      "name": "scope.clear",
      "summary": "Removes all variables and functions of the session.",
      "description": "`ans`, the settings and the history stay.",
      "paramStructure": "either",
      "params": [],
      "result": {
        "name": "result",
        "schema": {
          "type": "object",
          "additionalProperties": false,
          "required": [
            "removed"
          ],
          "properties": {
            "removed": {
              "description": "How many there were.",
              "type": "integer",
              "minimum": 0
            }
          }
        }
      },
      "errors": [
        {
          "$ref": "#/components/errors/request_timeout"
        }
      ],
      "examples": [
        {
          "name": "two variables",
          "params": [],
          "result": {
            "name": "result",
            "value": {
              "removed": 2
            }
          }
        }
      ]
    },
    {
      "name": "scope.get",
      "summary": "Tells a variable's value and version.",
      "description": "The value is what evaluating the name gives; for a function, its definition. Sees what all calls sent before it assigned.",
      "paramStructure": "either",
      "params": [
        {
          "name": "name",
          "required": true,
          "schema": {
            "$ref": "#/components/schemas/VariableName"
          }
        }
      ],
      "result": {
        "name": "result",
        "schema": {
          "$ref": "#/components/schemas/HeldVariable"
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
          "$ref": "#/components/errors/quota_exceeded"
        },
        {
          "$ref": "#/components/errors/server_busy"
        },
        {
          "$ref": "#/components/errors/shutting_down"
        },
        {
          "$ref": "#/components/errors/not_found"
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
          "$ref": "#/components/errors/engine_crashed"
        }
      ],
      "examples": [
        {
          "name": "a unit",
          "params": [
            {
              "name": "name",
              "value": "d"
            }
          ],
          "result": {
            "name": "result",
            "value": {
              "name": "d",
              "version": 1,
              "type": "Unit",
              "value": {
                "mathjs": "Unit",
                "value": 2,
                "unit": "inch",
                "fixPrefix": false,
                "skipSimp": true
              },
              "text": "2 inch"
            }
          }
        }
      ]
    },
    {
      "name": "scope.list",
      "summary": "Lists the session's variables and functions.",
      "description": "By name, without values; `scope.get` tells the value. Sees what all calls sent before it assigned.",
      "paramStructure": "either",
      "params": [],
      "result": {
        "name": "result",
        "schema": {
          "type": "object",
          "additionalProperties": false,
          "required": [
            "variables",
            "bytes"
          ],
          "properties": {
            "variables": {
              "description": "Sorted by name.",
              "type": "array",
              "items": {
                "$ref": "#/components/schemas/VariableRow"
              }
            },
            "bytes": {
              "description": "What all of them take of `variablesBytesMax`.",
              "type": "integer",
              "minimum": 0
            }
          }
        }
      },
      "errors": [
        {
          "$ref": "#/components/errors/request_timeout"
        }
      ],
      "examples": [
        {
          "name": "a variable and a function",
          "params": [],
          "result": {
            "name": "result",
            "value": {
              "variables": [
                {
                  "name": "f",
                  "type": "function",
                  "version": 2,
                  "bytes": 21
                },
                {
                  "name": "x",
                  "type": "number",
                  "version": 1,
                  "bytes": 8
                }
              ],
              "bytes": 29
            }
          }
        }
      ]
    },
    {
      "name": "scope.set",
      "summary": "Sets a variable, when asked only if nobody changed it meanwhile.",
      "description": "Give `value`, or an `expression` whose result it becomes (no function: those are assigned by `calc.evaluate`; what the expression itself assigns is not kept). With `ifVersion` it is a compare-and-set: exactly one of several that saw the same version wins, the others get `conflict` with the current value in `error.data.current`. Nothing is recorded.",
      "paramStructure": "either",
      "params": [
        {
          "name": "name",
          "required": true,
          "schema": {
            "$ref": "#/components/schemas/VariableName"
          }
        },
        {
          "name": "value",
          "required": false,
          "schema": {
            "$ref": "#/components/schemas/VariableValue"
          }
        },
        {
          "name": "ifVersion",
          "required": false,
          "schema": {
            "description": "Only when the variable has this version now; 0: only when there is none. Else `conflict`.",
            "type": "integer",
            "minimum": 0
          }
        },
        {
          "name": "expression",
          "required": false,
          "schema": {
            "$ref": "#/components/schemas/Expression"
          }
        }
      ],
      "result": {
        "name": "result",
        "schema": {
          "$ref": "#/components/schemas/HeldVariable"
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
          "$ref": "#/components/errors/quota_exceeded"
        },
        {
          "$ref": "#/components/errors/server_busy"
        },
        {
          "$ref": "#/components/errors/shutting_down"
        },
        {
          "$ref": "#/components/errors/conflict"
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
        }
      ],
      "examples": [
        {
          "name": "a matrix",
          "params": [
            {
              "name": "name",
              "value": "m"
            },
            {
              "name": "value",
              "value": [
                [
                  1,
                  2
                ],
                [
                  3,
                  4
                ]
              ]
            }
          ],
          "result": {
            "name": "result",
            "value": {
              "name": "m",
              "version": 1,
              "type": "Array",
              "value": [
                [
                  1,
                  2
                ],
                [
                  3,
                  4
                ]
              ],
              "text": "[[1, 2], [3, 4]]"
            }
          }
        },
        {
          "name": "compare and set",
          "params": [
            {
              "name": "name",
              "value": "x"
            },
            {
              "name": "expression",
              "value": "x + 1"
            },
            {
              "name": "ifVersion",
              "value": 1
            }
          ],
          "result": {
            "name": "result",
            "value": {
              "name": "x",
              "version": 2,
              "type": "number",
              "value": 4,
              "text": "4"
            }
          }
        }
      ]
    },
    {
      "name": "scope.unset",
      "summary": "Removes a variable.",
      "description": "What calls sent before it still see, they see. A version is never used twice: a variable set anew has a greater one.",
      "paramStructure": "either",
      "params": [
        {
          "name": "name",
          "required": true,
          "schema": {
            "$ref": "#/components/schemas/VariableName"
          }
        },
        {
          "name": "ifVersion",
          "required": false,
          "schema": {
            "description": "Only when the variable has this version now; 0: only when there is none. Else `conflict`.",
            "type": "integer",
            "minimum": 0
          }
        }
      ],
      "result": {
        "name": "result",
        "schema": {
          "type": "object",
          "additionalProperties": false,
          "required": [
            "name",
            "version"
          ],
          "properties": {
            "name": {
              "$ref": "#/components/schemas/VariableName"
            },
            "version": {
              "description": "The version it had.",
              "type": "integer",
              "minimum": 0
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
          "$ref": "#/components/errors/not_found"
        },
        {
          "$ref": "#/components/errors/conflict"
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
          "$ref": "#/components/errors/engine_crashed"
        }
      ],
      "examples": [
        {
          "name": "x",
          "params": [
            {
              "name": "name",
              "value": "x"
            }
          ],
          "result": {
            "name": "result",
            "value": {
              "name": "x",
              "version": 1
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
                "proving",
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
                "proving": {
                  "description": "True for some moments after the start, unless every layer is required: what the layers are is not known yet, and none is told.",
                  "type": "boolean"
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
                "proving": false,
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
      "name": "server.status",
      "summary": "Tells how busy the server is.",
      "description": "Load in numbers, for everybody together: no client is named, and nothing tells one from another.",
      "paramStructure": "either",
      "params": [],
      "result": {
        "name": "result",
        "schema": {
          "type": "object",
          "additionalProperties": false,
          "required": [
            "uptimeSeconds",
            "connections",
            "sessions",
            "callsInFlight",
            "queued",
            "evaluators",
            "starts",
            "kills",
            "memory"
          ],
          "properties": {
            "uptimeSeconds": {
              "description": "Seconds since the server began to listen.",
              "type": "number",
              "minimum": 0
            },
            "connections": {
              "description": "Open connections.",
              "type": "integer",
              "minimum": 0
            },
            "sessions": {
              "description": "Sessions, one for each connection that is served.",
              "type": "integer",
              "minimum": 0
            },
            "callsInFlight": {
              "description": "Calls and typed lines without an answer, this one included.",
              "type": "integer",
              "minimum": 0
            },
            "queued": {
              "description": "Evaluations that wait for an evaluator.",
              "type": "integer",
              "minimum": 0
            },
            "evaluators": {
              "description": "Jailed processes by lane and state.",
              "type": "array",
              "items": {
                "type": "object",
                "additionalProperties": false,
                "required": [
                  "lane",
                  "state",
                  "count"
                ],
                "properties": {
                  "lane": {
                    "description": "`fast`, `slow`, or `spare` for those that wait to stand in.",
                    "type": "string"
                  },
                  "state": {
                    "description": "What they are doing.",
                    "type": "string"
                  },
                  "count": {
                    "description": "How many.",
                    "type": "integer",
                    "minimum": 0
                  }
                }
              }
            },
            "starts": {
              "description": "Jailed processes started so far.",
              "type": "integer",
              "minimum": 0
            },
            "kills": {
              "description": "Jailed processes that were killed or died so far, by reason.",
              "type": "object",
              "additionalProperties": {
                "type": "integer",
                "minimum": 0
              }
            },
            "memory": {
              "type": "object",
              "additionalProperties": false,
              "required": [
                "rssBytes",
                "heapBytes"
              ],
              "description": "Of the server process.",
              "properties": {
                "rssBytes": {
                  "description": "Resident memory of the server process, without the jailed ones.",
                  "type": "integer",
                  "minimum": 0
                },
                "heapBytes": {
                  "description": "Heap in use.",
                  "type": "integer",
                  "minimum": 0
                }
              }
            }
          }
        }
      },
      "errors": [],
      "examples": [
        {
          "name": "a quiet server",
          "params": [],
          "result": {
            "name": "result",
            "value": {
              "uptimeSeconds": 12.5,
              "connections": 1,
              "sessions": 1,
              "callsInFlight": 1,
              "queued": 0,
              "evaluators": [
                {
                  "lane": "fast",
                  "state": "ready",
                  "count": 1
                },
                {
                  "lane": "slow",
                  "state": "ready",
                  "count": 1
                }
              ],
              "starts": 3,
              "kills": {
                "time_limit": 1
              },
              "memory": {
                "rssBytes": 90000000,
                "heapBytes": 30000000
              }
            }
          }
        }
      ]
    },
    {
      "name": "session.close",
      "summary": "Says goodbye: answers what is in flight, then closes the connection.",
      "description": "What was sent before is answered, what comes after it is not read any more. History and variables stay, for whoever has the resume token.",
      "paramStructure": "either",
      "params": [],
      "result": {
        "name": "result",
        "schema": {
          "type": "object",
          "additionalProperties": false,
          "required": [
            "lastWords"
          ],
          "properties": {
            "nick": {
              "$ref": "#/components/schemas/Nick"
            },
            "lastWords": {
              "description": "What the server says.",
              "type": "string"
            }
          }
        }
      },
      "errors": [],
      "examples": [
        {
          "name": "goodbye",
          "params": [],
          "result": {
            "name": "result",
            "value": {
              "lastWords": "Goodbye!"
            }
          }
        },
        {
          "name": "with a nickname",
          "params": [],
          "result": {
            "name": "result",
            "value": {
              "nick": "aleph",
              "lastWords": "Goodbye aleph!"
            }
          }
        }
      ]
    },
    {
      "name": "session.configure",
      "summary": "Sets the number system, whether 2 x means 2 * x, whether calculations are recorded, and what is told unasked.",
      "description": "Holds for every later call of this client, on all its connections, until it is set again; calls sent before it are not touched. Only `events` is a matter of this connection. What is not named stays as it is. A call's own `number`, `precision` and `record` go before it. Without params it only tells the settings.",
      "paramStructure": "either",
      "params": [
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
          "name": "history",
          "required": false,
          "schema": {
            "description": "False: `calc.evaluate` records nothing unless the call says `record: true`.",
            "type": "boolean"
          }
        },
        {
          "name": "implicit",
          "required": false,
          "schema": {
            "$ref": "#/components/schemas/Implicit"
          }
        },
        {
          "name": "events",
          "required": false,
          "schema": {
            "$ref": "#/components/schemas/EventNames"
          }
        }
      ],
      "result": {
        "name": "result",
        "schema": {
          "$ref": "#/components/schemas/EffectiveSettings"
        }
      },
      "errors": [
        {
          "$ref": "#/components/errors/request_timeout"
        },
        {
          "$ref": "#/components/errors/too_many_subscriptions"
        }
      ],
      "examples": [
        {
          "name": "BigNumbers of 30 digits",
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
              "number": "BigNumber",
              "precision": 30,
              "implicit": true,
              "history": true,
              "events": []
            }
          }
        },
        {
          "name": "nothing recorded",
          "params": [
            {
              "name": "history",
              "value": false
            }
          ],
          "result": {
            "name": "result",
            "value": {
              "number": "number",
              "precision": 64,
              "implicit": true,
              "history": false,
              "events": []
            }
          }
        },
        {
          "name": "no multiplication without a sign",
          "params": [
            {
              "name": "implicit",
              "value": false
            }
          ],
          "result": {
            "name": "result",
            "value": {
              "number": "number",
              "precision": 64,
              "implicit": false,
              "history": true,
              "events": []
            }
          }
        },
        {
          "name": "to be told of variables that others change",
          "params": [
            {
              "name": "events",
              "value": [
                "scope.changed"
              ]
            }
          ],
          "result": {
            "name": "result",
            "value": {
              "number": "number",
              "precision": 64,
              "implicit": true,
              "history": true,
              "events": [
                "scope.changed"
              ]
            }
          }
        }
      ]
    },
    {
      "name": "session.info",
      "summary": "Tells who the caller is, its role and settings, its limits, and how much processor time it has used.",
      "description": "What a call costs is measured in the jail; a call that was killed costs the time it held its process and the start of the next. While `usedCpuMs` is at `cpuMs` or above, evaluations are refused with `quota_exceeded`. The quota belongs to the principal: it is the same on every connection that resumed it. Its size, like other limits, is that of the role.",
      "paramStructure": "either",
      "params": [],
      "result": {
        "name": "result",
        "schema": {
          "type": "object",
          "additionalProperties": false,
          "required": [
            "principal",
            "role",
            "settings",
            "events",
            "limits",
            "calls",
            "lastSeq"
          ],
          "properties": {
            "principal": {
              "description": "Identity that owns the history and the quota.",
              "type": "string"
            },
            "role": {
              "$ref": "#/components/schemas/Role"
            },
            "settings": {
              "$ref": "#/components/schemas/Settings"
            },
            "events": {
              "$ref": "#/components/schemas/EventNames"
            },
            "limits": {
              "$ref": "#/components/schemas/Limits"
            },
            "calls": {
              "description": "Evaluations begun since the server came to know the principal.",
              "type": "integer",
              "minimum": 0
            },
            "lastSeq": {
              "description": "Number of the newest history entry; 0 when there is none.",
              "type": "integer",
              "minimum": 0
            },
            "quota": {
              "description": "Processor time; absent when the server sets no quota.",
              "type": "object",
              "additionalProperties": false,
              "required": [
                "usedCpuMs",
                "cpuMs",
                "windowMs",
                "resetsInMs"
              ],
              "properties": {
                "usedCpuMs": {
                  "description": "Used and not back yet, in milliseconds; above `cpuMs` it is a debt.",
                  "type": "integer",
                  "minimum": 0
                },
                "cpuMs": {
                  "description": "What may be used within `windowMs`.",
                  "type": "integer",
                  "minimum": 1
                },
                "windowMs": {
                  "description": "Time in which `cpuMs` come back, steadily.",
                  "type": "integer",
                  "minimum": 1
                },
                "resetsInMs": {
                  "description": "Milliseconds until all of it is back, if nothing is used.",
                  "type": "integer",
                  "minimum": 0
                }
              }
            }
          }
        }
      },
      "errors": [
        {
          "$ref": "#/components/errors/server_busy"
        }
      ],
      "examples": [
        {
          "name": "after one calculation",
          "params": [],
          "result": {
            "name": "result",
            "value": {
              "principal": "uJ1nq0mHTd-1gXr5bA2c7w",
              "role": "anyone",
              "settings": {},
              "events": [],
              "limits": {
                "callsInFlightMax": 256,
                "evaluateMs": 250,
                "quotaCpuMs": 30000
              },
              "calls": 1,
              "lastSeq": 1,
              "quota": {
                "usedCpuMs": 0,
                "cpuMs": 30000,
                "windowMs": 60000,
                "resetsInMs": 1
              }
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
            "$ref": "#/components/schemas/Nick"
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
        },
        {
          "name": "events",
          "required": false,
          "schema": {
            "$ref": "#/components/schemas/EventNames"
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
            "nick": {
              "$ref": "#/components/schemas/Nick"
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
        },
        {
          "$ref": "#/components/errors/nick_taken"
        },
        {
          "$ref": "#/components/errors/nick_invalid"
        },
        {
          "$ref": "#/components/errors/too_many_subscriptions"
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
  "x-events": [
    {
      "name": "$/cancelRequest",
      "from": "client",
      "summary": "Asks to stop a call.",
      "description": "A notification. The call still gets exactly one reply: `cancelled` when it was stopped, and then it has left no entry and no variable; its result when it was too late. The id must be written as in the request: `1` and `1.0` are two ids. An id that is not in flight is ignored.",
      "params": {
        "type": "object",
        "additionalProperties": true,
        "required": [
          "id"
        ],
        "properties": {
          "id": {
            "description": "The id of the call.",
            "type": [
              "string",
              "number",
              "null"
            ]
          }
        }
      },
      "example": {
        "id": 7
      }
    },
    {
      "name": "$/progress",
      "from": "server",
      "summary": "How far a long call is.",
      "description": "Sent while a call that carries `progress` is in work, at most every 100 ms, and never to a connection that leaves its answers unread. The reply itself is the end of it.",
      "params": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "token",
          "done",
          "total"
        ],
        "properties": {
          "token": {
            "$ref": "#/components/schemas/ProgressToken"
          },
          "done": {
            "description": "Rows that are evaluated.",
            "type": "integer",
            "minimum": 0
          },
          "total": {
            "description": "Rows of the call.",
            "type": "integer",
            "minimum": 0
          }
        }
      },
      "example": {
        "token": "invoice",
        "done": 40000,
        "total": 100000
      }
    },
    {
      "name": "scope.changed",
      "from": "server",
      "summary": "Other connections of this client have changed its variables.",
      "description": "Sent to connections that asked for it by `events` of `session.configure` or `session.open`, never to the one whose call did it. What happens in one turn of the server is told together, as it is at its end. With `more` there were further changes than `scopeChangesMax`: `scope.list` tells all.",
      "params": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "changes"
        ],
        "properties": {
          "changes": {
            "type": "array",
            "minItems": 1,
            "items": {
              "$ref": "#/components/schemas/VariableChange"
            }
          },
          "more": {
            "description": "Not all changes are told here.",
            "const": true
          }
        }
      },
      "example": {
        "changes": [
          {
            "name": "x",
            "version": 7,
            "type": "number"
          },
          {
            "name": "y",
            "removed": true
          }
        ]
      }
    },
    {
      "name": "server.closing",
      "from": "server",
      "summary": "The server is going down.",
      "description": "Sent once when the server begins to drain, to every connection that has spoken JSON-RPC; a person is told in a line. Calls that were accepted are answered, later ones get `shutting_down`, then the connection is closed.",
      "params": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "drainMs"
        ],
        "properties": {
          "drainMs": {
            "description": "Milliseconds the accepted calls get at most.",
            "type": "integer",
            "minimum": 0
          }
        }
      },
      "example": {
        "drainMs": 10000
      }
    },
    {
      "name": "session.missed",
      "from": "server",
      "summary": "This connection did not read, and events for it were dropped.",
      "description": "No event is sent to a connection that leaves more than `outputBytesSoftMax` of its answers unread. Once it has read, it is told how many it has missed since it was last told, before any later event.",
      "params": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "events"
        ],
        "properties": {
          "events": {
            "description": "How many were dropped.",
            "type": "integer",
            "minimum": 1
          }
        }
      },
      "example": {
        "events": 12
      }
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
      "Seed": {
        "description": "What random numbers are drawn from: the same seed gives the same call the same numbers, whichever process serves it. Absent means numbers no other call draws; neither are for secrets.",
        "type": "integer",
        "minimum": 0,
        "maximum": 9007199254740991
      },
      "Implicit": {
        "description": "Whether values in a row are multiplied, as in `2 x` and `3 (4)`. False: they are a `syntax_error` at their place, but for a number with its unit (`2 inch`, `3i`) and units in a row (`N m`). It concerns the expressions that are sent, not texts they parse nor functions that were kept before.",
        "type": "boolean"
      },
      "Settings": {
        "description": "How expressions are read and evaluated. Absent members mean mathjs's defaults: `number`, 64 digits, implicit multiplication.",
        "type": "object",
        "additionalProperties": false,
        "properties": {
          "number": {
            "$ref": "#/components/schemas/NumberKind"
          },
          "precision": {
            "$ref": "#/components/schemas/Precision"
          },
          "implicit": {
            "$ref": "#/components/schemas/Implicit"
          }
        }
      },
      "EffectiveSettings": {
        "description": "The settings of the client's calls, defaults filled in.",
        "type": "object",
        "additionalProperties": false,
        "required": [
          "number",
          "precision",
          "implicit",
          "history",
          "events"
        ],
        "properties": {
          "number": {
            "$ref": "#/components/schemas/NumberKind"
          },
          "precision": {
            "$ref": "#/components/schemas/Precision"
          },
          "implicit": {
            "$ref": "#/components/schemas/Implicit"
          },
          "history": {
            "description": "Whether `calc.evaluate` records when the call does not say.",
            "type": "boolean"
          },
          "events": {
            "$ref": "#/components/schemas/EventNames"
          }
        }
      },
      "EventNames": {
        "description": "What this connection is told without asking again: `scope.changed`, when other connections of the client change its variables. Instead of what it was told before; `[]` for nothing. At most `scopeWatchersMax` connections of a client. It ends when `session.open` leads to another session.",
        "type": "array",
        "maxItems": 8,
        "uniqueItems": true,
        "items": {
          "type": "string",
          "enum": [
            "scope.changed"
          ]
        }
      },
      "Nick": {
        "description": "What people call this client: 1 to 32 letters, digits, `_`, `.` or `-`, unique among those present whatever the case.",
        "type": "string",
        "maxLength": 128
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
      "ProgressToken": {
        "description": "The caller's own name for a call whose progress it wants to be told.",
        "type": [
          "string",
          "integer"
        ],
        "minLength": 1,
        "maxLength": 128
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
      "VariableVersion": {
        "description": "Grows with every change of any variable of the session; never used twice.",
        "type": "integer",
        "minimum": 1
      },
      "VariableChange": {
        "description": "A variable that was assigned or set, or one that was removed.",
        "type": "object",
        "additionalProperties": false,
        "required": [
          "name"
        ],
        "properties": {
          "name": {
            "$ref": "#/components/schemas/VariableName"
          },
          "version": {
            "$ref": "#/components/schemas/VariableVersion"
          },
          "type": {
            "$ref": "#/components/schemas/ValueType"
          },
          "removed": {
            "description": "There is no variable of this name any more; then without `version` and `type`.",
            "const": true
          }
        }
      },
      "VariableRow": {
        "description": "A variable or function of the session, without its value.",
        "type": "object",
        "additionalProperties": false,
        "required": [
          "name",
          "type",
          "version",
          "bytes"
        ],
        "properties": {
          "name": {
            "$ref": "#/components/schemas/VariableName"
          },
          "type": {
            "$ref": "#/components/schemas/ValueType"
          },
          "version": {
            "$ref": "#/components/schemas/VariableVersion"
          },
          "bytes": {
            "description": "What it takes of `variablesBytesMax`.",
            "type": "integer",
            "minimum": 0
          }
        }
      },
      "HeldVariable": {
        "description": "A variable with its value.",
        "type": "object",
        "additionalProperties": false,
        "required": [
          "name",
          "version",
          "type",
          "value",
          "text"
        ],
        "properties": {
          "name": {
            "$ref": "#/components/schemas/VariableName"
          },
          "version": {
            "$ref": "#/components/schemas/VariableVersion"
          },
          "type": {
            "$ref": "#/components/schemas/ValueType"
          },
          "value": {
            "$ref": "#/components/schemas/Value"
          },
          "text": {
            "$ref": "#/components/schemas/ValueText"
          }
        }
      },
      "CurrentVariable": {
        "description": "What a variable holds now; only `version`, 0, when there is none.",
        "type": "object",
        "additionalProperties": false,
        "required": [
          "version"
        ],
        "properties": {
          "version": {
            "description": "Its version.",
            "type": "integer",
            "minimum": 0
          },
          "type": {
            "$ref": "#/components/schemas/ValueType"
          },
          "value": {
            "$ref": "#/components/schemas/Value"
          },
          "text": {
            "$ref": "#/components/schemas/ValueText"
          }
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
          "replayed": {
            "description": "This failure was stored earlier under the same key.",
            "const": true
          },
          "current": {
            "$ref": "#/components/schemas/CurrentVariable"
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
      "RowError": {
        "description": "A row that failed.",
        "type": "object",
        "additionalProperties": false,
        "required": [
          "row",
          "error"
        ],
        "properties": {
          "row": {
            "description": "Counted from 0.",
            "type": "integer",
            "minimum": 0
          },
          "error": {
            "$ref": "#/components/schemas/ErrorObject"
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
      "TracedCall": {
        "description": "A call that was answered, without what was asked or answered.",
        "type": "object",
        "additionalProperties": false,
        "required": [
          "connection",
          "call",
          "method",
          "outcome",
          "elapsedMs"
        ],
        "properties": {
          "connection": {
            "description": "Number of its connection.",
            "type": "integer",
            "minimum": 1
          },
          "principal": {
            "description": "Whose call it was; absent before the connection has one.",
            "type": "string"
          },
          "call": {
            "description": "Its number, as in the log.",
            "type": "integer",
            "minimum": 1
          },
          "method": {
            "description": "`other` when there is no such method.",
            "type": "string"
          },
          "outcome": {
            "description": "`ok`, or the name of the error.",
            "type": "string"
          },
          "elapsedMs": {
            "description": "Milliseconds from its dispatch to its answer.",
            "type": "number",
            "minimum": 0
          },
          "elapsedUs": {
            "$ref": "#/components/schemas/ElapsedUs"
          }
        }
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
      "Token": {
        "description": "Begins a short line; read as a number it is the id of the job.",
        "type": "string",
        "pattern": "^[0-9a-f]{12}$"
      },
      "ShortJob": {
        "description": "A token, perhaps `#` and `resultBytesMax`, perhaps variables that are plain numbers, a tab, an expression: a job with `cheapOnly`, with all else absent.",
        "type": "string",
        "pattern": "^[0-9a-f]{12}(#[1-9][0-9]{0,15})?(\\{(\"[A-Za-z_][A-Za-z0-9_]*\":-?[0-9.]+,?){1,16}\\})?\\t[^\\u0000-\\u001f\"\\\\]+$"
      },
      "ShortOutcome": {
        "description": "The token of the short job, `us`, a number as JSON, and its `text` where that differs, with tabs between: an outcome with a value of the type `number`.",
        "type": "string",
        "pattern": "^[0-9a-f]{12}\\t(0|[1-9][0-9]{0,14})\\t-?(0|[1-9][0-9]{0,20})(\\.[0-9]{1,25})?(e[+-][0-9]{1,3})?(\\t[-+.0-9e]{1,32})?$"
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
          },
          "interpretation": {
            "$ref": "#/components/schemas/Interpretation"
          }
        }
      },
      "Interpretation": {
        "description": "The expression as it was understood, fully parenthesised.",
        "type": "string",
        "maxLength": 262144
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
            "$ref": "#/components/schemas/Interpretation"
          },
          "latex": {
            "description": "For typesetting.",
            "type": "string"
          }
        }
      },
      "Rows": {
        "description": "What the first rows gave: as many as the jail took time for, at least one.",
        "type": "object",
        "additionalProperties": false,
        "required": [
          "values",
          "failed",
          "failures"
        ],
        "properties": {
          "values": {
            "description": "JSON as `math.replacer` writes it; null where the row failed.",
            "type": "array",
            "minItems": 1,
            "items": {}
          },
          "failed": {
            "description": "Rows that failed.",
            "type": "integer",
            "minimum": 0
          },
          "failures": {
            "description": "The first of them.",
            "type": "array",
            "maxItems": 100,
            "items": {
              "$ref": "#/components/schemas/RowFailure"
            }
          }
        }
      },
      "RowFailure": {
        "description": "Why a row has no value.",
        "type": "object",
        "additionalProperties": false,
        "required": [
          "row",
          "failure"
        ],
        "properties": {
          "row": {
            "type": "integer",
            "minimum": 0
          },
          "failure": {
            "$ref": "#/components/schemas/Failure"
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
      "response_too_large": {
        "code": -32003,
        "message": "The reply is too large to send",
        "data": {
          "name": "response_too_large"
        }
      },
      "quota_exceeded": {
        "code": -32005,
        "message": "The processor time of this client is used up",
        "data": {
          "name": "quota_exceeded"
        }
      },
      "too_many_subscriptions": {
        "code": -32006,
        "message": "Too many connections of this client are told of changes",
        "data": {
          "name": "too_many_subscriptions"
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
      "batch_response_too_large": {
        "code": -32011,
        "message": "The replies of the batch are too large together",
        "data": {
          "name": "batch_response_too_large"
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
      "nick_taken": {
        "code": 1101,
        "message": "Somebody else has this nickname",
        "data": {
          "name": "nick_taken"
        }
      },
      "nick_invalid": {
        "code": 1102,
        "message": "This cannot be a nickname",
        "data": {
          "name": "nick_invalid"
        }
      },
      "conflict": {
        "code": 1110,
        "message": "Somebody changed it meanwhile",
        "data": {
          "name": "conflict"
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
