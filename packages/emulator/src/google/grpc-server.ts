import { createRequire } from 'node:module'
import type { Socket } from 'node:net'
import {
  type GrpcObject,
  loadPackageDefinition,
  Server,
  ServerCredentials,
  type ServiceClientConstructor,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js'
import { fromJSON } from '@grpc/proto-loader'
import { jsonResponse } from '../arm/json-response.ts'
import { realNow } from '../clock/real-time.ts'
import { applyFaults } from '../fault/apply-faults.ts'
import type { RequestLog } from '../server/request-log.ts'
import type { World } from '../world.ts'
import { GoogleError } from './google-error.ts'
import type { GoogleOperation } from './google-operation.ts'
import { type GoogleParts, performOperation } from './perform-operation.ts'
import { type ResourceRequest, readResourceName } from './read-resource-name.ts'

/** The protocol's own description comes with Google's client. */
const PROTOS = '@google-cloud/container/build/protos/protos.json'
const SERVICE = ['google', 'container', 'v1', 'ClusterManager'] as const

type Around = { readonly world: World; readonly log: RequestLog }

/** Answers on connections that others accept. What of the service is not here it calls UNIMPLEMENTED by itself. */
export function startGrpcServer(
  parts: GoogleParts,
  around: Around,
): { inject(socket: Socket): void; close(): void } {
  const server = new Server()
  const answers = parts.operations.map(
    (operation) => [operation.name, answerBy(operation, parts, around)] as const,
  )
  server.addService(readService(), Object.fromEntries(answers))
  const injector = server.createConnectionInjector(ServerCredentials.createInsecure())
  return {
    inject: (socket) => injector.injectConnection(socket),
    close: () => {
      injector.destroy()
      server.forceShutdown()
    },
  }
}

function readService() {
  const json = createRequire(import.meta.url)(PROTOS) as Parameters<typeof fromJSON>[0]
  const loaded = fromJSON(json, { enums: String, longs: String, defaults: false })
  let found: GrpcObject | ServiceClientConstructor | undefined = loadPackageDefinition(loaded)
  for (const name of SERVICE) found = (found as GrpcObject)[name] as GrpcObject
  return (found as unknown as ServiceClientConstructor).service
}

function answerBy(
  operation: GoogleOperation,
  parts: GoogleParts,
  { world, log }: Around,
): UntypedServiceImplementation[string] {
  const { service, name, nameParameter } = operation
  return (
    call: { readonly request: ResourceRequest; readonly metadata: { get(key: string): readonly unknown[] } },
    callback: Callback,
  ) => {
    const at = realNow()
    const parameters = readResourceName(operation.path, call.request)
    const authorization = call.metadata.get('authorization')[0]?.toString()
    const effects = world.faults.draw({
      service,
      operation: name,
      region: parameters.location,
      name: nameParameter && parameters[nameParameter],
    })
    const tell = (status: number) =>
      log.add({
        at,
        endpoint: 'google-grpc',
        method: 'POST',
        path: `/${SERVICE.join('.')}/${name}`,
        service,
        operation: name,
        status,
        faults: effects.map(({ kind }) => kind),
        durationInMs: realNow() - at,
      })
    let message: object | undefined
    const perform = async () => {
      message = performOperation(operation, { authorization, parameters, effects }, parts)
      return jsonResponse(200, {})
    }
    applyFaults({ subject: { service, operation: name }, perform }, effects, {
      time: world.time,
      signal: world.closing,
    }).then(
      (outcome) => {
        if ('silence' in outcome) {
          if (outcome.silence !== 'hang') callback({ code: 14, details: 'The connection was reset.' })
          return
        }
        tell(200)
        callback(null, message)
      },
      (error: unknown) => {
        const told =
          error instanceof GoogleError ? error : new GoogleError('INTERNAL', 'Internal error encountered.')
        tell(told.httpStatus)
        callback({ code: told.grpcStatus, details: told.message })
      },
    )
  }
}

type Callback = (error: { readonly code: number; readonly details: string } | null, message?: object) => void
