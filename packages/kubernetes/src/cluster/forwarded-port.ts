import type { Duplex } from 'node:stream'
import type { ClusterClient, ClusterRequest } from './cluster-client.ts'
import { readText } from './read-text.ts'
import { SpdyConnection } from './spdy-connection.ts'

/** A connection to a port of a pod. It ends with an error where nobody listens there. */
export async function forwardPort(
  client: ClusterClient,
  request: ClusterRequest,
  port: number,
): Promise<Duplex> {
  const upgraded = await client.upgrade({
    ...request,
    headers: {
      connection: 'Upgrade',
      upgrade: 'SPDY/3.1',
      'x-stream-protocol-version': 'portforward.k8s.io',
    },
  })
  const connection = new SpdyConnection(upgraded)
  const headers = { port: String(port), requestid: '0' }
  const failure = connection.open({ ...headers, streamtype: 'error' })
  failure.end()
  const data = connection.open({ ...headers, streamtype: 'data' })
  data.once('close', () => connection.destroy())
  readText(failure).then(
    (text) => text !== '' && data.destroy(new Error(text.trim())),
    () => {},
  )
  try {
    await Promise.all([failure.opened, data.opened])
  } catch (error) {
    connection.destroy()
    throw error
  }
  return data
}
