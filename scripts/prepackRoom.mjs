/**
 * Makes what `npm pack` puts into the archive of the package in whose folder it runs: compiles the package, takes away what was compiled of files that are
 * gone since, and puts the licence beside it.
 */
import { copyFileSync, existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root, run } from './steps.mjs'

const [sources, compiled] = ['src', 'dist']

await run([process.execPath, join(root, 'node_modules/typescript/bin/tsc'), '-b'], { cwd: process.cwd() })
for (const name of readdirSync(compiled, { recursive: true, encoding: 'utf8' })) {
  const [, module] = /^(.*?)\.(?:d\.ts|js)(?:\.map)?$/.exec(name) ?? []
  if (module !== undefined && !['.ts', '.js'].some((kind) => existsSync(join(sources, `${module}${kind}`)))) rmSync(join(compiled, name))
}
copyFileSync(join(root, 'LICENSE'), 'LICENSE')
