import { type ContainerCalls, containerCalls } from './container-calls.ts'
import type { EngineEndpoint } from './engine-endpoint.ts'
import { createTransport, type EngineAnswer, type EngineTransport } from './engine-transport.ts'
import { type ExecCalls, execCalls } from './exec-calls.ts'
import { type FindEngineOptions, findEngine } from './find-engine.ts'
import { type ImageCalls, imageCalls } from './image-calls.ts'
import { type NetworkCalls, networkCalls } from './network-calls.ts'
import { type SystemCalls, systemCalls } from './system-calls.ts'
import { type VolumeCalls, volumeCalls } from './volume-calls.ts'

/** How to make a client. */
export interface EngineClientOptions extends FindEngineOptions {
  /** The engine, where it is known already; nothing is looked for then. */
  readonly endpoint?: EngineEndpoint | undefined
  /** Speak this API version (`1.41`) instead of negotiating one. Default: DOCKER_API_VERSION, else negotiated. */
  readonly apiVersion?: string | undefined
  /** Called as each answer's headers arrive, before the call resolves. It must not throw. */
  readonly onAnswer?: ((answer: EngineAnswer) => void) | undefined
}

/**
 * A Docker or Podman engine. Calls may run concurrently without limit; connections are kept alive and do not keep the
 * process alive. Every call takes an AbortSignal and then rejects with its reason; failures are EngineError, and
 * EngineConfigurationError where no engine could be chosen.
 */
export interface EngineClient extends SystemCalls, Disposable {
  readonly images: ImageCalls
  readonly containers: ContainerCalls
  readonly exec: ExecCalls
  readonly volumes: VolumeCalls
  readonly networks: NetworkCalls
  /** Requests that have no call of their own here. */
  readonly transport: EngineTransport
  /** Which engine it is and who named it. */
  endpoint(): Promise<EngineEndpoint>
  /** The API version in use; null where the engine (or a proxy before it) does not tell: it then chooses. */
  apiVersion(signal?: AbortSignal): Promise<string | null>
  /** Closes idle connections and breaks calls under way; sessions go on. A later call opens new ones. */
  close(): void
}

/** Makes a client; finds, reads and connects nothing until the first call. */
export function createEngineClient(options: EngineClientOptions = {}): EngineClient {
  const { endpoint, surroundings, onAnswer } = options
  const environment = surroundings?.environment ?? process.env
  const transport = createTransport({
    findEndpoint: async () => endpoint ?? findEngine(options),
    apiVersion: options.apiVersion ?? (environment.DOCKER_API_VERSION || undefined),
    onAnswer,
  })
  return {
    ...systemCalls(transport),
    images: imageCalls(transport),
    containers: containerCalls(transport),
    exec: execCalls(transport),
    volumes: volumeCalls(transport),
    networks: networkCalls(transport),
    transport,
    endpoint: transport.endpoint,
    apiVersion: transport.apiVersion,
    close: transport.close,
    [Symbol.dispose]: transport.close,
  }
}
