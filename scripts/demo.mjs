// What `npm start` shows: one start on each provider that needs no account, side by side, and where the time of each went: the local engine,
// Azure Container Instances, AWS ECS on Fargate and Google Kubernetes Engine as the emulator plays them, and no engine at all. Where KUBECONFIG reaches
// a cluster, that one stands behind GKE. Wants a build.
//
// BERTH_DEMO_IMAGE names another image for the engine (it must answer HTTP on port 80). The exit code is 0 when every start that could
// be tried became ready. A machine without an engine, or one that cannot pull the default image (no network), still has the others: then
// it says what was left out and why, and these decide.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const DEFAULT_IMAGE = 'nginx:1'
const EMBEDDED_IMAGE = 'berth/hello'
const REPORT = 'berth-report'
/** What the emulator plays. */
const SERVICES = ['aci', 'ecs', 'gke']
/** A recorded start takes some 20 s; nobody should wait so long for a demonstration. Every figure of it says so. */
const TIME_SCALE = 2

const packages = join(dirname(dirname(fileURLToPath(import.meta.url))), 'packages')
const command = join(packages, 'cli', 'dist', 'berth.js')
if (!existsSync(command)) {
  console.error('error: the command is not built; run npm start, or pnpm build first')
  process.exit(1)
}

const image = process.env.BERTH_DEMO_IMAGE || DEFAULT_IMAGE
const engine = check('docker')
const kubeconfig = process.env.KUBECONFIG && check('kubernetes').usable ? process.env.KUBECONFIG : undefined
const targets = [
  ...(engine.usable ? [`docker=${image}`] : []),
  `aci=${engine.usable ? image : EMBEDDED_IMAGE}`,
  `ecs=${engine.usable ? image : EMBEDDED_IMAGE}`,
  `gke=${engine.usable || kubeconfig ? image : EMBEDDED_IMAGE}`,
  `process=${EMBEDDED_IMAGE}`,
]
if (!engine.usable) console.log(`docker is left out: ${engine.why}`)

const { startEmulator } = await import('../packages/emulator/dist/index.js')
const emulator = await startEmulator({
  services: SERVICES,
  backend: engine.usable ? 'docker' : 'process',
  name: `demo-${process.pid}`,
  profile: 'recorded',
  timeScale: TIME_SCALE,
  tls: false,
  google: { clusters: { demo: kubeconfig ? { kubeconfig } : {} } },
})
try {
  for (const service of SERVICES) console.log(`${service} is ${descriptionOf(service)}`)
  console.log('')
  const words = ['time', ...targets.flatMap((target) => ['--on', target]), '-p', '80', '--ready', 'http:/']
  words.push('--report', `${REPORT}.html`)
  console.log(`$ berth ${words.join(' ')}\n`)
  const berth = spawn(process.execPath, [command, ...words], {
    stdio: 'inherit',
    env: { ...process.env, ...emulator.environment },
  })
  // A terminal sends ^C to both: the command ends by it and cleans up, and this goes on until it has.
  process.on('SIGINT', () => {})
  const [status] = await once(berth, 'exit')
  process.exitCode = exitCode(status ?? 1)
} finally {
  await emulator.close()
}

function descriptionOf(service) {
  const isReal = service === 'gke' && kubeconfig !== undefined
  return isReal
    ? 'the cluster of KUBECONFIG, behind an emulated Container API'
    : emulator.describeService(service)
}

/** Whether a provider can be used, by the command's own word. */
function check(provider) {
  const { stdout } = spawnSync(process.execPath, [command, 'doctor', provider, '--json'], {
    encoding: 'utf8',
  })
  const [report] = JSON.parse(stdout).reports ?? []
  if (report === undefined) return { usable: false, why: 'it could not be checked' }
  const failed = report.items.find((item) => item.status === 'failed')
  return { usable: report.status !== 'failed', why: failed?.detail.split('\n')[0] }
}

/** Only a default image that cannot be pulled is forgiven: whoever names an image wants to see it start. */
function exitCode(status) {
  if (status !== 1 || process.env.BERTH_DEMO_IMAGE) return status
  const { starts } = JSON.parse(readFileSync(`${REPORT}.json`, 'utf8'))
  const failed = starts.filter((start) => start.status === 'failed')
  const embedded = starts.some(
    ({ provider, status: outcome }) => provider === 'process' && outcome === 'ready',
  )
  if (!embedded || !failed.every((start) => start.error.code === 'image-pull')) return status
  console.log(`\n${image} could not be pulled; BERTH_DEMO_IMAGE names one that this machine can get`)
  return 0
}
