import { join } from 'node:path'
import { completeRunConfig } from '@hourglass/autoencoders'
import { pino } from 'pino'
import { RunFolders } from '../src/artifacts/RunFolders.js'
import { Database } from '../src/database/Database.js'
import { migrate } from '../src/database/migrate.js'
import { EmbeddedRunQueue } from '../src/execution/EmbeddedRunQueue.js'
import { RunSignals } from '../src/runs/RunSignals.js'
import { RunStore } from '../src/runs/RunStore.js'
import { makeDataFolder } from './startServer.js'

/** A queue that has not started, over an empty store. */
export async function openQueue() {
  const folder = await makeDataFolder()
  const path = join(folder.path, 'hourglass.db')
  await migrate(path)
  const database = new Database(path)
  const signals = new RunSignals()
  const store = new RunStore(database, signals)
  const folders = new RunFolders(
    { runsFolder: join(folder.path, 'runs'), trashFolder: join(folder.path, 'trash') },
    pino({ enabled: false }),
  )
  const queue = new EmbeddedRunQueue({
    store,
    signals,
    folders,
    log: pino({ enabled: false }),
    maxRuns: 1,
    threads: 1,
    analysis: false,
    componentsFolder: join(folder.path, 'components'),
  })
  return {
    database,
    signals,
    store,
    queue,
    create: () => store.create({ name: 'Queued', config: completeRunConfig({}), trainCount: 10, testCount: 10 }),
    [Symbol.asyncDispose]: async () => {
      await queue.close()
      await database.close()
      await folder[Symbol.asyncDispose]()
    },
  }
}
