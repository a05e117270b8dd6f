/**
 * How a service does what it is not known to do one way or the other: the variable holds what differs from the emulator's defaults, as
 * `{ "events": "empty" }` does in BERTH_ACI_DIALECT. Default: nothing.
 */
export function chosenDialect<Dialect>(service: 'ACI' | 'ECS' | 'LOGS' | 'KUBERNETES'): Partial<Dialect> {
  return JSON.parse(process.env[`BERTH_${service}_DIALECT`] ?? '{}') as Partial<Dialect>
}
