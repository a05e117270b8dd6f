export interface XmlOptions {
  /** What each element of a list is called. */
  readonly itemName: string
  readonly namespace?: string | undefined
}

/** A plain object as XML. Lists become an element that holds their items; what is undefined is left out. */
export function renderXml(root: string, content: object, { itemName, namespace }: XmlOptions): string {
  const attribute = namespace === undefined ? '' : ` xmlns="${namespace}"`
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}${attribute}>${renderContent(content, itemName)}</${root}>\n`
}

function renderContent(value: unknown, itemName: string): string {
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return value.map((item) => element(itemName, item, itemName)).join('')
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map(([name, child]) => element(name, child, itemName))
      .join('')
  return escapeForXml(String(value))
}

function element(name: string, value: unknown, itemName: string): string {
  return value === undefined ? '' : `<${name}>${renderContent(value, itemName)}</${name}>`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

function escapeForXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
}
