/** A region as the service takes it; for people it is written `West US 2`. */
export function plainLocation(name: string): string {
  return name.toLowerCase().replaceAll(' ', '')
}
