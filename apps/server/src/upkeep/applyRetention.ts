import { RunFolders } from '../artifacts/RunFolders.js'
import { Database } from '../database/Database.js'
import { migrate } from '../database/migrate.js'
import { openDataFolder } from '../database/openDataFolder.js'
import { requireRestored } from '../database/unfinishedRestore.js'
import type { Log } from '../log.js'
import { RunRecorder } from '../runs/RunRecorder.js'
import { RunSignals } from '../runs/RunSignals.js'
import { type DroppedSum, RetentionKeeper, type RetentionKeeperOptions } from '../storage/RetentionKeeper.js'

export interface ApplyRetentionOptions {
  readonly dataFolder: string
  readonly retention: RetentionKeeperOptions['retention']
  /** Whether models are removed; else what would go is counted. */
  readonly applies: boolean
  readonly log: Log
}

/** Applies retention to the runs of a lab that is stopped. Throws a StartupError where a server uses the folder. */
export async function applyRetention({ dataFolder, retention, applies, log }: ApplyRetentionOptions): Promise<DroppedSum> {
  const folder = await openDataFolder(dataFolder)
  try {
    await requireRestored(dataFolder)
    await migrate(folder)
    const database = new Database(folder.databasePath)
    try {
      const folders = new RunFolders(folder, log)
      const recorder = new RunRecorder({ database, signals: new RunSignals(), removeFiles: (files) => folders.remove(files) })
      const keeper = new RetentionKeeper({ database, recorder, folders, retention, log })
      if (!applies) return await keeper.count()
      await keeper.recover()
      return await keeper.apply()
    } finally {
      await database.close()
    }
  } finally {
    folder.release()
  }
}
