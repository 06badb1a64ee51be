/** Checks style, the direction of imports and where kinds are named: `npm run lint`, and before all tests. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkKinds } from './lintKinds.mjs'
import { roomFolders, root, run } from './steps.mjs'

/** Rejects with everything that is against the style or the order of imports, and every kind that is named outside of its row. */
export async function lint() {
  const results = await Promise.allSettled([
    run([process.execPath, join(root, 'node_modules/@biomejs/biome/bin/biome'), 'check', '.']),
    checkImports(),
    checkKinds(),
  ])
  const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.message] : []))
  if (failures.length > 0) throw new Error(failures.join('\n'))
}

/**
 * Cruises folders, by default all that have sources, by the rules of .dependency-cruiser.mjs. Rejects with every import against them.
 * @param {{ cwd?: string, folders?: readonly string[] }} [options]
 */
export function checkImports({ cwd = root, folders = roomFolders() } = {}) {
  const cruiser = join(root, 'node_modules/dependency-cruiser')
  const { bin } = JSON.parse(readFileSync(join(cruiser, 'package.json'), 'utf8'))
  return run(
    [
      process.execPath,
      join(cruiser, bin.depcruise),
      '--config',
      join(root, '.dependency-cruiser.mjs'),
      '--output-type',
      'err-long',
      ...folders,
    ],
    { cwd },
  )
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await lint()
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
    process.exitCode = 1
  }
}
