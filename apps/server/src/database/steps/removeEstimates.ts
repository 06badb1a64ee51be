import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { DataFolder } from '../openDataFolder.js'

/** Removes what earlier versions wrote down of the machine's speed: it is told from the seconds of stored runs now. */
export async function removeEstimates({ databasePath }: DataFolder): Promise<void> {
  await rm(join(dirname(databasePath), 'estimates.json'), { force: true })
}
