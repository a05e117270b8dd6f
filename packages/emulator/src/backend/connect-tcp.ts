import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** A connection that is open. @throws the system's error, such as ECONNREFUSED */
export async function connectTcp({ host, port }: { host: string; port: number }): Promise<Socket> {
  const socket = connect({ host, port })
  await once(socket, 'connect')
  return socket
}
