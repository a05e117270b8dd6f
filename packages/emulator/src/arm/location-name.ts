/** `West US 2` and `westus2` are the same place; answers name it the second way. */
export function locationName(location: string): string {
  return location.replaceAll(' ', '').toLowerCase()
}
