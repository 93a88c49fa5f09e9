/** The parts of `canaduck token --help` that are not made from options. Texts only. */

export const TOKEN_ABOUT = `Makes, lists and revokes the tokens that clients of a server on this machine come in by.

A token is a secret that says who a client is: its history and variables are the same on every
connection and after a restart, and its role decides what it may do and how much.`;

export const TOKEN_AFTER = `
Roles:
  anyone    what a client without a token may do, but with a history that is kept
  user      larger limits: evaluateMsCeiling, userExpressionBytesMax, userResultBytesMax,
            userCallsInFlightMax
  operator  what a user may, and what is kept for those who run the server

The file holds the SHA-256 of each token, never the token. It has mode 0600 and is refused, here and
by the server, when anybody else can read or write it. A change replaces it as a whole. The server
reads it when it starts and on SIGHUP; a client whose token was revoked is not cut, but its next
call is answered \`unauthenticated\`.

Clients give the token to \`session.open\`, type \`/login TOKEN\`, or start
\`canaduck --token-file FILE\`.

Exit status:
  0   done
  64  the command line is wrong, or the name is taken
  66  there is no such token
  73  the file cannot be written
  74  the token could not be printed, and was not made
  75  somebody else is changing the file; the same may succeed later
  78  the file cannot be used: damaged, too large, or others can read it

Environment:
  CANADUCK_TOKENS  the file, when --tokens is not given

Examples:
  $ (umask 077; canaduck token create --name alice --role user > alice.token)
  $ canaduck token list --json | jq -r 'select(.revokedAt == null).name'
  $ canaduck token revoke alice && kill -HUP "$SERVER_PID"

See also:
  canaduck help serve, for --anonymous and --tokens; SECURITY.md.`;

export const CREATE_ABOUT = `Makes a token and prints it on stdout, once. Names of good tokens are unique.

With --json it is one object: {id, name, role, createdAt, token}.`;

export const LIST_ABOUT = `Prints the tokens, one a line: id, role, name, when it was made, when it was revoked.

With --json each line is an object: {id, name, role, createdAt, revokedAt}.`;

export const REVOKE_ABOUT = `Revokes a token, for good. Its line stays in the list; a name can be used again, for another
token with another history.

With --json it prints one object: {revoked, revokedAt}.`;
