import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { type Shape, schemaProblems } from './schema-problems.ts'
import { xmlProblems } from './xml-problems.ts'

/** As much of an SDK's client as it takes to see what goes over the wire. */
interface WatchedClient {
  readonly middlewareStack: {
    // biome-ignore lint/suspicious/noExplicitAny: each client has types of its own for the same thing
    add(middleware: any, options: any): void
  }
}

interface Wire {
  readonly request: { readonly body?: unknown }
}

interface Answer {
  readonly response: { readonly statusCode: number; body: AsyncIterable<Uint8Array> }
}

/** Holds every request of a client and every good answer to it against the service's model that the SDK ships. */
export function modelChecked<Client extends WatchedClient>(client: Client): Client {
  const middleware =
    (next: (wire: Wire) => Promise<Answer>, context: Readonly<Record<string, unknown>>) =>
    async (wire: Wire): Promise<Answer> => {
      const [, , name, , input, output] = operationOf(context)
      const request = textOf(wire.request.body)
      // The other form is the query protocols': of those the SDK is trusted with its own requests.
      if (request.startsWith('{'))
        throwProblems(`the request of ${name}`, schemaProblems(JSON.parse(request), input))
      const answer = await next(wire)
      const body = await buffer(answer.response.body)
      answer.response.body = Readable.from([body])
      const text = body.toString()
      const problems = text.startsWith('<')
        ? () => xmlProblems(text, output, name)
        : () => schemaProblems(JSON.parse(text), output)
      if (answer.response.statusCode === 200) throwProblems(`the answer of ${name}`, problems())
      return answer
    }
  client.middlewareStack.add(middleware, { step: 'deserialize', priority: 'low', name: 'modelChecked' })
  return client
}

/** A body may be bytes, whose own `toString` the SDK warns of. */
function textOf(body: unknown): string {
  return typeof body === 'string' ? body : new TextDecoder().decode(body as Uint8Array)
}

type Operation = readonly [9, string, string, unknown, () => Shape, () => Shape]

/** Where the SDK keeps the model of the operation that is under way. */
function operationOf(context: Readonly<Record<string, unknown>>): Operation {
  const { operationSchema } = context.__smithy_context as { operationSchema?: Operation }
  if (!operationSchema) throw new Error('the SDK does not tell which operation this is')
  return operationSchema
}

function throwProblems(what: string, problems: readonly string[]): void {
  if (problems.length > 0) throw new Error(`${what} is not as its model says: ${problems.join('; ')}`)
}
