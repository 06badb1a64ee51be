import { execFileSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import SqliteDatabase from 'better-sqlite3'
import { isRunning } from './isRunning.mjs'

/** Names, for the processes of a test run, the folder of what new labs begin with. */
const VARIABLE = 'HOURGLASS_TEST_LABS'
const DATABASE = 'hourglass.db'
/** The folder in it that names the labs which go on when a file's tests are over. */
const OPEN = 'open'
const compiled = fileURLToPath(new URL('../../apps/server/dist/', import.meta.url))

/** Whether what the labs of this test run begin with is there, as another room has made it. */
export const arePrepared = () => process.env[VARIABLE] !== undefined

/**
 * Makes what the labs of a test run begin with, so that not each of hundreds takes half a second to bring an empty database to today's schema, and
 * seconds for the principal components of the same few images, and what is compared with them. Returns how to remove it, and what was left open.
 */
export function prepareLabs() {
  const path = mkdtempSync(join(tmpdir(), 'hourglass-labs-'))
  // A process of Node's own: modules of the server say where they lie, which those of a test runner do not.
  const script = `const { openDataFolder } = await import('./database/openDataFolder.js'), { migrate } = await import('./database/migrate.js')
    await migrate(await openDataFolder(process.argv[1]))`
  execFileSync(process.execPath, ['--input-type=module', '-e', script, path], { cwd: compiled, stdio: ['ignore', 'ignore', 'inherit'] })
  for (const folder of ['components', OPEN]) mkdirSync(join(path, folder))
  process.env[VARIABLE] = path
  return async () => {
    await Promise.all(readdirSync(join(path, OPEN)).map((name) => close(join(path, OPEN, name))))
    rmSync(path, { recursive: true, force: true })
  }
}

/**
 * Has the labs that begin from now on know the PCA baselines that a lab has computed.
 * @param {string} folder of a lab that is stopped
 */
export function beginWithBaselines(folder) {
  const database = new SqliteDatabase(join(process.env[VARIABLE] ?? '', DATABASE), { fileMustExist: true })
  database.prepare('ATTACH ? AS computed').run(join(folder, DATABASE))
  database.exec('INSERT INTO PcaBaseline SELECT * FROM computed.PcaBaseline')
  database.close()
}

/**
 * Leaves a lab to whoever prepared the labs of this test run, who stops it after the last test. Returns how to take that back.
 * @param {{ readonly pid: number, readonly data: string }} lab
 */
export function leaveOpen({ pid, data }) {
  const begin = process.env[VARIABLE]
  if (begin === undefined) throw new Error('expected labs that were prepared, got none: nobody would stop this one')
  const path = join(begin, OPEN, `${pid}.json`)
  writeFileSync(path, JSON.stringify({ pid, data }))
  return () => rmSync(path, { force: true })
}

/** Stops a lab that was left open, and removes its folder. @param {string} path */
async function close(path) {
  /** @type {{ pid: number, data: string }} */
  const { pid, data } = JSON.parse(readFileSync(path, 'utf8'))
  if (isRunning(pid)) process.kill(pid)
  while (isRunning(pid)) await pause(50)
  await rm(data, { recursive: true, force: true, maxRetries: 5 })
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
    if (!/\.(safetensors|measured)$/.test(name) || there.has(name)) continue
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
