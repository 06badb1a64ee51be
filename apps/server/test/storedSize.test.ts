import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { expect, it } from 'vitest'
import { makeDataFolder, TestServer } from './startServer.js'

const EPOCHS = 50

it.each([
  { what: 'without an analysis 18 kB', runs: 4, analysis: '0', most: 18_000 },
  { what: 'with one 25 kB', runs: 2, analysis: '1', most: 25_000 },
])('a run of 50 epochs takes of the database less than this: $what', async ({ runs, analysis, most }) => {
  await using folder = await makeDataFolder()
  await using server = await TestServer.start(folder.path, { HOURGLASS_ANALYSIS: analysis })
  const launch = () =>
    server.launch({
      data: { dataset: 'mnist', trainCount: 256, testCount: 128 },
      architecture: { dense: { latentDimension: 32, hiddenWidths: [128] } },
      training: { epochs: EPOCHS, batchSize: 128 },
    })
  // What comes once, such as the names of values, is there with the first.
  await server.untilStatus(await launch(), 'COMPLETED')
  const before = bytesOf(folder.path)
  const ids = []
  for (let run = 0; run < runs; run++) ids.push(await launch())
  for (const id of ids) expect((await server.untilStatus(id, 'COMPLETED')).metrics).toHaveLength(EPOCHS)
  expect((bytesOf(folder.path) - before) / runs).toBeLessThan(most)
  // What a clock does not know is not stored.
  const { run } = await server.data<{ run: { metrics: { seconds: number; imagesPerSecond: number }[] } }>(
    'query ($id: ID!) { run(id: $id) { metrics { seconds imagesPerSecond } } }',
    { id: ids[0] },
  )
  for (const { seconds, imagesPerSecond } of run.metrics)
    expect([seconds, imagesPerSecond]).toEqual([Number(seconds.toFixed(6)), Number(imagesPerSecond.toFixed(2))])
})

/** Bytes that are written of pages: of few runs most pages are half empty, of thousands hardly any. */
function bytesOf(folder: string): number {
  const database = new SqliteDatabase(join(folder, 'hourglass.db'), { readonly: true })
  try {
    return Number(database.prepare('SELECT sum(pgsize - unused) FROM dbstat').pluck().get())
  } finally {
    database.close()
  }
}
