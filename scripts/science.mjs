/**
 * Trains the whole chapter with its own settings and checks what must come out; takes hours. What is trained is kept in .cache/science, so that
 * a second call goes on where the first one was interrupted. Arguments go to vitest: a file's name, `-t` and a test's.
 */
import './requireNode.mjs'

const { spawnSync } = await import('node:child_process')
const { join } = await import('node:path')
const { prepare, root } = await import('./steps.mjs')

try {
  await prepare()
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}
const args = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--project', 'science', ...process.argv.slice(2)]
const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit', env: { ...process.env, HOURGLASS_SCIENCE: 'full' } })
process.exit(status ?? 1)
