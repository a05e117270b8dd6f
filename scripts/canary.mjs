// A secret planted in every start of the tests, and the search for it in all that they leave: a canary that shows anywhere is a leak.
import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Directories below the root in which no step writes. */
const NOT_OURS = new Set(['node_modules', '.git', '.tools'])

/** What the names of the directories with the steps' transcripts begin with. */
export const TRANSCRIPTS = 'berth-check-'

/** A text that stands nowhere else in the world. */
export function newCanary() {
  return `canary-${randomBytes(16).toString('hex')}`
}

/**
 * Every form in which the canary, or either half of it, could stand in a text, by name: who prints half a secret has leaked it too, and
 * `util.inspect` cuts long bytes short.
 */
function formsOf(canary) {
  const characters = [...canary]
  const middle = Math.ceil(characters.length / 2)
  const forms = new Map()
  for (const half of [characters.slice(0, middle).join(''), characters.slice(middle).join('')]) {
    for (const [name, form] of formsOfText(half)) forms.set(name, [...(forms.get(name) ?? []), form])
  }
  return forms
}

function* formsOfText(text) {
  const bytes = Buffer.from(text, 'utf8')
  yield ['raw', text]
  yield ['JSON', JSON.stringify(text).slice(1, -1)]
  yield ['JSON in JSON', JSON.stringify(JSON.stringify(text).slice(1, -1)).slice(1, -1)]
  yield [
    'JSON in ASCII',
    text.replace(/./gs, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  ]
  yield ['URL', encodeURIComponent(text)]
  yield ['URL form', new URLSearchParams({ '': text }).toString().slice(1)]
  yield ['URL in full', [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')]
  yield ['HTML', text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)]
  yield ['HTML by name', text.replace(/[&<>"]/g, (character) => HTML_NAMES[character])]
  yield ['hex', bytes.toString('hex')]
  yield ['hex by byte', [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')]
  yield ['bytes', [...bytes].join(',')]
  const json = Buffer.from(JSON.stringify(text).slice(1, -1))
  for (const alphabet of ['base64', 'base64url']) {
    for (const alignment of [0, 1, 2]) {
      yield [`${alphabet} at ${alignment}`, base64At(bytes, alignment, alphabet)]
      yield [`${alphabet} of JSON at ${alignment}`, base64At(json, alignment, alphabet)]
    }
  }
}

const HTML_NAMES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** The part of the base64 that is the same whatever stands before and after, where so many bytes of a group of three come before. */
function base64At(bytes, alignment, alphabet) {
  const base64 = Buffer.concat([Buffer.alloc(alignment), bytes])
    .toString(alphabet)
    .replace(/=+$/, '')
  const before = Math.ceil((alignment * 8) / 6)
  const after = (alignment + bytes.length) % 3 === 0 ? 0 : 1
  return base64.slice(before, base64.length - after)
}

/** The spellings in which texts are compared: as it is; byte lists without indices, spaces and line ends. */
const SPELLINGS = [(text) => text, (text) => text.replace(/"\d+":\s*/g, '').replace(/,\s+/g, ',')]

/**
 * Where the canary stands in a text: each with its form, the line's number, and the line itself with every form of the canary masked and cut
 * to what is near.
 */
export function findCanary(text, canary) {
  const forms = formsOf(canary)
  const plain = text.replace(ANSI, '')
  const found = new Map()
  for (const spelling of SPELLINGS) {
    const spelled = spelling(plain)
    const lower = spelled.toLowerCase()
    for (const [name, halves] of forms) {
      // The forms whose digits may be of either case.
      const anyCase = /hex|URL|ASCII/.test(name)
      for (const form of halves.map(spelling).map((half) => (anyCase ? half.toLowerCase() : half))) {
        const at = (anyCase ? lower : spelled).indexOf(form)
        if (at === -1) continue
        const line = spelled.slice(0, at).split('\n').length
        if (!found.has(line)) found.set(line, { form: name, line, text: maskedLine(spelled, at, forms) })
      }
    }
  }
  return [...found.values()]
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one
const ANSI = /\u001b\[[0-9;?]*[A-Za-z]/g
const NEAR = 100

function maskedLine(text, at, forms) {
  const all = [...forms.values()].flat().flatMap((form) => SPELLINGS.map((spelling) => spelling(form)))
  const pattern = all
    .sort((one, other) => other.length - one.length)
    .map((form) => form.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'))
    .join('|')
  const mask = (part) => part.replace(new RegExp(pattern, 'gi'), '[canary]')
  const end = text.indexOf('\n', at)
  // Cut only once it is masked: a form that is cut would not be known again.
  const before = mask(text.slice(text.lastIndexOf('\n', at) + 1, at))
  const from = mask(text.slice(at, end === -1 ? undefined : end))
  return `${before.length > NEAR ? '…' : ''}${before.slice(-NEAR)}${from.slice(0, NEAR)}`
}

/**
 * Looks for the canary in the transcripts of the steps and in all that they left behind, and tells where it is: true where it is nowhere.
 */
export async function searchForCanary({ canary, transcripts, root, sinceInMs, write = console.log }) {
  const files = [
    ...filesSince(transcripts, 0),
    ...filesSince(root, sinceInMs, NOT_OURS),
    ...ownTemporaryDirectories().flatMap((directory) => [...filesSince(directory, sinceInMs)]),
  ]
  const engine = await listOnEngine()
  let found = 0
  const search = (where, text) => {
    for (const { form, line, text: shown } of findCanary(text, canary)) {
      found += 1
      write(`the canary shows in ${where}, line ${line}, as ${form}: ${shown}`)
    }
  }
  for (const file of files) search(file, readText(file))
  for (const [where, text] of engine) search(where, text)
  write(
    `searched ${files.length} files${engine.length > 0 ? ' and the labels on the engine' : '; no engine answers'}`,
  )
  return found === 0
}

function readText(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    // Removed meanwhile by whoever wrote it.
    if (error.code === 'ENOENT') return ''
    throw error
  }
}

/** Every file below a directory that was written since a time, hidden ones included; none where there is no such directory. */
function* filesSince(directory, sinceInMs, skipped = new Set()) {
  for (const entry of entriesOf(directory)) {
    const path = join(directory, entry.name)
    if (skipped.has(entry.name)) continue
    if (entry.isDirectory()) yield* filesSince(path, sinceInMs, skipped)
    else if (entry.isFile() && statSync(path, { throwIfNoEntry: false })?.mtimeMs >= sinceInMs) yield path
  }
}

function entriesOf(directory) {
  try {
    return readdirSync(directory, { withFileTypes: true })
  } catch {
    // Gone meanwhile, or another user's.
    return []
  }
}

/** What is ours among the temporary files. */
function ownTemporaryDirectories() {
  const places = new Set([process.env.XDG_RUNTIME_DIR || tmpdir(), tmpdir(), '/tmp'])
  return [...places].flatMap((place) =>
    entriesOf(place)
      .filter(
        (entry) =>
          entry.isDirectory() && entry.name.startsWith('berth-') && !entry.name.startsWith(TRANSCRIPTS),
      )
      .map(({ name }) => join(place, name)),
  )
}

/** All that the engine tells without being asked for one object's own environment, which is where a secret belongs; nothing where none answers. */
async function listOnEngine() {
  const host = process.env.DOCKER_HOST ?? 'unix:///var/run/docker.sock'
  if (!host.startsWith('unix://')) return []
  const paths = ['/containers/json?all=1', '/volumes', '/networks', '/images/json?all=1']
  try {
    return await Promise.all(paths.map(async (path) => [`engine ${path}`, await get(host.slice(7), path)]))
  } catch {
    return []
  }
}

function get(socketPath, path) {
  return new Promise((resolve, reject) => {
    const call = request({ socketPath, path, timeout: 10_000 }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk) => {
        text += chunk
      })
      response.on('end', () => resolve(text)).on('error', reject)
    })
    call.on('timeout', () => call.destroy(new Error('it did not answer in time')))
    call.on('error', reject)
    call.end()
  })
}
