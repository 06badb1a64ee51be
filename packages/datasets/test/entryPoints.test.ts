import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const room = fileURLToPath(new URL('..', import.meta.url))

async function importsOf(path: string, seen = new Map<string, readonly string[]>()): Promise<Map<string, readonly string[]>> {
  if (seen.has(path)) return seen
  const source = await readFile(path, 'utf8')
  const specifiers = [...source.matchAll(/from '([^']+)'/g)].map(([, specifier = '']) => specifier)
  seen.set(path, specifiers)
  for (const specifier of specifiers.filter((name) => name.startsWith('.'))) {
    await importsOf(join(dirname(path), specifier.replace(/\.js$/, '.ts')), seen)
  }
  return seen
}

test('the main entry reaches no Node module, and no package but our own that browsers load, so that browsers can load it', async () => {
  const imports = await importsOf(join(room, 'src/index.ts'))
  expect(imports.size).toBeGreaterThan(5)
  const ours = ['@hourglass/random', '@hourglass/wasm']
  expect([...imports.values()].flat().filter((specifier) => !specifier.startsWith('.') && !ours.includes(specifier))).toEqual([])
  for (const path of imports.keys()) expect(await readFile(path, 'utf8')).not.toMatch(/\b(process|Buffer|require)\b[.(]/)
})

test('the example of the README runs and prints what the README says', async () => {
  const readme = await readFile(join(room, 'README.md'), 'utf8')
  const [, code = ''] = /```js\n([\s\S]*?)```/.exec(readme) ?? []
  const [, printed = ''] = /```text\n([\s\S]*?)```/.exec(readme) ?? []
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', code], { cwd: room })
  expect(stdout).toBe(printed)
})
