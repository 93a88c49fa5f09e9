/**
 * Completion for shells, made from the command line's own tree: commands, options, and the values of those that have choices.
 *
 * One script, whole, with no call back to the program: a Tab costs no start of Node. Knows commander's tree and no command.
 */
import type { Command } from "commander";

export const SHELLS = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof SHELLS)[number];

/** An option, with what it may be followed by; `files` when that is a path. */
type Flag = { names: string[]; about: string; takesValue: boolean; choices: string[]; files: boolean };
/** A command: `path` is the words that lead to it, `words` what may follow that is no option. */
type Place = { path: string[]; words: { name: string; about: string }[]; flags: Flag[] };

/** The script that a person's shell is to source. */
export function completionScript(shell: Shell, program: Command): string {
  const places = placesOf(program, []);
  if (shell === "fish") return fishScript(program.name(), places);
  // zsh reads completions written for bash.
  const head = shell === "zsh" ? "autoload -U +X bashcompinit && bashcompinit\n" : "";
  return `${head}${bashScript(program.name(), places)}`;
}

function placesOf(command: Command, path: string[]): Place[] {
  const help = command.createHelp();
  const commands = help.visibleCommands(command);
  const flags = help.visibleOptions(command).map(({ short, long, description, required, optional, argChoices, flags: text }) => ({
    names: [short, long].filter((name) => name !== undefined && name !== null),
    about: description.split(/[.(]/)[0]?.trim() ?? "",
    takesValue: required || optional,
    choices: argChoices ?? [],
    files: /<(FILE|DIR|PATH)>/.test(text),
  }));
  const subcommands = commands.map((one) => ({ name: one.name(), about: one.summary() || one.description() }));
  const choices = command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []);
  const here = { path, words: [...subcommands, ...choices.map((name) => ({ name, about: "" }))], flags };
  const inner = commands.flatMap((one) => {
    // Commander makes its help command anew for each question; what follows it are the commands beside it.
    if (one.name() !== "help") return placesOf(one, [...path, one.name()]);
    return [{ path: [...path, "help"], words: subcommands.filter(({ name }) => name !== "help"), flags: [] }];
  });
  return [here, ...inner];
}

function bashScript(name: string, places: Place[]): string {
  const labels = (place: Place, flags: Flag[]) =>
    flags.flatMap((flag) => flag.names.map((flagName) => quote([...place.path, flagName].join(" ")))).join("|");
  const values = places.flatMap((place) =>
    place.flags
      .filter(({ takesValue }) => takesValue)
      .map((flag) => {
        const reply = flag.files ? '$(compgen -f -- "$current")' : `$(compgen -W ${quote(flag.choices.join(" "))} -- "$current")`;
        return `    ${labels(place, [flag])}) COMPREPLY=(${reply}); return ;;`;
      }),
  );
  const words = places.map(({ path, words: next, flags }) => {
    const all = [...next.map((word) => word.name), ...flags.flatMap((flag) => flag.names)];
    return `    ${quote(path.join(" "))}) COMPREPLY=($(compgen -W ${quote(all.join(" "))} -- "$current")) ;;`;
  });
  const taking = places
    .map((place) =>
      labels(
        place,
        place.flags.filter(({ takesValue }) => takesValue),
      ),
    )
    .filter((text) => text !== "");
  const paths = places.filter(({ path }) => path.length > 0).map(({ path }) => quote(path.join(" ")));
  return `# Completion of ${name}; source it: source <(${name} completion bash)
_${name}() {
  local current=\${COMP_WORDS[COMP_CWORD]} before='' place='' word='' at
  COMPREPLY=()
  for ((at = 1; at < COMP_CWORD; at++)); do
    word=\${COMP_WORDS[at]}
    [[ $word == '=' ]] && continue
    # The value of an option is no command.
    case "\${place:+$place }$before" in
      ${taking.join("|")}) before=''; continue ;;
    esac
    before=$word
    case "\${place:+$place }$word" in
      ${paths.join("|")}) place="\${place:+$place }$word" ;;
    esac
  done
  [[ $current == '=' ]] && current=''
  case "\${place:+$place }$before" in
${values.join("\n")}
  esac
  case "$place" in
${words.join("\n")}
  esac
}
complete -o filenames -F _${name} ${name}
`;
}

function fishScript(name: string, places: Place[]): string {
  const lines = places.flatMap(({ path, words, flags }) => {
    const seen = path.map((word) => `__fish_seen_subcommand_from ${word}`);
    const inner = places.filter((one) => one.path.length === path.length + 1 && path.every((word, at) => one.path[at] === word));
    const unseen = inner.length === 0 ? [] : [`not __fish_seen_subcommand_from ${inner.map((one) => one.path.at(-1)).join(" ")}`];
    const start = `complete -c ${name} -n ${quote([...seen, ...unseen].join("; and ") || "true")}`;
    return [
      ...words.map((word) => `${start} -f -a ${quote(word.name)} -d ${quote(word.about)}`),
      ...flags.map((flag) => {
        const names = flag.names.map((one) => (one.startsWith("--") ? `-l ${one.slice(2)}` : `-s ${one.slice(1)}`));
        const value = flag.files ? ["-r -F"] : flag.takesValue ? [`-x -a ${quote(flag.choices.join(" "))}`] : [];
        return [start, ...names, ...value, `-d ${quote(flag.about)}`].join(" ");
      }),
    ];
  });
  return `# Completion of ${name}: ${name} completion fish | source\n${lines.join("\n")}\n`;
}

/** One word for a shell, whatever is in it; none of ours holds a backslash. */
function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
