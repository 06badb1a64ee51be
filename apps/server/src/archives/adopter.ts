/**
 * The process that records an archive: `adopter.js DATABASE PORTIONS STAGING CREATED_AT`. It prepares what it can, says so, and waits to be told that nobody
 * else writes. All of it is one transaction, which is undone when this process or the one that started it ends before.
 */
import { once } from 'node:events'
import SqliteDatabase from 'better-sqlite3'
import { Database } from '../database/Database.js'
import { DatasetShelf } from '../datasets/DatasetShelf.js'
import { HourglassError } from '../HourglassError.js'
import { RunRecorder } from '../runs/RunRecorder.js'
import { RunSignals } from '../runs/RunSignals.js'
import type { AdoptionReport } from './ArchiveRows.js'
import { adoptArchive } from './adoptArchive.js'
import { readPortions } from './portionFile.js'
import { type StagedArchive, stageArchive } from './stageArchive.js'

/** How long the store may refuse to begin, in milliseconds: the lab writes nothing meanwhile. */
const PATIENCE = 5_000
/** How long it may take, in milliseconds: an archive is as large as its limits allow, on whatever disk. */
const LONGEST_TRANSACTION = 15 * 60_000

const [databasePath = '', portions = '', staging = '', createdAt = ''] = process.argv.slice(2)
const leave = () => process.exit(1)
process.on('disconnect', leave)

const staged = await stageArchive(readPortions(portions), staging)
const told = once(process, 'message')
await report({ type: 'staged' })
await told
try {
  await record(staged)
  // What was written ahead gets its place here, and not in the next write of the server.
  const database = new SqliteDatabase(databasePath, { fileMustExist: true })
  database.pragma('wal_checkpoint(PASSIVE)')
  database.close()
  await report({ type: 'recorded' })
} catch (error) {
  if (!(error instanceof HourglassError)) throw error
  await report({ type: 'refused', code: error.code, message: error.message })
}
process.off('disconnect', leave)
process.disconnect?.()

async function record(archive: StagedArchive): Promise<void> {
  const database = new Database(databasePath, { patience: PATIENCE, longestTransaction: LONGEST_TRANSACTION, attached: staging })
  const datasets = new DatasetShelf()
  const hasDataset = async (id: string) => (await datasets.find(id))?.available ?? false
  try {
    // The server tells whoever follows, as soon as it hears that all of it stands.
    const recorder = new RunRecorder({ database, signals: new RunSignals(), removeFiles: async () => undefined })
    await recorder.record(async (facts) => {
      await adoptArchive(facts, { ...archive, createdAt, hasDataset })
      // The start of a next server may have taken its files away.
      if (!process.connected) leave()
    })
  } finally {
    await database.close()
  }
}

function report(message: AdoptionReport): Promise<void> {
  return new Promise((resolve, reject) => {
    if (!process.send) return reject(new Error('Expected to be forked by the server, got no parent process'))
    process.send(message, undefined, {}, (error) => (error ? reject(error) : resolve()))
  })
}
