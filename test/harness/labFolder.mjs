import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, linkSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Names, for the processes of a test run, the folder of what new labs begin with. */
const VARIABLE = 'HOURGLASS_TEST_LABS'
const DATABASE = 'hourglass.db'
const compiled = fileURLToPath(new URL('../../apps/server/dist/', import.meta.url))

/**
 * Makes what the labs of a test run begin with, so that not each of hundreds takes half a second to bring an empty database to today's schema, and
 * seconds for the principal components of the same few images. Returns how to remove it.
 */
export function prepareLabs() {
  const path = mkdtempSync(join(tmpdir(), 'hourglass-labs-'))
  // A process of Node's own: modules of the server say where they lie, which those of a test runner do not.
  const script = `const { openDataFolder } = await import('./database/openDataFolder.js'), { migrate } = await import('./database/migrate.js')
    await migrate(await openDataFolder(process.argv[1]))`
  execFileSync(process.execPath, ['--input-type=module', '-e', script, path], { cwd: compiled, stdio: ['ignore', 'ignore', 'inherit'] })
  mkdirSync(join(path, 'components'))
  process.env[VARIABLE] = path
  return () => rmSync(path, { recursive: true, force: true })
}

/** @returns {Promise<{ readonly path: string } & AsyncDisposable>} an empty folder, which goes with what is left in it */
export async function makeDataFolder() {
  const path = await mkdtemp(join(tmpdir(), 'hourglass-lab-'))
  return { path, [Symbol.asyncDispose]: () => removeLab(path) }
}

/**
 * Puts into a folder that is empty or missing what new labs of this test run begin with: an empty database, and the components that labs before left.
 * @param {string} path
 */
export async function beginLab(path) {
  const begin = process.env[VARIABLE]
  if (begin === undefined || (existsSync(path) && readdirSync(path).length > 0)) return
  mkdirSync(path, { recursive: true })
  await copyFile(join(begin, DATABASE), join(path, DATABASE))
  share(join(begin, 'components'), join(path, 'components'))
}

/**
 * Removes a data folder, and keeps its components for the labs that follow.
 * @param {string} path
 */
export async function removeLab(path) {
  const begin = process.env[VARIABLE]
  if (begin !== undefined) share(join(path, 'components'), join(begin, 'components'))
  await rm(path, { recursive: true, force: true, maxRetries: 5 })
}

/**
 * Gives a folder the components of another. They are written once under names that say of which data they are and what they hold, never in place.
 * @param {string} from
 * @param {string} to
 */
function share(from, to) {
  if (!existsSync(from)) return
  mkdirSync(to, { recursive: true })
  const there = new Set(readdirSync(to))
  for (const name of readdirSync(from)) {
    if (!name.endsWith('.safetensors') || there.has(name)) continue
    try {
      linkSync(join(from, name), join(to, name))
    } catch (error) {
      const { code } = /** @type {NodeJS.ErrnoException} */ (error)
      if (code === 'EXDEV') copyWhole(join(from, name), join(to, name))
      else if (code !== 'EEXIST') throw error
    }
  }
}

/** Copies a file to another disk, whole or not at all for whoever reads there. @param {string} from @param {string} to */
function copyWhole(from, to) {
  const unfinished = `${to}.${process.pid}.tmp`
  copyFileSync(from, unfinished)
  renameSync(unfinished, to)
}
