import { refuses } from '../../test/spec/refuses.ts'
import { boardsData, groupsData } from '../../test/types/invented-clouds.ts'

const duration = "write milliseconds (1500) or a number with its unit ms, s, m, h or d ('90s')"
const partName =
  'has no usable name; write up to 50 lower-case letters, digits and inner hyphens, not digits alone:'

refuses('times that are none', [
  [{ stopGrace: 'soon' }, 'stopGrace', `'soon' is no duration; ${duration}`],
  [{ stopGrace: -1 }, 'stopGrace', `-1 is no duration; ${duration}`],
  [{ stopGrace: '10sec' }, 'stopGrace', `'10sec' is no duration; ${duration}; did you mean '10s'?`],
  [
    { stopGrace: {} },
    'stopGrace',
    "an object is no duration; write milliseconds (1500) or a text such as '90s'",
  ],
  [{ stopGrace: '99999d' }, 'stopGrace', "'99999d' is too long; write '3650d' or less"],
])

refuses('lifetimes that are none', [
  [{ lifetime: 'forever' }, 'lifetime', "'forever' is none of 'scope', 'keep'"],
  [
    { lifetime: 60 },
    'lifetime',
    "60 is no lifetime; write 'scope', 'keep', { lease: '10m' } or { maxLifetime: '1h' }",
  ],
  [
    { lifetime: {} },
    'lifetime',
    "must have either lease or maxLifetime; write { lease: '10m' } or { maxLifetime: '1h' }",
  ],
  [
    { lifetime: { lease: '1m', maxLifetime: '1h' } },
    'lifetime',
    "must have either lease or maxLifetime; write { lease: '10m' } or { maxLifetime: '1h' }",
  ],
  [{ lifetime: { lease: 0 } }, 'lifetime.lease', '0 is too short; write 1 ms or more'],
  [{ lifetime: { maxLifetime: 'x' } }, 'lifetime.maxLifetime', `'x' is no duration; ${duration}`],
])

refuses('labels that are ours, or none', [
  [
    { labels: { 'berth-run': 'a' } },
    'labels.berth-run',
    "begins with 'berth-', which is kept for Berth itself; write 'run'",
  ],
  [
    { labels: { 'Berth-X': 'a' } },
    'labels.Berth-X',
    "begins with 'berth-', which is kept for Berth itself; write 'X'",
  ],
  [{ labels: { a: 1 } }, 'labels.a', '1 is no text; write a text'],
  [{ labels: { '': 'a' } }, 'labels[""]', 'has an empty key; give the label a name'],
  [{ labels: { a: 'b\0' } }, 'labels.a', 'holds a NUL byte, which no cloud can carry; remove it'],
])

refuses('names that no cloud takes', [
  [{ name: 7 }, 'name', "7 is no text; write a name, such as 'web'"],
  [{ sidecars: { main: { image: 'a' } } }, 'sidecars.main', "is the main container's name; choose another"],
  [{ sidecars: { My_Proxy: { image: 'a' } } }, 'sidecars.My_Proxy', `${partName} 'my-proxy'`],
  [{ sidecars: { 2: { image: 'a' } } }, 'sidecars["2"]', `${partName} 'part-2'`],
  [{ sidecars: { '-': { image: 'a' } } }, 'sidecars["-"]', `${partName} 'part-1'`],
  [
    { sidecars: { a: 'nginx' } },
    'sidecars.a',
    "'nginx' is no object; write a container: { image: 'nginx:1' }",
  ],
  [
    { sidecars: ['nginx'] },
    'sidecars',
    "an array is no object; write containers by name: { proxy: { image: 'nginx:1' } }",
  ],
  [
    { sidecars: { a: { image: 'a' } }, initContainers: { a: { image: 'a' } } },
    'initContainers.a',
    'is the name of a sidecar too; choose another',
  ],
  [{ volumes: { Data: { kind: 'empty' } } }, 'volumes.Data', `${partName} 'data'`],
])

refuses('volumes that are none', [
  [{ volumes: { a: 'empty' } }, 'volumes.a', "'empty' is no object; write { kind: 'empty' }"],
  [
    { volumes: { a: { kind: 'host' } } },
    'volumes.a.options.path',
    "undefined is no text; write the host's directory as an absolute path: options: { path: '/srv/data' }",
  ],
  [
    { volumes: { a: { kind: 'host', options: { path: './data' } } } },
    'volumes.a.options.path',
    "'./data' is no absolute path of the host; write '/srv/data', say, or node:path's resolve()",
  ],
  [
    { volumes: { a: { kind: 'named', options: { size: [] } } } },
    'volumes.a.options.size',
    'an array is no text; write a text, a number, true or false, or secret()',
  ],
])

refuses('options that are for nobody', [
  [{ options: { Engine: {} } }, 'options.Engine', "is no adapter; did you mean 'engine'?"],
  [{ options: { enigne: {} } }, 'options.enigne', "is no adapter; did you mean 'engine'?"],
  [{ options: { engine: 7 } }, 'options.engine', "7 is no object; write the adapter's own options: { … }"],
  [{ options: 7 }, 'options', '7 is no object; write { engine: { … } }'],
])

refuses('other values', [[{ fit: 'down' }, 'fit', "'down' is none of 'exact', 'up'"]])

refuses(
  'graphics processors that are none',
  [
    [{ gpu: 1 }, 'gpu', '1 is no object; write { count: 1 }'],
    [
      { gpu: { count: 0 } },
      'gpu.count',
      '0 is no number of GPUs; write a whole number, 1 to 64; the nearest is 1',
    ],
    [{ gpu: { count: 1, kind: '' } }, 'gpu.kind', "is empty; write a kind of GPU, such as 'T4'"],
    [{ spot: 'yes' }, 'spot', "'yes' is neither true nor false; write one of them"],
  ],
  groupsData,
)

refuses(
  'regions that are none',
  [
    [{ regions: 'attic' }, 'regions', "'attic' is no list; write an array of regions, in the order to try"],
    [{ regions: [] }, 'regions', 'is an empty list; name a region, or leave it out'],
    [{ regions: ['attic', ''] }, 'regions[1]', "is empty; write a region's name, such as 'westus2'"],
    [{ regions: ['attic', 'attic'] }, 'regions[1]', "'attic' is there twice; name each region once"],
  ],
  boardsData,
)
