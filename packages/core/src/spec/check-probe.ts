import type { PlannedPort } from '../contract/group-plan.ts'
import type { Field } from './field.ts'
import { readPort } from './plan-ports.ts'
import { readChoice } from './read-choice.ts'
import { showList, showValue } from './show-value.ts'

type Ports = readonly PlannedPort[]

/** Checks an http probe against the tcp ports that it may ask; the first is the default. */
export function checkHttpProbe(field: Field, ports: Ports): void {
  const path = field.at('path').text("a path, such as '/'")
  if (path !== undefined && !/^\/[^\s#]*$/.test(path)) {
    const meant = `/${path
      .trim()
      .replace(/^[a-z]+:\/\/[^/]*/i, '')
      .replace(/^\/+/, '')
      .replace(/[\s#].*$/s, '')}`
    field
      .at('path')
      .refuse(
        `${field.at('path').shown} is no path; it begins with '/' and has no white space: ${showValue(meant)}`,
      )
  }
  checkProbedPort(field, ports)
  field.read('scheme', (scheme) => readChoice(scheme, ['http', 'https']))
  field.read('body', (body) => body.filledText('a text that the body must contain'))
  field.read('status', checkStatus)
  field.read('headers', checkHeaders)
}

function checkHeaders(field: Field): void {
  for (const [name, header] of field.entries("headers: { Host: 'example.org' }")) {
    const text = header.text('a text')
    if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name))
      header.refuse('has a name that no header can have; write letters, digits and hyphens')
    else if (text !== undefined && /[^\t\x20-\x7e\x80-\xff]/.test(text)) {
      header.refuse('holds what no header can carry, such as a line end; write one line of Latin letters')
    }
  }
}

/** Checks a tcp probe against the tcp ports that it may ask; the first is the default. */
export function checkTcpProbe(field: Field, ports: Ports): void {
  checkProbedPort(field, ports)
}

/** Checks the command of an exec probe. */
export function checkExecProbe(field: Field): void {
  const command = field.at('command')
  if (command.absent || (Array.isArray(command.value) && command.value.length === 0)) {
    command.refuse("has no command; write its words: ['test', '-f', '/ready']")
  }
  for (const word of command.items('words')) word.text('a text')
}

function checkProbedPort(field: Field, ports: Ports): void {
  const numbers = ports.filter(({ protocol }) => protocol === 'tcp').map(({ port }) => port)
  if (!field.has('port')) {
    if (numbers.length === 0)
      field.refuse('has no tcp port to ask; declare it, such as ports: [80], or name another probe')
    return
  }
  const port = readPort(field.at('port'))
  if (port === undefined || numbers.includes(port)) return
  field
    .at('port')
    .refuse(
      numbers.length === 0
        ? `${port} is no declared tcp port; declare it: ports: [${port}]`
        : `${port} is no declared tcp port; there are ${showList(numbers)}`,
    )
}

function checkStatus(field: Field): void {
  if (!Array.isArray(field.value)) {
    field.wholeNumber(100, 599, 'HTTP status')
    return
  }
  if (field.value.length === 0)
    field.refuse('is an empty list, so nothing would count as ready; leave it out for 200 to 399')
  for (const status of field.items('statuses')) status.wholeNumber(100, 599, 'HTTP status')
}
