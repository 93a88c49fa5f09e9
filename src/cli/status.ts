/** Exit statuses of the command line, by sysexits.h: what a script can tell the outcome by. */
export const STATUS = {
  ok: 0,
  /** Something was reached that must not be. */
  breached: 1,
  /** The command line is wrong. */
  usage: 64,
  /** An expression is wrong, or asks for too much. */
  expression: 65,
  /** What was named is not there, or cannot be opened. */
  noInput: 66,
  /** No server, or it went away before it answered. */
  unreachable: 69,
  /** A bug, here or in the server. */
  broken: 70,
  /** A file cannot be written. */
  unwritable: 73,
  /** What was to be printed could not be. */
  unprinted: 74,
  /** The same may succeed later. */
  later: 75,
  /** The server wants a token, or one of a higher role. */
  refused: 77,
  /** A file cannot be used. */
  config: 78,
} as const;
