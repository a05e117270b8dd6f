/** What an account has in each region: made when a region is first asked for. */
export class RegionMap<Value> {
  readonly #make: (region: string) => Value
  readonly #values = new Map<string, Value>()

  constructor(make: (region: string) => Value) {
    this.#make = make
  }

  in(region: string): Value {
    const value = this.#values.get(region) ?? this.#make(region)
    this.#values.set(region, value)
    return value
  }

  all(): readonly Value[] {
    return [...this.#values.values()]
  }
}
