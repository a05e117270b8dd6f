#!/usr/bin/env node
import nodeModule from 'node:module'

// Only what every Node.js can parse stands here, so that an old one gets a sentence instead of a syntax error.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 19)) {
  console.error(`error: berth needs Node.js 22.19 or newer, this is ${process.version}`)
  process.exit(1)
}
nodeModule.enableCompileCache?.()
const { main } = await import('./main.ts')
await main(process.argv)
