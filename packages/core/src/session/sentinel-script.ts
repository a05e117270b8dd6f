import { quoteWord } from './quote-word.ts'

/** What a command is run with, where the cloud's own exec takes one line and tells no exit code. */
export interface SentinelCommand {
  readonly command: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly workingDirectory: string | undefined
  readonly tty: boolean
  /** Whether its input is open. It then comes in frames, for such a cloud cannot half-close: see `frameInput`. */
  readonly stdin: boolean
}

/** A script for `sh -c`, and the mark by which its own words are told from the command's. */
export interface SentinelScript {
  readonly script: string
  readonly mark: string
  readonly command: SentinelCommand
}

/**
 * The script's own words in the output: the mark, one of these letters, for `ended` the exit code, and a semicolon. What comes before the
 * first is not the command's (a terminal's echo, a greeting), nor what comes after the last.
 */
export const WORDS = { running: 'R', deaf: 'D', noDirectory: 'W', noProgram: 'P', ended: 'E' } as const

/** Programs that a shell has built in are found too; that one of them does not exist as a file shows in its exit code. */
const FIND_PROGRAM = 'case $1 in */*) [ -f "$1" ] && [ -x "$1" ];; *) command -v "$1" >/dev/null 2>&1;; esac'
/** Whole blocks, for `read` alone would swallow what is the command's, or take a system call a byte. */
const CAN_FRAME = 'printf x | dd bs=1 count=1 iflag=fullblock >/dev/null 2>&1'
const UNFRAME =
  'while IFS= read -r _berth_n && [ "$_berth_n" -gt 0 ]; do dd bs="$_berth_n" count=1 iflag=fullblock 2>/dev/null; done'

/**
 * Makes a POSIX shell script that runs a command word by word as given, and tells in its output that it runs, or why not, and with what
 * code it ended. Needs `sh`; an open input needs a `dd` that knows `iflag=fullblock` (GNU's and busybox's do): where it is missing the
 * command runs without input, and the script says so. Both outputs come out as one.
 */
export function sentinelScript(command: SentinelCommand): SentinelScript {
  const mark = `berth-${globalThis.crypto.randomUUID()}-`
  const say = (word: string) => `printf %s "$\{_berth_m}${word};"`
  const run = `(exec "$@")`
  const tell = `printf '%sE%d;' "$_berth_m" "$?"`
  const lines = [
    `_berth_m=${mark}`,
    ...(command.workingDirectory === undefined
      ? []
      : [`cd ${quoteWord(command.workingDirectory)} 2>/dev/null || { ${say(WORDS.noDirectory)}; exit; }`]),
    ...Object.entries(command.env).map(([name, value]) => `export ${name}=${quoteWord(value)}`),
    `set -- ${command.command.map(quoteWord).join(' ')}`,
    `${FIND_PROGRAM} || { ${say(WORDS.noProgram)}; exit; }`,
  ]
  if (command.tty) return { script: [...lines, say(WORDS.running), run, tell].join('\n'), mark, command }
  const withInput = `{ ${say(WORDS.running)}; { ${UNFRAME}; } | { ${run} 2>&1; ${tell}; }; }`
  const without = `{ ${say(command.stdin ? WORDS.deaf : WORDS.running)}; ${run} </dev/null 2>&1; ${tell}; }`
  return {
    script: [
      // A terminal that nobody asked for must not change a byte, and the command must not see it.
      'if [ -t 0 ]; then stty raw -echo 2>/dev/null; fi',
      ...lines,
      `_berth_run() { ${command.stdin ? `if ${CAN_FRAME}; then ${withInput}; else ${without}; fi` : without}; }`,
      'if [ -t 1 ]; then _berth_run "$@" | cat; else _berth_run "$@"; fi',
    ].join('\n'),
    mark,
    command,
  }
}
