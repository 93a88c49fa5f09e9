/**
 * `canaduck token`: makes, lists and revokes the tokens of a server on this machine, in the file its setting `tokens` names.
 *
 * The secret of a new token is printed once and kept nowhere. A running server reads the file anew on SIGHUP. What a person
 * did wrong is one line on stderr and an exit status; nothing is asked, so that scripts can use it.
 */
import type { Role } from "../access/role.ts";
import { makeToken, type TokenRow } from "../access/token.ts";
import { changeTokens, readTokens, TokenFileError } from "../access/token-file.ts";
import { STATUS } from "./status.ts";

/** What to do with the file; `who` is an id or the name of a token that is good. */
export type TokenTask = { kind: "create"; name: string; role: Role } | { kind: "list" } | { kind: "revoke"; who: string };

type Output = {
  stdout: NodeJS.WritableStream;
  stderr: NodeJS.WritableStream;
  /** Writes to stdout at once, and throws where that fails. */
  tell: (text: string) => void;
  json: boolean;
};

/** What the person asked for does not fit the tokens there are. */
class TaskError extends Error {
  readonly status: number;

  constructor(status: number, why: string) {
    super(why);
    this.status = status;
  }
}

const FORM = /^[\p{L}\p{N}_.-]{1,32}$/u;

/** Does it and answers the exit status. */
export function token(path: string, task: TokenTask, output: Output): number {
  try {
    if (task.kind === "create") create(path, task, output);
    else if (task.kind === "list") list(path, output);
    else revoke(path, task.who, output);
    return STATUS.ok;
  } catch (error) {
    if (!(error instanceof TokenFileError) && !(error instanceof TaskError)) throw error;
    output.stderr.write(`canaduck: ${error.message}\n`);
    return error instanceof TaskError ? error.status : statusOf(error.kind);
  }
}

function statusOf(kind: TokenFileError["kind"]): number {
  if (kind === "locked") return STATUS.later;
  return kind === "unwritable" ? STATUS.unwritable : STATUS.config;
}

function create(path: string, { name, role }: { name: string; role: Role }, { stderr, tell, json }: Output): void {
  if (!FORM.test(name)) throw new TaskError(STATUS.usage, "a name is 1 to 32 letters, digits, _, . or -");
  const { secret, row } = makeToken(name, role, new Date());
  changeTokens(path, (rows) => {
    // A name that is used again after it was revoked is another token, with a history of its own.
    if (rows.some((other) => isGood(other) && other.name === name)) {
      throw new TaskError(STATUS.usage, `there is a token of the name ${name}; revoke it first, or take another name`);
    }
    const { hash: _, ...told } = row;
    // Before the row is kept: a token whose secret nobody has seen would stand in the way of its name.
    print(tell, json ? `${JSON.stringify({ ...told, token: secret })}\n` : `${secret}\n`);
    return [...rows, row];
  });
  if (!json) stderr.write("This is shown once. A running server knows it after a SIGHUP.\n");
}

function print(tell: Output["tell"], text: string): void {
  try {
    tell(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new TaskError(STATUS.unprinted, `no token was made, since it cannot be printed: ${why}`);
  }
}

function list(path: string, { stdout, json }: Output): void {
  for (const { hash: _, ...row } of readTokens(path) ?? []) {
    stdout.write(json ? `${JSON.stringify(row)}\n` : `${formatRow(row)}\n`);
  }
}

function formatRow({ id, name, role, createdAt, revokedAt }: Omit<TokenRow, "hash">): string {
  const end = revokedAt === undefined ? "" : `  revoked ${revokedAt}`;
  return `${id}  ${role.padEnd(8)}  ${name.padEnd(32)}  created ${createdAt}${end}`;
}

function revoke(path: string, who: string, { stdout, stderr, json }: Output): void {
  const revokedAt = new Date().toISOString();
  changeTokens(path, (rows) => {
    const isMeant = (row: TokenRow) => isGood(row) && (row.id === who || row.name === who);
    // An id may be another token's name.
    if (rows.filter(isMeant).length > 1) throw new TaskError(STATUS.usage, "that means more than one token");
    if (!rows.some(isMeant)) throw new TaskError(STATUS.noInput, "there is no good token of that id or name");
    return rows.map((row) => (isMeant(row) ? { ...row, revokedAt } : row));
  });
  if (json) stdout.write(`${JSON.stringify({ revoked: who, revokedAt })}\n`);
  else stderr.write("Revoked. A running server knows it after a SIGHUP.\n");
}

function isGood({ revokedAt }: TokenRow): boolean {
  return revokedAt === undefined;
}
