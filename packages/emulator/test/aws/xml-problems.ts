import { resolveShape, type Shape, traitsOf } from './schema-problems.ts'

/** An element with what is in it: elements, or text. */
interface Element {
  readonly name: string
  readonly children: Element[]
  text: string
}

/** What a text of a simple shape looks like. */
const SIMPLE: Readonly<Record<number, RegExp>> = {
  0: /^[\s\S]*$/,
  1: /^-?\d+(\.\d+)?$/,
  2: /^(true|false)$/,
  4: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
}

/** What answers hold beside what is modelled: documented in the examples of EC2's reference, and by the other services' protocol. */
const BESIDE = ['requestId', 'return', 'ResponseMetadata']

/** Where an answer in XML is not what its service's model says; nothing where it is. */
export function xmlProblems(xml: string, shape: Shape, operation: string): readonly string[] {
  const root = readXml(xml)
  // Most services put the output into an element of its own, beside one about the response; EC2 does not.
  const result = root.children.find(({ name }) => name === `${operation}Result`)
  const children = (result ?? root).children.filter(({ name }) => !BESIDE.includes(name))
  return elementProblems({ name: operation, children, text: '' }, shape, operation)
}

function elementProblems(element: Element, shape: Shape, path: string): readonly string[] {
  const resolved = resolveShape(shape)
  if (typeof resolved === 'number') return simpleProblems(element, resolved, path)
  const [kind, , , , ...parts] = resolved
  if (kind === 0) return elementProblems(element, parts[0] as Shape, path)
  if (kind === 1) return listProblems(element, parts[0] as Shape, path)
  const [names, shapes] = parts as [readonly string[], readonly Shape[]]
  const byElement = new Map(
    names.map((name, index) => [nameOf(shapes[index] ?? 0, name), shapes[index] ?? 0]),
  )
  return element.children.flatMap((child) => {
    const member = byElement.get(child.name)
    if (member === undefined) return [`${path}.${child.name} is not in the model`]
    return elementProblems(child, member, `${path}.${child.name}`)
  })
}

function listProblems({ children }: Element, member: Shape, path: string): readonly string[] {
  const itemName = nameOf(member, 'member')
  return children.flatMap((child, index) =>
    child.name === itemName
      ? elementProblems(child, member, `${path}[${index}]`)
      : [`${path} holds ${child.name}, not ${itemName}`],
  )
}

function simpleProblems({ children, text }: Element, type: number, path: string): readonly string[] {
  // The lists of simple ones that have no shape of their own.
  if (type >= 64) return listProblems({ name: '', children, text }, type - 64, path)
  if (children.length > 0) return [`${path} holds elements, and is no structure`]
  const form = SIMPLE[type]
  if (!form) return [`${path} has a shape that this test does not know: ${type}`]
  return form.test(text) ? [] : [`${path} is ${JSON.stringify(text)}, which is not of its type ${type}`]
}

function nameOf(shape: Shape, otherwise: string): string {
  const { xmlName } = traitsOf(shape)
  return typeof xmlName === 'string' ? xmlName : otherwise
}

/** As much of XML as these services write: elements and text. */
function readXml(xml: string): Element {
  const root: Element = { name: '', children: [], text: '' }
  const open = [root]
  for (const [, closing, name = '', text = ''] of xml.matchAll(/<(\/)?([A-Za-z]\w*)[^>]*>|([^<]+)/g)) {
    const current = open.at(-1) ?? root
    if (closing) open.pop()
    else if (name !== '') {
      const element: Element = { name, children: [], text: '' }
      current.children.push(element)
      open.push(element)
    } else current.text += text
  }
  const [document] = root.children
  if (!document || open.length !== 1) throw new Error(`this is no XML: ${xml}`)
  return document
}
