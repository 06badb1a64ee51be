import { brotliCompressSync, crc32 } from 'node:zlib'
import { expect, it } from 'vitest'
import { readChunk } from '../src/database/seriesChunk.js'
import { appendSeries, readSeries } from '../src/runs/series/SeriesStore.js'
import { editDatabase } from './editDatabase.js'
import { epochReport, openStore } from './openStore.js'
import { makeDataFolder, TestServer } from './startServer.js'

interface Row {
  name: string
  metricsProblem: string | null
  curve: { epochs: number[]; problem: string | null }
  summary: { validationLoss: number | null; bestValidationLoss: number | null }
}

const EVENTS = `subscription ($id: ID!) { runEvents(runId: $id) { __typename ... on StoredEvent { seq } ... on EpochCompleted { epoch } } }`
const ROWS =
  '{ runs { nodes { name metricsProblem curve(maxPoints: 32) { epochs problem } summary { validationLoss bestValidationLoss } } } }'

/** Stores runs of three epochs in a folder; returns the ids by their names. */
async function storeRuns(folder: string, names: readonly string[]): Promise<Readonly<Record<string, string>>> {
  await using store = await openStore(folder)
  const ids: Record<string, string> = {}
  for (const name of names) {
    const { run, attempt } = await store.start(name)
    ids[name] = run.id
    for (const epoch of [1, 2, 3]) await store.recorder.report(attempt, epochReport(epoch, { trainLoss: 1, validationLoss: 1 / epoch }))
    await store.recorder.changeStatus(run.id, { from: ['RUNNING'], to: 'STOPPED' })
  }
  return ids
}

it('damaged series, series of a newer version and damaged numbers are said at their run, and hide nothing else', async () => {
  await using folder = await makeDataFolder()
  const ids = await storeRuns(folder.path, ['usual', 'damaged', 'changed', 'newer', 'numbers'])
  editDatabase(folder.path, (database) => {
    const setChunk = database.prepare('UPDATE SeriesChunk SET data = ? WHERE runNumber = (SELECT number FROM Run WHERE id = ?)')
    const chunk = database.prepare('SELECT data FROM SeriesChunk WHERE runNumber = (SELECT number FROM Run WHERE id = ?)').pluck()
    setChunk.run(Buffer.alloc(5), ids.damaged)
    const changed = Buffer.from(chunk.get(ids.changed) as Buffer)
    changed.writeUInt8(changed.readUInt8(changed.length - 3) ^ 1, changed.length - 3)
    setChunk.run(changed, ids.changed)
    const newer = Buffer.from(chunk.get(ids.newer) as Buffer)
    newer.writeUInt8(9, 3)
    setChunk.run(newer, ids.newer)
    database
      .prepare(`UPDATE Run SET latest = CAST('{"validationLoss":null,"bestValidationLoss":0.5}' AS BLOB) WHERE id = ?`)
      .run(ids.numbers)
  })
  await using server = await TestServer.start(folder.path)
  const { runs } = await server.data<{ runs: { nodes: Row[] } }>(ROWS)
  const byName = Object.fromEntries(runs.nodes.map((run) => [run.name, run]))
  expect(byName.usual).toMatchObject({
    metricsProblem: null,
    curve: { epochs: [1, 2, 3], problem: null },
    summary: { validationLoss: 1 / 3 },
  })
  for (const [name, problem] of [
    ['damaged', 'values of epochs 1 to 3: it is damaged: expected the beginning of a chunk'],
    ['changed', 'values of epochs 1 to 3: it is damaged: expected bytes of its checksum'],
    ['newer', 'values of epochs 1 to 3: expected version 1 to 4, got 9. A newer Hourglass wrote it'],
  ] as const) {
    expect(byName[name], name).toMatchObject({ curve: { epochs: [] }, summary: { validationLoss: 1 / 3 } })
    expect(byName[name]?.metricsProblem, name).toContain(problem)
    expect(byName[name]?.curve.problem, name).toBe(byName[name]?.metricsProblem)
  }
  expect(byName.numbers).toMatchObject({
    metricsProblem: 'latest numbers: expected a number for validationLoss, got null.',
    curve: { epochs: [1, 2, 3], problem: 'latest numbers: expected a number for validationLoss, got null.' },
    summary: { validationLoss: null, bestValidationLoss: 0.5 },
  })
  await using changes = server.follow<{ run: Row }>('subscription { runsChanged(after: 0) { run { name summary { validationLoss } } } }')
  const told = await changes.until((items) => items.length === 5)
  expect(told.map(({ run }) => run.name)).toEqual(expect.arrayContaining(Object.keys(ids)))
})

it('a search that cannot be read is said at its experiment', async () => {
  await using folder = await makeDataFolder()
  let id: string
  {
    await using store = await openStore(folder.path)
    const { number } = await store.launch('run')
    id = (await store.experimentRecorder.group({ name: 'Newer', numbers: [number] })).id
    const search = { version: 9, value: {} }
    await store.database.write(({ experiment }) => experiment.update({ where: { id }, data: { search, searchStatus: 'STOPPED' } }))
  }
  await using server = await TestServer.start(folder.path)
  const { experiment } = await server.data<{ experiment: unknown }>(
    'query ($id: ID!) { experiment(id: $id) { name search { status } searchProblem } }',
    { id },
  )
  expect(experiment).toEqual({ name: 'Newer', search: null, searchProblem: expect.stringContaining('expected version 1 to 1, got 9') })
})

it('an event that cannot be read is left out with a line in the log, and what follows is told, also of a page full of such', async () => {
  await using folder = await makeDataFolder()
  const ids = await storeRuns(folder.path, ['run'])
  editDatabase(folder.path, (database) => {
    database.prepare(`UPDATE LabEvent SET payload = '{}' WHERE kind = 'EPOCH_COMPLETED' AND json_extract(payload, '$.epoch') = 2`).run()
    // More than are read at once, before the last.
    const add = database.prepare(`INSERT INTO LabEvent (kind, payload, runNumber) VALUES ('EPOCH_COMPLETED', '[]', 1)`)
    for (let event = 0; event < 250; event++) add.run()
    const rename = database.prepare(`INSERT INTO LabEvent (kind, payload, runNumber) VALUES ('RENAMED', ?, 1)`)
    rename.run('{"title":"newer","name":"of another meaning","version":2}')
    rename.run('{"name":"last","version":1}')
    database.prepare('UPDATE Run SET lastSeq = (SELECT MAX(seq) FROM LabEvent)').run()
  })
  await using server = await TestServer.start(folder.path)
  await using events = server.follow<{ __typename: string; epoch?: number }>(EVENTS, { id: ids.run })
  const told = await events.until((items) => items.some(({ __typename }) => __typename === 'Renamed'))
  expect(told.flatMap(({ epoch }) => epoch ?? [])).toEqual([1, 3])
  expect(told.filter(({ __typename }) => __typename === 'Renamed')).toHaveLength(1)
  const newer = 'payload of RENAMED: expected version 1 to 1, got 2. A newer Hourglass wrote it; update this one to read it.'
  for (const [kind, problem] of [
    ['EPOCH_COMPLETED', expect.stringContaining('payload of EPOCH_COMPLETED of version 1 cannot be read (epoch)')],
    ['RENAMED', newer],
  ] as const) {
    const line = { msg: 'event cannot be read and is left out', runId: ids.run, kind, problem }
    await expect.poll(() => server.logLines).toContainEqual(expect.objectContaining(line))
  }
  // A history has a line for it, as it is part of what happened.
  const { run } = await server.data<{ run: { history: { line: string }[] } }>('query ($id: ID!) { run(id: $id) { history { line } } }', {
    id: ids.run,
  })
  expect(run.history.slice(-2).map(({ line }) => line)).toEqual([newer, 'Renamed to last'])
})

it('a run goes on behind a chunk that cannot be read and leaves it as it is', async () => {
  await using store = await openStore()
  const { number: runNumber } = await store.launch()
  const key = { runNumber, axis: 'step' } as const
  const append = (at: number) => store.database.write((transaction) => appendSeries(transaction, key, [{ at, values: { loss: at } }]))
  await append(1)
  await append(2)
  await store.database.write((transaction) => transaction.seriesChunk.updateMany({ data: { data: new Uint8Array(5) } }))
  await expect(append(2)).rejects.toMatchObject({ code: 'VALUES_OUT_OF_ORDER' })
  await append(3)
  expect(await readSeries(store.database.read, [key])).toEqual([[{ at: 3, values: { loss: 3 } }]])
  const chunks = await store.database.read.seriesChunk.findMany({ orderBy: { first: 'asc' } })
  expect(chunks.map(({ first, data }) => [first, data.length > 5])).toEqual([
    [1, false],
    [3, true],
  ])
})

it('reads chunks of the first version, which began with the length of their names', () => {
  const names = '["loss"]    '
  const chunk = Buffer.alloc(4 + names.length + 2 * 8)
  chunk.writeUInt32LE(names.length, 0)
  chunk.write(names, 4)
  chunk.writeDoubleLE(7, 16)
  chunk.writeDoubleLE(0.25, 24)
  expect(readChunk(chunk)).toEqual({ value: [{ at: 7, values: { loss: 0.25 } }] })
})

it('reads chunks of the second version, which were not compressed', () => {
  const names = '["loss"]    '
  const body = Buffer.alloc(4 + names.length + 2 * 8)
  body.writeUInt32LE(names.length, 0)
  body.write(names, 4)
  body.writeDoubleLE(7, 16)
  body.writeDoubleLE(0.25, 24)
  expect(readChunk(chunkOf(2, body))).toEqual({ value: [{ at: 7, values: { loss: 0.25 } }] })
})

it('reads chunks of the third version, whose numbers lay one behind the other', () => {
  const names = '["loss"]    '
  const body = Buffer.alloc(4 + names.length + 2 * 8)
  body.writeUInt32LE(names.length, 0)
  body.write(names, 4)
  body.writeDoubleLE(7, 16)
  body.writeDoubleLE(0.25, 24)
  expect(readChunk(chunkOf(3, brotliCompressSync(body)))).toEqual({ value: [{ at: 7, values: { loss: 0.25 } }] })
})

it('a chunk that says it has more points, or columns, than it has is damaged', () => {
  for (const header of ['[2000000000]', '[1,"loss"]', '[1.5]', '[0]', '["loss"]', '{}']) {
    const length = Buffer.alloc(4)
    length.writeUInt32LE(header.length)
    const body = Buffer.concat([length, Buffer.from(header), Buffer.from([0, 0, 0, 0, 7])])
    expect(readChunk(chunkOf(4, brotliCompressSync(body))), header).toMatchObject({ problem: expect.stringMatching(/^it is damaged/) })
  }
})

it('a chunk that would become larger than any is damaged', () => {
  expect(readChunk(chunkOf(3, brotliCompressSync(Buffer.alloc(5_000_000))))).toMatchObject({
    problem: expect.stringMatching(/^it is damaged/),
  })
})

function chunkOf(version: number, body: Uint8Array): Uint8Array {
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32LE(crc32(body))
  return Buffer.concat([Buffer.from('HGS'), Buffer.from([version]), checksum, body])
}

it('an analysis of a newer version, or a damaged one, is no analysis that is missing: its run says why it cannot be read', async () => {
  await using folder = await makeDataFolder()
  const ids = await storeRuns(folder.path, ['newer', 'damaged', 'without'])
  editDatabase(folder.path, (database) => {
    const measure = database.prepare(
      `INSERT INTO Analysis (runNumber, version, measured, figures) SELECT number, ?, CAST('{}' AS BLOB), CAST('[]' AS BLOB) FROM Run WHERE id = ?`,
    )
    measure.run(99, ids.newer)
    measure.run(1, ids.damaged)
    database.prepare(`UPDATE Run SET status = 'COMPLETED', analyzedAt = finishedAt`).run()
    database.prepare('UPDATE Run SET analyzedAt = createdAt WHERE id <> ?').run(ids.without)
  })
  await using server = await TestServer.start(folder.path)
  const { runs } = await server.data<{ runs: { nodes: { name: string; analysis: unknown; analysisProblem: string | null }[] } }>(
    '{ runs { nodes { name analysis { at } analysisProblem } } }',
  )
  const problems = Object.fromEntries(runs.nodes.map(({ name, analysisProblem }) => [name, analysisProblem]))
  expect(runs.nodes.map(({ analysis }) => analysis)).toEqual([null, null, null])
  expect(problems.newer).toMatch(/^analysis: expected version 1 to \d+, got 99\. A newer Hourglass wrote it/)
  expect(problems.damaged).toMatch(/^analysis of version 1/)
  expect(problems.without).toBeNull()
})
