import { refuses } from '../../test/spec/refuses.ts'
import { secret } from '../secrets/secret.ts'

const NUL = 'holds a NUL byte, which no cloud can carry; remove it'
const HALF = 'holds half a surrogate pair, which no encoding can carry; write well-formed Unicode'

refuses('images that no registry can hold', [
  [{ image: undefined }, 'image', "is missing; write the image to run, such as 'nginx:1'"],
  [{ image: '' }, 'image', "is empty; write the image to run, such as 'nginx:1'"],
  [{ image: 7 }, 'image', "7 is no text; write an image's name, such as 'nginx:1'"],
  [{ image: 'Nginx' }, 'image', "'Nginx' is no repository; names are in lower case: 'nginx'"],
  [{ sidecars: { a: {} } }, 'sidecars.a.image', "is missing; write the image to run, such as 'nginx:1'"],
])

refuses('commands that are none', [
  [
    { command: 'sleep 1' },
    'command',
    "'sleep 1' is one text; write its words as an array: ['sh', '-c', '…']",
  ],
  [{ command: { a: 1 } }, 'command', 'an object is no list; write an array of words'],
  [{ args: ['a', 1] }, 'args[1]', '1 is no text; write a text'],
  [{ args: ['a\0'] }, 'args[0]', NUL],
  [{ args: ['\ud800'] }, 'args[0]', HALF],
])

refuses('environments that no process could read', [
  [{ env: ['A=b'] }, 'env', "an array is no object; write variables by name: { PORT: '8080' }"],
  [{ env: { PORT: 80 } }, 'env.PORT', 'is a number; environment variables are texts, so put it in quotes'],
  [{ env: { A: true } }, 'env.A', 'is a boolean; environment variables are texts, so put it in quotes'],
  [{ env: { A: undefined } }, 'env.A', 'is undefined; leave it out, or write a text'],
  [{ env: { A: null } }, 'env.A', 'is null; leave it out, or write a text'],
  [{ env: { A: {} } }, 'env.A', 'is no text; write a text, secret() or secretRef()'],
  [{ env: { A: 'b\0' } }, 'env.A', NUL],
  [{ env: { '': 'a' } }, 'env[""]', 'has an empty name; give the variable a name'],
  [{ env: { 'A=B': 'a' } }, 'env["A=B"]', "has '=' or a NUL byte in its name; no process could read it"],
  [{ env: { 'A\0': 'a' } }, 'env["A\\u0000"]', "has '=' or a NUL byte in its name; no process could read it"],
])

refuses('amounts that are none', [
  [{ cpu: 0 }, 'cpu', '0 is no number of vCPUs; write a number above 0, such as 0.5'],
  [{ cpu: -1 }, 'cpu', '-1 is no number of vCPUs; write a number above 0, such as 0.5'],
  [{ cpu: Number.NaN }, 'cpu', 'NaN is no number of vCPUs; write a number above 0, such as 0.5'],
  [{ cpu: '2' }, 'cpu', "'2' is no number of vCPUs; write a number above 0; did you mean 2?"],
  [{ cpu: '500m' }, 'cpu', "'500m' is no number of vCPUs; write a number above 0; did you mean 0.5?"],
  [
    { memory: '2GB' },
    'memory',
    "'2GB' is no amount of memory; write bytes (536870912) or a number with its unit Ki, Mi, Gi, K, M or G ('512Mi'); did you mean '2G'?",
  ],
])

refuses('paths that are none', [
  [{ workingDirectory: 'srv' }, 'workingDirectory', "'srv' is no absolute path; write '/srv'"],
  [{ workingDirectory: './srv' }, 'workingDirectory', "'./srv' is no absolute path; write '/srv'"],
  [
    { workingDirectory: '/a/../b' },
    'workingDirectory',
    "'/a/../b' climbs up by '..'; write the path that is meant",
  ],
  [{ workingDirectory: '' }, 'workingDirectory', "is empty; write an absolute path, such as '/data'"],
  [{ files: { 'etc/a': '' } }, 'files["etc/a"]', "'etc/a' is no absolute path; write '/etc/a'"],
  [{ files: { '/etc/': '' } }, 'files["/etc/"]', 'ends like a directory; write the path of a file'],
  [{ files: { '/a\0': '' } }, 'files["/a\\u0000"]', 'has a NUL byte in its path; remove it'],
])

refuses('files that are none', [
  [{ files: ['/a'] }, 'files', "an array is no object; write contents by path: { '/etc/app.conf': '…' }"],
  [{ files: { '/a': 7 } }, 'files["/a"]', '7 is no content; write a text, a Uint8Array or secret()'],
  [
    { files: { '/a': {} } },
    'files["/a"].content',
    'undefined is no content; write a text, a Uint8Array or secret()',
  ],
  [
    { files: { '/a': '\udc00' } },
    'files["/a"]',
    'holds half a surrogate pair; write bytes (a Uint8Array) instead',
  ],
  [
    { files: { '/a': { content: '', mode: 644 } } },
    'files["/a"].mode',
    '644 are no permission bits; write an octal number from 0o000 to 0o777; did you mean 0o644?',
  ],
  [
    { files: { '/a': { content: '', mode: '0755' } } },
    'files["/a"].mode',
    "'0755' are no permission bits; write an octal number from 0o000 to 0o777; did you mean 0o755?",
  ],
  [
    { files: { '/a': { content: '', mode: -1 } } },
    'files["/a"].mode',
    '-1 are no permission bits; write an octal number from 0o000 to 0o777, such as 0o644',
  ],
])

const volumes = { data: { kind: 'empty' } }

refuses('mounts of what is not there', [
  [
    { mounts: [{ volume: 'data', path: '/a' }] },
    'mounts[0].volume',
    "the spec has no volume 'data'; declare it: volumes: { 'data': { kind: 'empty' } }",
  ],
  [
    { volumes, mounts: [{ volume: 'date', path: '/a' }] },
    'mounts[0].volume',
    "the spec has no volume 'date', but 'data'; did you mean 'data'?",
  ],
  [
    { volumes, sidecars: { a: { image: 'a', mounts: [{ volume: 'x', path: '/a' }] } } },
    'sidecars.a.mounts[0].volume',
    "the spec has no volume 'x', but 'data'",
  ],
  [
    { volumes, mounts: [{ volume: 'data', path: 'a' }] },
    'mounts[0].path',
    "'a' is no absolute path; write '/a'",
  ],
  [
    { volumes, mounts: [{ volume: 'data', path: '/a', readOnly: 'yes' }] },
    'mounts[0].readOnly',
    "'yes' is neither true nor false; write one of them",
  ],
  [
    {
      volumes,
      mounts: [
        { volume: 'data', path: '/a' },
        { volume: 'data', path: '/a' },
      ],
    },
    'mounts[1].path',
    "'/a' is taken by another mount; give each its own path",
  ],
  [
    { volumes, mounts: ['data'] },
    'mounts[0]',
    "'data' is no object; write { volume: 'data', path: '/data' }",
  ],
])

refuses('users that are none', [
  [{ user: '' }, 'user', "is empty; write a user's name or number, such as 'app' or '1000:1000'"],
  [{ user: 'a b' }, 'user', "'a b' is no user; write a name or number, optionally with a group: '1000:1000'"],
  [
    { user: '1:2:3' },
    'user',
    "'1:2:3' is no user; write a name or number, optionally with a group: '1000:1000'",
  ],
  [{ user: -1 }, 'user', '-1 is no user number; write a whole number, 0 to 4294967294; the nearest is 0'],
])

refuses('credentials that would show', [
  [
    { registry: { username: 'me', password: 'x' } },
    'registry.password',
    'must be marked as a secret, so that nothing shows it; write secret(…) around it',
  ],
  [
    { registry: { username: '', password: secret('swordfish') } },
    'registry.username',
    'is empty; write the name to log in with',
  ],
  [
    { registry: { username: 'me', password: secret('swordfish'), server: 'https://a.example/v2' } },
    'registry.server',
    "'https://a.example/v2' is no registry; write its host, without scheme or path; did you mean 'a.example'?",
  ],
])
