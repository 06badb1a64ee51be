import { randomBytes } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { errorCodes } from '../HourglassError.js'
import { StartupError } from '../StartupError.js'
import { IDENTITY } from './labIdentity.js'
import { storeFaultOf } from './storeFault.js'

/** Where a data folder keeps what. */
export interface DataPaths {
  readonly databasePath: string
  /** Holds one folder a run. */
  readonly runsFolder: string
  /** Holds what is being deleted. */
  readonly trashFolder: string
  /** Holds principal components, which runs of the same data share. */
  readonly componentsFolder: string
  /** Holds copies of the database as it was before it was upgraded. */
  readonly upgradesFolder: string
  /** Secret with which those who launch runs are named. */
  readonly launcherSecretPath: string
  /** Names what is stored, until a backup is restored in its place. */
  readonly identityPath: string
  /** Holds ONNX files, which are made again where they are missing. */
  readonly onnxFolder: string
  /** Holds the codes of all examples of epochs that somebody looked at, which are computed again where they are missing. */
  readonly codesFolder: string
  /** Holds what is packed for other labs or came from them, while that takes. */
  readonly archivesFolder: string
}

export interface DataFolder extends DataPaths {
  /** Lets another server use the folder. */
  release(): void
}

/** Names what lies where in a data folder. */
export function dataPathsOf(path: string): DataPaths {
  return {
    databasePath: join(path, 'hourglass.db'),
    runsFolder: join(path, 'runs'),
    trashFolder: join(path, 'trash'),
    componentsFolder: join(path, 'components'),
    upgradesFolder: join(path, 'before-upgrade'),
    launcherSecretPath: join(path, 'launchers.key'),
    identityPath: join(path, IDENTITY),
    onnxFolder: join(path, 'onnx'),
    codesFolder: join(path, 'codes'),
    archivesFolder: join(path, 'archives'),
  }
}

/**
 * Creates the data folder where it is missing and takes it for this process alone: two servers on one folder would both run its queue.
 * Throws a StartupError where the folder cannot be written or is taken.
 */
export async function openDataFolder(path: string): Promise<DataFolder> {
  const paths = dataPathsOf(path)
  const probe = join(path, `.probe-${randomBytes(6).toString('hex')}`)
  try {
    await mkdir(paths.runsFolder, { recursive: true })
    await mkdir(paths.trashFolder, { recursive: true })
    await writeFile(probe, '')
    await rm(probe)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new StartupError(`The data folder ${path} cannot be written (${reason}): set HOURGLASS_DATA to a folder that can.`)
  }
  return { ...paths, release: takeLock(path) }
}

/** Holds an exclusive SQLite transaction: the operating system ends it with the process, however that dies. */
function takeLock(path: string): () => void {
  const lock = new SqliteDatabase(join(path, 'server.lock'), { timeout: 2000 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    const fault = storeFaultOf(error)
    if (fault && fault.code !== errorCodes.storeBusy) {
      throw new StartupError(
        `The data folder ${path} cannot be used: ${fault.reason}. ${fault.remedy} Or set HOURGLASS_DATA to another folder.`,
      )
    }
    throw new StartupError(`Another Hourglass server uses the data folder ${path}: stop it, or set HOURGLASS_DATA to another folder.`)
  }
  return () => lock.close()
}
