import { mkdir, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { create } from 'tar'
import { MANIFEST } from '../upkeep/BackupManifest.js'
import { backUp } from '../upkeep/backUp.js'
import type { FolderReport } from '../upkeep/checkDataFolder.js'
import type { Selection } from '../upkeep/copySelection.js'
import { isSound } from '../upkeep/describeReport.js'
import { leaveOutMisfits } from './leaveOutMisfits.js'

export interface PackOptions {
  readonly dataFolder: string
  /** Folder on the same disk, which is not there yet, for what is being packed. */
  readonly staging: string
  readonly selection: Selection
  readonly output: Writable
}

/**
 * Writes a run or an experiment as a tar file: a small data folder with a database of its own, as it is at one moment while the lab may train on it.
 * Nothing is written before the copy is whole. Throws an UpkeepError where the lab has nothing of the id.
 */
export async function packArchive({ dataFolder, staging, selection, output }: PackOptions): Promise<FolderReport> {
  await mkdir(dirname(staging), { recursive: true })
  try {
    const report = await backUp({ dataFolder, target: staging, linked: true, only: selection })
    if (!isSound(report)) await leaveOutMisfits(staging)
    // Whoever reads an archive knows first whether it understands the rest.
    const names = [MANIFEST, 'hourglass.db', 'runs']
    await pipeline(create({ cwd: staging, portable: true }, names), output)
    return report
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}
