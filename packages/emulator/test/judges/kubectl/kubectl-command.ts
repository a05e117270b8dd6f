import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'

export interface Output {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** Kubernetes' own command line, with a kubeconfig that nobody else sees. */
export interface KubectlCommand {
  run(...words: readonly string[]): Promise<Output>
  /** The same, with something to read. */
  feed(input: string, ...words: readonly string[]): Promise<Output>
  /** What it writes. Throws what it says where it fails. */
  text(...words: readonly string[]): Promise<string>
  begin(...words: readonly string[]): ChildProcess
}

/** Those of this machine: the one that is found first, and one that speaks SPDY alone, where Google's distribution has brought it. */
export function kubectls(): readonly string[] {
  const isThere = spawnSync('kubectl', ['version', '--client']).status === 0
  const older = ['/usr/lib/google-cloud-sdk/bin/kubectl.1.27'].filter((path) => existsSync(path))
  return isThere ? ['kubectl', ...older] : []
}

export function kubectlCommand(program: string, kubeconfig: string): KubectlCommand {
  const env = { PATH: process.env.PATH, HOME: '/nonexistent', LANG: 'C.UTF-8', KUBECONFIG: kubeconfig }
  const kubectl: KubectlCommand = {
    run: (...words) => kubectl.feed('', ...words),
    feed: (input, ...words) =>
      new Promise((resolve) => {
        const child = execFile(program, words, { env }, (error, stdout, stderr) =>
          resolve({ exitCode: error ? Number(error.code ?? 1) : 0, stdout, stderr }),
        )
        child.stdin?.end(input)
      }),
    text: async (...words) => (await promisify(execFile)(program, words, { env })).stdout,
    begin: (...words) => spawn(program, words, { env }),
  }
  return kubectl
}
