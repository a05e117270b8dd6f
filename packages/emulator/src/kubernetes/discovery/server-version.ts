/** How old the cluster says that it is; a build of nobody's. */
export function serverVersion(minorVersion: number): object {
  return {
    major: '1',
    minor: String(minorVersion),
    gitVersion: gitVersion(minorVersion),
    gitCommit: '',
    gitTreeState: 'clean',
    buildDate: '1970-01-01T00:00:00Z',
    goVersion: '',
    compiler: '',
    platform: 'linux/amd64',
  }
}

/** `v1.34.0+berth-emulator` */
export function gitVersion(minorVersion: number): string {
  return `v1.${minorVersion}.0+berth-emulator`
}
