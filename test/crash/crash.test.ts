import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import SqliteDatabase from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { shortenRun } from '../../apps/server/test/editDatabase.js'
import { endlessConfig, type Followed, makeDataFolder, TestServer } from '../../apps/server/test/startServer.js'
import { isRunning } from '../harness/isRunning.mjs'
import { query, startLab } from '../harness/lab.mjs'
import { upkeep } from '../harness/upkeep.js'
import { Dice } from '../security/Dice.js'
import { killTree } from './killTree.js'

/** How often something is killed; HOURGLASS_CRASHES=500 is the long version. */
const CYCLES = Number(process.env.HOURGLASS_CRASHES ?? 6)
const SEED = Number(process.env.HOURGLASS_CRASH_SEED ?? Date.now() % 1_000_000)
/** How often a folder is checked as a whole, in cycles. */
const CHECK_EVERY = CYCLES > 20 ? 25 : 2
/** The longest time between a new epoch and the kill, in milliseconds: an epoch takes less. */
const LONGEST_DELAY = 250

const kinds = ['worker', 'server', 'both', 'tree'] as const
type Kind = (typeof kinds)[number]

interface Told {
  readonly seq?: number
  readonly metrics?: { readonly epoch: number }
}

const events = `subscription ($id: ID!, $after: Int!) { runEvents(runId: $id, after: $after) {
  ... on StoredEvent { seq } ... on EpochCompleted { metrics { epoch } }
} }`
const completed = 'query ($id: ID!) { run(id: $id) { summary { epochsCompleted } } }'

/** What clients were told of a run. */
class Witness {
  readonly seqs: number[] = []
  readonly epochs: number[] = []

  listen(server: TestServer, id: string): Followed<Told> {
    return server.follow<Told>(events, { id, after: this.seqs.at(-1) ?? 0 })
  }

  heard(followed: Followed<Told>): void {
    for (const { seq, metrics } of followed.items) {
      if (seq !== undefined) this.seqs.push(seq)
      if (metrics) this.epochs.push(metrics.epoch)
    }
  }
}

function readDatabase<Result>(folder: string, read: (database: SqliteDatabase.Database) => Result): Result {
  const database = new SqliteDatabase(join(folder, 'hourglass.db'), { readonly: true })
  try {
    return read(database)
  } finally {
    database.close()
  }
}

/** Throws where something that was told of is not stored, or anything is stored twice. */
function expectAllStored(folder: string, id: string, { seqs, epochs }: Witness, what: string): void {
  const stored = readDatabase(folder, (database) => {
    const sql = 'SELECT seq, LabEvent.kind, payload FROM LabEvent JOIN Run ON Run.number = runNumber WHERE Run.id = ? ORDER BY seq'
    return database.prepare<[string], { seq: number; kind: string; payload: string }>(sql).all(id)
  })
  const storedEpochs = stored.filter(({ kind }) => kind === 'EPOCH_COMPLETED').map(({ payload }) => Number(JSON.parse(payload).epoch))
  expect(storedEpochs, what).toEqual(storedEpochs.map((_, index) => index + 1))
  // A follower is told of everything from the first to the last that it has heard of, once and in order.
  expect(seqs, what).toEqual(stored.map(({ seq }) => seq).slice(0, seqs.length))
  expect(epochs, what).toEqual(storedEpochs.slice(0, epochs.length))
}

async function expectWhole(folder: string, what: string): Promise<void> {
  expect(
    readDatabase(folder, (database) => database.pragma('integrity_check', { simple: true })),
    what,
  ).toBe('ok')
  const { code, stdout, stderr } = await upkeep('check', [], folder)
  expect(code, `${what}: ${stdout}${stderr}`).toBe(0)
}

it(`${CYCLES} times kill -9 of workers, server, both and the whole lab lose nothing, repeat nothing and change no loss (seed ${SEED})`, {
  timeout: 400_000 + CYCLES * 30_000,
}, async () => {
  const dice = new Dice(SEED)
  await using folder = await makeDataFolder()
  const witness = new Witness()
  let server = await TestServer.start(folder.path)
  onTestFinished(() => server[Symbol.asyncDispose]())
  const id = await server.launch(endlessConfig)
  const counts: Record<Kind, number> = { worker: 0, server: 0, both: 0, tree: 0 }

  /** Kills the worker that trains now: the newest that is known may be the one that was killed before. */
  const killWorker = async () => {
    for (;;) {
      const worker = await server.workerOf(id)
      if (isRunning(worker)) return process.kill(worker, 'SIGKILL')
      await sleep(20)
    }
  }

  /** Follows until there are some new epochs, waits for some of the next one, and kills. */
  const strike = async (kind: Exclude<Kind, 'tree'>) => {
    const followed = witness.listen(server, id)
    const wanted = dice.between(1, 3)
    await followed.until((items) => items.filter(({ metrics }) => metrics).length >= wanted)
    await sleep(dice.between(0, LONGEST_DELAY))
    if (kind !== 'server') await killWorker()
    if (kind !== 'worker') await server.kill()
    else await followed[Symbol.asyncDispose]()
    witness.heard(followed)
    if (kind !== 'worker') server = await TestServer.start(folder.path)
  }

  const strikeTree = async () => {
    await server.kill()
    const lab = await startLab({ data: folder.path, env: { HOURGLASS_THREADS: '1' } })
    const epochs = async () => Number((await query(lab.url, completed, { id })).run.summary.epochsCompleted)
    const before = await epochs()
    await expect.poll(epochs).toBeGreaterThan(before)
    await sleep(dice.between(0, LONGEST_DELAY))
    await killTree(lab.pid ?? 0)
    server = await TestServer.start(folder.path)
  }

  for (let cycle = 0; cycle < CYCLES; cycle++) {
    // Each kind once, then as it comes; a whole lab takes longest to start.
    const kind = kinds[cycle] ?? (dice.chance(0.05) ? 'tree' : dice.one(['worker', 'server', 'both'] as const))
    const what = `cycle ${cycle}, ${kind}, HOURGLASS_CRASH_SEED=${SEED}`
    if (kind === 'tree') await strikeTree()
    else await strike(kind)
    counts[kind]++
    expectAllStored(folder.path, id, witness, what)
    if (cycle % CHECK_EVERY === 0) await expectWhole(folder.path, what)
    if (CYCLES > 20 && cycle % 25 === 0) process.stdout.write(`${what}: ${witness.epochs.length} epochs, ${JSON.stringify(counts)}\n`)
  }

  await server.data('mutation ($id: ID!) { stopRun(id: $id) { id } }', { id })
  await server.untilStatus(id, 'STOPPED')
  const epochs = shortenRun(folder.path, id, { epochsLeft: 2 })
  await server.data('mutation ($id: ID!) { resumeRun(id: $id) { id } }', { id })
  const killed = await server.untilStatus(id, 'COMPLETED')
  const undisturbed = await server.launch({ ...endlessConfig, training: { ...endlessConfig.training, epochs } })
  const expected = await server.untilStatus(undisturbed, 'COMPLETED')
  expect(killed.metrics).toHaveLength(epochs)
  expect(killed.metrics).toEqual(expected.metrics)
  await server.stop()
  await expectWhole(folder.path, 'the end')
  process.stdout.write(`${CYCLES} kills ${JSON.stringify(counts)}, ${epochs} epochs: lost 0, repeated 0, losses the same to the last bit\n`)
})
