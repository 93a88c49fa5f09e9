/** The parts of the help pages that are not made from options: what the commands do, exit statuses, examples. Texts only. */

const STATUSES = `Exit status:
  0   done
  64  the command line is wrong
  65  an expression is wrong or asks for too much
  69  no server, or it went away before it answered
  70  a bug, in this program or in the server
  75  the server is busy; the same may succeed later
  77  the server wants a token, or one of a higher role`;

const ENVIRONMENT = `Environment:
  CANADUCK_CONNECT  the server's address, when --connect is not given
  CANADUCK_TOKEN    the token to come in by, when --token-file is not given
  NO_COLOR          no colours, whatever the terminal
  FORCE_COLOR       colours, whatever the output
  COLUMNS           width of these pages, in place of the terminal's`;

export const MAIN_ABOUT = `A safe remote calculator: every expression runs in a jailed process, every answer stays in its
client's history.

Without a command it is the terminal client: a prompt with completion (Tab), history (arrow keys,
/hist) and variables (x = 3). It waits for a server that is not there yet, and takes its session up
again after a lost connection. When stdin or stdout is no terminal it works like \`canaduck calc\`
without an expression.`;

export const MAIN_AFTER = `
${STATUSES}

${ENVIRONMENT}

Files:
  $XDG_STATE_HOME/canaduck/typed-lines  what was typed at the prompt, for the arrow keys (default ~/.local/state)

Examples:
  $ canaduck serve
  $ canaduck
  $ canaduck calc '2 inch to cm'

See also:
  canaduck help COMMAND tells more about each command; README.md, docs/PROTOCOL.md, docs/ERRORS.md.`;

export const CALC_ABOUT = `Evaluates one expression, or each line of stdin, and prints the answers.

Several arguments are one expression, joined by spaces. Without arguments each line of stdin is an
expression, and line N of the output answers line N of the input: an empty line, or one with only a
# comment, gives an empty line, and so does a failure, which is told on stderr with its line number.
Variables carry over from line to line. Lines are sent ahead without waiting for answers; when the
connection is lost, the lines after it are not evaluated.`;

export const CALC_AFTER = `
With --json each answer is one JSON object on stdout, {expression, type, value, text, seq} or
{expression, error}, from stdin with its line number as \`line\`; lines without an expression give
nothing. Otherwise control characters in an answer are printed escaped, as \\u001b.

${STATUSES}

${ENVIRONMENT}

Examples:
  $ canaduck calc 'sqrt(2)'
  $ canaduck calc --number BigNumber --precision 50 pi
  $ canaduck calc -- -2^2
  $ printf 'x = 3\\nx^2\\n' | canaduck calc
  $ canaduck calc --json '[1, 2; 3, 4]' | jq .value.data

See also:
  docs/ERRORS.md tells every error by the name that is printed with it; docs/FIDELITY.md, what differs from mathjs.`;

export const SERVE_ABOUT = `Starts the server.

When it is ready it prints one line for each address, \`canaduck listening on
tcp://127.0.0.1:7070\`, on stdout; the log goes to stderr. The first SIGTERM or SIGINT lets calls in
flight finish, a second one stops at once. SIGHUP reads the files of tokens, certificate and key
anew; no connection is cut, and files that cannot be used leave what was there before. Every setting can come from a flag, from the environment
(--evaluate-ms is CANADUCK_EVALUATE_MS) or from the JSON file that --config names, in this order.`;

export const SERVE_AFTER = `
Exit status:
  0   it has answered what was accepted, and ended as it was asked to
  1   it could not start, could not go on, or was stopped at once
  64  the command line or a setting is wrong

Environment:
  CANADUCK_*       each setting, by its name: CANADUCK_EVALUATE_MS for --evaluate-ms; an empty one counts as absent
  CANADUCK_CONFIG  the JSON file, when --config is not given
  XDG_STATE_HOME   the user's state folder, {state} above (default ~/.local/state)
  XDG_CACHE_HOME   the user's cache folder, {cache} above (default ~/.cache)

Files:
  {state}/canaduck/history.db   every client's history; one server at a time uses it
  {state}/canaduck/tokens.json  the tokens that canaduck token makes
  {cache}/canaduck              the jail's snapshot; it is made anew when it is not there

Signals:
  SIGTERM, SIGINT  answers what was accepted and ends, within --drain-ms; the second time at once
  SIGHUP           reads tokens, certificate and key anew

Examples:
  $ canaduck serve
  $ canaduck serve --listen tcp://127.0.0.1:0 --history memory:
  $ canaduck serve --listen tls://0.0.0.0:7070 --tls-certificate cert.pem --tls-key key.pem --anonymous refused
  $ CANADUCK_EVALUATE_MS=500 canaduck serve --config canaduck.json

See also:
  canaduck help token, canaduck help history; docs/CONFIG.md explains every setting, SECURITY.md what is trusted.`;

export const HISTORY_ABOUT = `Looks at a history file while no server uses it: \`verify\` proves that each entry of each history is
what was stored, by the hashes that chain them; \`export\` writes all entries to stdout, as JSON lines or
as CSV that a spreadsheet will not execute.`;

export const HISTORY_AFTER = `
Exit status:
  0   done; with verify: all is whole
  64  the command line is wrong
  65  an entry is missing or is not what was stored, or the file is damaged
  66  there is no such file or history in it, a server uses it, or it is none

Examples:
  $ canaduck history verify
  $ canaduck history export --history sqlite:/var/lib/canaduck/history.db --format csv > history.csv

Environment:
  CANADUCK_HISTORY  the file, as for canaduck serve, when --history is not given

See also:
  canaduck help serve; history.export and history.verify in docs/PROTOCOL.md do the same for one client, with a server.`;

export const SELFCHECK_ABOUT = `Attacks this installation as it stands, and tells layer by layer what stopped each attack.

It needs no server and disturbs none: it starts jailed processes of its own, as \`canaduck serve\` would
with the same settings. What it tries: lines and calls no server may accept (door); every known way out of
mathjs, with reference calculations afterwards that must be answered as ever (escapes); expressions that
burn time or memory (bombs); and, assuming that mathjs is broken, attacks by code that already runs in a
jailed process with all of Node in hand (probes). It takes less than a minute on two processors.

Ctrl-C begins nothing new and reports what was tried.`;

export const SELFCHECK_AFTER = `
A line of the table is a layer, as SECURITY.md lists them; "stands" is what its proof at start says. With
--jail prefer, the default, a layer this machine cannot have is named and no failure, and neither is an
attack that nothing but such a layer would stop; with --jail require both are. With --json there is one
object: held, status, layers, and each trial with how many ended how and what did not hold.

Exit status:
  0   everything was tried, and everything held
  1   something got through, or a layer is missing that --jail require asks for
  64  the command line or a setting is wrong
  69  it cannot run: no jailed process starts, or the expressions are not part of the installation
  75  what was tried held, but not everything was tried or could be judged: time was over, somebody stopped it,
      or the machine was too busy to answer a reference calculation in three tries

Environment:
  CANADUCK_*   settings, as for canaduck serve
  NO_COLOR     no colours, whatever the terminal
  FORCE_COLOR  colours, whatever the output

Examples:
  $ canaduck selfcheck
  $ canaduck selfcheck --jail require
  $ canaduck selfcheck --json | jq '.trials[] | {name, ends}'

See also:
  SECURITY.md tells what each layer is for, and what it does not stop.`;

export const COMPLETION_ABOUT = `Prints a script that makes Tab complete commands, options and the values of those that have a
choice. It is made from the same table as this help, and starts no program when Tab is pressed.`;

export const COMPLETION_AFTER = `
Examples:
  $ source <(canaduck completion bash)                # in ~/.bashrc
  $ source <(canaduck completion zsh)                 # in ~/.zshrc, after compinit
  $ canaduck completion fish | source                 # in ~/.config/fish/config.fish`;
