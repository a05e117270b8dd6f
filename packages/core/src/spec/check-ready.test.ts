import { describe, expect, it } from 'vitest'
import { plan } from '../../test/spec/problems-of.ts'
import { refuses } from '../../test/spec/refuses.ts'
import { bareData, engineData, groupsData } from '../../test/types/invented-clouds.ts'

const http = { kind: 'http', path: '/' }
const ports = [80]
const noPort = 'has no tcp port to ask; declare it, such as ports: [80], or name another probe'

refuses('probes that are none', [
  [{ ready: 'http' }, 'ready', "'http' is no object; write http('/'), tcp(), log('…') or another probe"],
  [
    { ready: { kind: 'ping' } },
    'ready.kind',
    "'ping' is no kind of probe; there are 'http', 'tcp', 'log', 'exec', 'health', 'started', 'exited', 'all', 'any'",
  ],
  [{ ready: { kind: 'all', probes: [] } }, 'ready.probes', 'has no probe; write one at least'],
  [{ ready: { kind: 'any' } }, 'ready.probes', 'has no probe; write one at least'],
])

refuses('http probes that could never succeed', [
  [{ ready: http }, 'ready', noPort],
  [{ ready: http, ports: [{ port: 53, protocol: 'udp' }] }, 'ready', noPort],
  [{ ready: { ...http, port: 81 }, ports }, 'ready.port', '81 is no declared tcp port; there are 80'],
  [{ ready: { ...http, port: 81 } }, 'ready.port', '81 is no declared tcp port; declare it: ports: [81]'],
  [
    { ready: { ...http, port: 0 }, ports },
    'ready.port',
    '0 is no port; write a whole number, 1 to 65535; the nearest is 1',
  ],
  [
    { ready: { kind: 'http', path: 'health' }, ports },
    'ready.path',
    "'health' is no path; it begins with '/' and has no white space: '/health'",
  ],
  [
    { ready: { kind: 'http', path: 'http://localhost/health' }, ports },
    'ready.path',
    "'http://localhost/health' is no path; it begins with '/' and has no white space: '/health'",
  ],
  [
    { ready: { ...http, status: 99 }, ports },
    'ready.status',
    '99 is no HTTP status; write a whole number, 100 to 599; the nearest is 100',
  ],
  [
    { ready: { ...http, status: [] }, ports },
    'ready.status',
    'is an empty list, so nothing would count as ready; leave it out for 200 to 399',
  ],
  [
    { ready: { ...http, status: [200, 'ok'] }, ports },
    'ready.status[1]',
    "'ok' is no HTTP status; write a whole number, 100 to 599",
  ],
  [{ ready: { ...http, scheme: 'ftp' }, ports }, 'ready.scheme', "'ftp' is none of 'http', 'https'"],
  [
    { ready: { ...http, body: '' }, ports },
    'ready.body',
    'is empty; write a text that the body must contain',
  ],
  [
    { ready: { ...http, headers: { 'a b': 'c' } }, ports },
    'ready.headers["a b"]',
    'has a name that no header can have; write letters, digits and hyphens',
  ],
  [
    { ready: { ...http, headers: { a: 'b\r\nc' } }, ports },
    'ready.headers.a',
    'holds what no header can carry, such as a line end; write one line of Latin letters',
  ],
])

refuses('other probes that could never succeed', [
  [{ ready: { kind: 'tcp' } }, 'ready', noPort],
  [
    { ready: { kind: 'all', probes: [{ kind: 'started' }, { kind: 'tcp', port: 9 }] }, ports },
    'ready.probes[1].port',
    '9 is no declared tcp port; there are 80',
  ],
  [
    { ready: { kind: 'log', pattern: '' } },
    'ready.pattern',
    'is empty; write a text that a line contains, or a regular expression',
  ],
  [
    { ready: { kind: 'log', pattern: 'a', times: 0 } },
    'ready.times',
    '0 is no number of lines; write a whole number, 1 or more; the nearest is 1',
  ],
  [
    { ready: { kind: 'log', pattern: 'a', container: 'mian' } },
    'ready.container',
    "there is no container 'mian', but 'main'; did you mean 'main'?",
  ],
  [{ ready: { kind: 'exec' } }, 'ready.command', "has no command; write its words: ['test', '-f', '/ready']"],
  [
    { ready: { kind: 'exec', command: [] } },
    'ready.command',
    "has no command; write its words: ['test', '-f', '/ready']",
  ],
  [{ ready: { kind: 'exec', command: ['a', 7] } }, 'ready.command[1]', '7 is no text; write a text'],
  [
    { ready: { kind: 'health' } },
    'ready',
    'needs a health check of its container; set health: { probe: … }, or probe by http or tcp',
  ],
  [
    { ready: { kind: 'health', container: 'a' }, sidecars: { a: { image: 'a' } } },
    'ready',
    'needs a health check of its container; set sidecars.a.health: { probe: … }, or probe by http or tcp',
  ],
  [
    { ready: { kind: 'exited', exitCode: -1 } },
    'ready.exitCode',
    '-1 is no exit code; write a whole number, 0 to 4294967295; the nearest is 0',
  ],
])

refuses(
  'probes that the cloud cannot answer',
  [
    [
      { ready: { kind: 'log', pattern: 'a' } },
      'ready',
      'bare does not support logs, which this probe needs; probe by http or tcp',
    ],
    [
      { ready: { kind: 'exec', command: ['a'] } },
      'ready',
      'bare does not support exec, which this probe needs; probe by http or tcp',
    ],
    [
      { ready: { kind: 'health' } },
      'ready',
      'bare does not support health, which this probe needs; probe by http or tcp',
    ],
  ],
  bareData,
)

refuses(
  'exec probes without an exit code',
  [
    [
      { ready: { kind: 'exec', command: ['a'] } },
      'ready',
      'groups does not tell the exit code of a command, so an exec probe cannot succeed; probe by http, tcp or log',
    ],
  ],
  groupsData,
)

refuses('health checks that are none', [
  [{ health: 'curl' }, 'health', "'curl' is no object; write { probe: http('/healthz') }"],
  [{ health: {} }, 'health.probe', 'undefined is no object; write http(), tcp() or exec()'],
  [
    { health: { probe: { kind: 'log', pattern: 'a' } } },
    'health.probe.kind',
    "'log' is none of 'http', 'tcp', 'exec'",
  ],
  [{ health: { probe: http } }, 'health.probe', noPort],
  [
    { health: { probe: { kind: 'exec', command: ['a'] }, interval: 0 } },
    'health.interval',
    '0 is too short; write 1 ms or more',
  ],
  [
    { health: { probe: { kind: 'exec', command: ['a'] }, timeout: '5 s' } },
    'health.timeout',
    "'5 s' is no duration; write milliseconds (1500) or a number with its unit ms, s, m, h or d ('90s'); did you mean '5s'?",
  ],
  [
    { health: { probe: { kind: 'exec', command: ['a'] }, retries: 0 } },
    'health.retries',
    '0 is no number of failures; write a whole number, 1 to 1000; the nearest is 1',
  ],
  [
    { health: { probe: { kind: 'exec', command: ['a'], container: 'b' } }, sidecars: { b: { image: 'b' } } },
    'health.probe.container',
    'a health check runs in its own container; leave it out',
  ],
])

describe('takes', () => {
  it.each([
    { ready: { kind: 'http', path: '/a?b=c%20d', port: 81 }, sidecars: { a: { image: 'a', ports: [81] } } },
    {
      ready: { ...http, status: [200, 503], headers: { Host: 'a.example' }, scheme: 'https', body: 'é' },
      ports,
    },
    {
      ready: { kind: 'log', pattern: /ready/i, times: 2, container: 'a' },
      initContainers: { a: { image: 'a' } },
    },
    { ready: { kind: 'exec', command: ['test'], container: 'a' }, sidecars: { a: { image: 'a' } } },
    { ready: { kind: 'health' }, health: { probe: { kind: 'tcp' }, startPeriod: 0 }, ports },
    {
      ready: {
        kind: 'any',
        probes: [
          { kind: 'exited', exitCode: 3 },
          { kind: 'all', probes: [{ kind: 'started' }] },
        ],
      },
    },
  ])('%j', async (asked) => {
    await expect(plan({ image: 'nginx', ...asked }, engineData)).resolves.toBeDefined()
  })
})
