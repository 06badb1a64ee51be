import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { adoptArchive } from '../src/archives/adoptArchive.js'
import { openArchive } from '../src/archives/openArchive.js'
import { packArchive } from '../src/archives/packArchive.js'
import { readPortions } from '../src/archives/portionFile.js'
import { stageArchive } from '../src/archives/stageArchive.js'
import { Database } from '../src/database/Database.js'
import { RunRecorder } from '../src/runs/RunRecorder.js'
import type { OpenStore } from './openStore.js'

/** Packs a run, deletes it, and takes it in again: all that the processes of archives do, one after the other in this one. */
export async function importRun({ folder, recorder, signals }: OpenStore, id: string): Promise<void> {
  const { databasePath } = folder
  const work = await mkdtemp(join(dirname(databasePath), 'import-'))
  const places = { archive: join(work, 'run.tar'), folder: join(work, 'unpacked'), portions: join(work, 'rows') }
  const output = createWriteStream(places.archive)
  await packArchive({ dataFolder: dirname(databasePath), staging: join(work, 'packing'), selection: { kind: 'run', id }, output })
  await recorder.delete([id])
  const opened = await openArchive(places)
  if (opened.type === 'refused') throw new Error(opened.message)
  const staging = join(work, 'staged.db')
  const staged = await stageArchive(readPortions(places.portions), staging)
  const database = new Database(databasePath, { attached: staging })
  const adopter = new RunRecorder({ database, signals, removeFiles: async () => undefined })
  await adopter.record((facts) => adoptArchive(facts, { ...staged, createdAt: opened.archive.createdAt, hasDataset: async () => true }))
  await database.close()
  await rm(work, { recursive: true })
}
