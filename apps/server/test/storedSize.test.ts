import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { expect, it } from 'vitest'
import { makeDataFolder, TestServer } from './startServer.js'

const RUNS = 4
const EPOCHS = 50

it('a run of 50 epochs takes less than 30 kB of database', async () => {
  await using folder = await makeDataFolder()
  await using server = await TestServer.start(folder.path)
  const launch = () =>
    server.launch({
      data: { dataset: 'mnist', trainCount: 32, testCount: 16 },
      architecture: { dense: { latentDimension: 32, hiddenWidths: [128] } },
      training: { epochs: EPOCHS, batchSize: 32 },
    })
  // What comes once, such as the names of values, is there with the first.
  await server.untilStatus(await launch(), 'COMPLETED')
  const before = bytesOf(folder.path)
  const ids = []
  for (let run = 0; run < RUNS; run++) ids.push(await launch())
  for (const id of ids) expect((await server.untilStatus(id, 'COMPLETED')).metrics).toHaveLength(EPOCHS)
  expect((bytesOf(folder.path) - before) / RUNS).toBeLessThan(30_000)
})

/** Bytes of the pages in use. */
function bytesOf(folder: string): number {
  const database = new SqliteDatabase(join(folder, 'hourglass.db'), { readonly: true })
  try {
    const value = (name: string) => Number(database.pragma(name, { simple: true }))
    return (value('page_count') - value('freelist_count')) * value('page_size')
  } finally {
    database.close()
  }
}
