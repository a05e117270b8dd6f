import { quoteWord } from './quote-word.ts'

/** What a command is run with, where the cloud's own exec takes no arguments and tells no exit code. */
export interface ShellCommand {
  readonly command: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly workingDirectory: string | undefined
  /** Whether the command is to see a terminal. */
  readonly tty: boolean
  /** Whether its input is open. Without a terminal it then comes in frames, for such a cloud cannot half-close: see `frameInput`. */
  readonly stdin: boolean
}

/** What to type into a shell, and the mark by which its own words are told from the command's. */
export interface ShellScript {
  /** The first line: makes the terminal, where there is one, keep quiet and change no byte, says hello, and reads the second. */
  readonly greeting: string
  /** The second line, which may be sent once the shell has said hello. */
  readonly script: string
  readonly mark: string
}

/**
 * The script's own words in the output: the mark, one of these letters, for `running` the terminal's name and for `ended` the exit code, and a
 * semicolon. What comes before the first is not the command's (a prompt, a terminal's echo), nor what comes after the last.
 */
export const WORDS = {
  hello: 'H',
  noTerminal: 'T',
  running: 'R',
  deaf: 'D',
  noDirectory: 'W',
  noProgram: 'P',
  ended: 'E',
} as const

/** Programs that a shell has built in are found too; that one of them does not exist as a file shows in its exit code. */
const FIND_PROGRAM = 'case $1 in */*) [ -f "$1" ] && [ -x "$1" ];; *) command -v "$1" >/dev/null 2>&1;; esac'
/** Whole blocks, for `read` alone would swallow what is the command's, or take a system call a byte. */
const CAN_FRAME =
  'command -v base64 >/dev/null 2>&1 && printf x | dd bs=1 count=1 iflag=fullblock >/dev/null 2>&1'
const UNFRAME =
  'while IFS= read -r _berth_n && [ "$_berth_n" -gt 0 ]; do dd bs="$_berth_n" count=1 iflag=fullblock 2>/dev/null | base64 -d; done'

/**
 * Makes what to type into a POSIX shell, with or without a terminal, so that it runs a command word by word as given, and tells in its output
 * that it runs, or why not, and with what code it ended. Needs `sh`, with a terminal `stty`, and for an open input `base64` and a `dd` that
 * knows `iflag=fullblock` (GNU's and busybox's do): where they are missing the command runs without input, and the script says so. Both
 * outputs come out as one.
 */
export function shellScript(command: ShellCommand): ShellScript {
  const id = globalThis.crypto.randomUUID()
  // The greeting shows in the terminal's echo; parted by quotes the mark in it is none.
  const greeting = [
    ` _berth_m=berth-''${id}-`,
    `if [ -t 0 ]&&! stty raw -echo 2>/dev/null;then ${say(WORDS.noTerminal)};exit;fi`,
    say(WORDS.hello),
    'IFS= read -r _berth_s',
    'eval "$(printf %b "$_berth_s")"',
    'exit',
  ].join(';')
  return { greeting: `${greeting}\n`, script: `${oneLine(commandScript(command))}\n`, mark: `berth-${id}-` }
}

function commandScript({ command, env, workingDirectory, tty, stdin }: ShellCommand): string {
  const run = '(exec "$@")'
  const tell = `printf '%sE%d;' "$_berth_m" "$?"`
  const prepared = [
    ...(workingDirectory === undefined
      ? []
      : // Where a container's file system does not begin at the machine's own root, it begins at BERTH_ROOT.
        [
          `cd "\${BERTH_ROOT-}"${quoteWord(workingDirectory)} 2>/dev/null || { ${say(WORDS.noDirectory)}; exit; }`,
        ]),
    ...Object.entries(env).map(([name, value]) => `export ${name}=${quoteWord(value)}`),
    `set -- ${command.map(quoteWord).join(' ')}`,
    `${FIND_PROGRAM} || { ${say(WORDS.noProgram)}; exit; }`,
  ]
  if (tty) {
    return [...prepared, `printf '%sR%s;' "$_berth_m" "$(tty)"`, 'stty sane', run, tell].join('\n')
  }
  const fed = `{ ${UNFRAME}; } | { ${run} 2>&1; ${tell}; }`
  // From a terminal bash would read further than the line's end, from a pipe it does not. (busybox' `cat` would hold a terminal's bytes back.)
  const withInput = `{ ${say(WORDS.running)}; if [ -t 0 ]; then dd bs=65536 2>/dev/null | ${fed}; else ${fed}; fi; }`
  const without = `{ ${say(stdin ? WORDS.deaf : WORDS.running)}; ${run} </dev/null 2>&1; ${tell}; }`
  return [
    // With job control busybox' shell hands the terminal from one part of a pipeline to the next, and stops the others.
    'set +m',
    ...prepared,
    `_berth_run() { ${stdin ? `if ${CAN_FRAME}; then ${withInput}; else ${without}; fi` : without}; }`,
    // The command must not see a terminal that nobody asked for.
    'if [ -t 1 ]; then _berth_run "$@" | cat; else _berth_run "$@"; fi',
  ].join('\n')
}

function say(word: string): string {
  return `printf %s "\${_berth_m}${word};"`
}

/** As `printf %b` turns it back. Control characters can mean something to whoever stands between us and the terminal: Docker leaves at ^P^Q. */
function oneLine(script: string): string {
  return script
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replace(/\p{Cc}/gu, (character) =>
      [...Buffer.from(character)].map((byte) => `\\0${byte.toString(8).padStart(3, '0')}`).join(''),
    )
}
