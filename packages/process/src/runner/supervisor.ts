/**
 * The process that watches over one group: `node supervisor.js <group directory> <group uid>`, started in the group's
 * directory, with the environments of the containers on stdin. Its answer on stdout is one line: the state after the
 * first processes were spawned, or why none was. It outlives its starter and ends when the group has ended.
 */
import { once } from 'node:events'
import { existsSync, readFileSync, writeSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import { Socket } from 'node:net'
import type { GroupRecord, MappedPort, StartMessage } from './group-record.ts'
import { writeJsonFile } from './json-file.ts'
import { killGroupProcesses } from './kill-processes.ts'
import { identifySelf } from './process-identity.ts'
import { type PortReservation, reservePort } from './reserve-port.ts'
import { messageOf, RunnerError, systemErrorCode } from './runner-error.ts'
import { groupPaths, socketPath } from './state-directory.ts'
import { controlServer } from './supervision/control-server.ts'
import { GroupSupervisor } from './supervision/group-supervisor.ts'
import { guardGroup } from './supervision/guard-group.ts'
import type { SupervisorReply } from './supervisor-connection.ts'

const [directory = '', uid = ''] = process.argv.slice(2)
const paths = groupPaths('.')
const lastWordsInMs = 2000

process.on('uncaughtException', async (error) => {
  process.stderr.write(`${error.stack}\n`)
  // Better nothing runs than something that nobody watches.
  await killGroupProcesses('.', uid).catch(() => {})
  leave()
})
// It is in a session of its own; a terminal that closes is not meant for it.
process.on('SIGHUP', () => {})
process.on('SIGINT', () => {})

await main()

async function main(): Promise<void> {
  const record = JSON.parse(readFileSync(paths.record, 'utf8')) as GroupRecord
  if (record.uid !== uid) throw new Error(`the group in ${directory} is another one`)
  // In this order: a remover first forbids and then looks for a supervisor, so at least one of the two sees the other.
  writeJsonFile(paths.supervisor, identifySelf())
  if (existsSync(paths.removing)) return leave()

  const [message, reserved] = await Promise.allSettled([readStartMessage(), reservePorts(record)])
  const group = new GroupSupervisor(
    directory,
    record,
    message.status === 'fulfilled' ? message.value : { env: {} },
    reserved.status === 'fulfilled' ? reserved.value.map(({ port }) => port) : [],
  )
  const refusal = [message, reserved].find((outcome) => outcome.status === 'rejected')
  if (refusal !== undefined) {
    const failure = messageOf(refusal.reason)
    group.refuse(failure)
    answer({
      code: RunnerError.isInstance(refusal.reason) ? refusal.reason.code : 'start-failed',
      message: failure,
    })
    return leave()
  }

  const server = controlServer(group)
  const socket = socketPath(directory, uid)
  // By its short name, where it stands in the group's directory: that stays right even if the directory is moved away.
  server.listen(socket.startsWith(directory) ? 'socket' : socket)
  await once(server, 'listening')
  process.on('SIGTERM', () => void group.stop(10_000, 'SIGTERM'))
  guardGroup(group)
  await group.start()
  answer({ state: group.state })
  await group.finished
  server.close(leave)
  setTimeout(leave, lastWordsInMs)
}

/**
 * Ends this process. Not by process.exit(), which now and then never returns: it waits for V8's threads, and one of those may wait for a garbage
 * collection of this very thread (nodejs/node#54918, seen on 24.21). Nobody asks how a supervisor ended, and all that it had to write is written.
 */
function leave(): void {
  flushCompileCache()
  process.kill(process.pid, 'SIGKILL')
}

/** The whole line, or an error: a starter that was killed in the middle must not have half of it run. */
async function readStartMessage(): Promise<StartMessage> {
  let text = ''
  for await (const chunk of new Socket({ fd: 0, readable: true, writable: false }).setEncoding('utf8')) {
    text += chunk
    if (text.endsWith('\n')) return parseStartMessage(text)
  }
  throw new Error('the process that made the group ended before it handed over the environment')
}

function parseStartMessage(text: string): StartMessage {
  try {
    return JSON.parse(text) as StartMessage
  } catch {
    // The parser's own message quotes the text, which holds secrets.
    throw new Error('the environment that was handed over is no JSON')
  }
}

async function reservePorts(
  record: GroupRecord,
): Promise<{ port: MappedPort; reservation: PortReservation }[]> {
  const reserved: { port: MappedPort; reservation: PortReservation }[] = []
  for (const container of [...record.initContainers, ...record.containers]) {
    for (const { containerPort, hostPort } of container.ports) {
      try {
        const reservation = await reservePort(record.address, hostPort ?? 0)
        // Windows lets nobody else listen while the reservation stands.
        if (process.platform === 'win32') reservation.release()
        reserved.push({
          port: { container: container.name, containerPort, hostPort: reservation.port },
          reservation,
        })
      } catch (error) {
        throw new RunnerError(
          systemErrorCode(error) === 'EADDRINUSE' ? 'conflict' : 'start-failed',
          `port ${hostPort ?? 'any'} of ${record.address} for container ${container.name} cannot be had: ${messageOf(error)}`,
        )
      }
    }
  }
  return reserved
}

function answer(reply: SupervisorReply): void {
  try {
    writeSync(1, `${JSON.stringify(reply)}\n`)
  } catch {
    // Whoever started the group is gone; it was made, and it lives.
  }
}
