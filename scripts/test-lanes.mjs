/**
 * The test projects that may run beside each other. Those that share an engine follow one another, for a test that sweeps acts on all of
 * it; the others start nothing but child processes, each in directories of their own. The quick ones come first.
 */
export const LANES = {
  engine: ['cli', 'docker', 'emulator', 'kubernetes', 'conformance-docker'],
  processes: ['core', 'scripts', 'process', 'aci', 'ecs', 'gke', 'conformance'],
}
