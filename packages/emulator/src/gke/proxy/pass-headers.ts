import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http'

/** Of one connection, and not of what goes over it. */
const OF_THE_CONNECTION = [
  'connection',
  'keep-alive',
  'transfer-encoding',
  'proxy-connection',
  'te',
  'trailer',
  'host',
] as const

/** A request's headers as the cluster is to see them: with its own credentials instead of the caller's. */
export function headersUpstream(
  headers: IncomingHttpHeaders,
  { authorization }: { readonly authorization: string | undefined },
): OutgoingHttpHeaders {
  const passed: OutgoingHttpHeaders = { ...headers, authorization }
  for (const name of OF_THE_CONNECTION) delete passed[name]
  if (authorization === undefined) delete passed.authorization
  return passed
}

/** An answer's headers as the caller is to see them. */
export function headersDownstream(headers: IncomingHttpHeaders, description: string): OutgoingHttpHeaders {
  const passed: OutgoingHttpHeaders = { 'berth-emulator': description, ...headers }
  for (const name of OF_THE_CONNECTION) delete passed[name]
  return passed
}
