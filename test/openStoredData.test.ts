import { existsSync } from 'node:fs'
import { cp, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type RunEventKind, readRunEvent, runEventPayloads } from '@hourglass/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { editDatabase } from '../apps/server/test/editDatabase.js'
import { mainPath, makeDataFolder } from '../apps/server/test/startServer.js'
import { ApiServer } from './fixtures/ApiServer.mjs'
import { type Model, readExperimentFacts, readReport, readRunFacts } from './fixtures/readFacts.mjs'

interface Losses {
  readonly epoch: number
  readonly trainLoss: number
  readonly validationLoss: number
}

/** What the version that wrote a fixture answered of it. */
interface Expected {
  readonly runs: readonly ({ readonly id: string; readonly model: Model | null } & Record<string, unknown>)[]
  readonly experiments: readonly unknown[]
  /** Runs that are not over, with what they come to when nothing interrupts them. */
  readonly pending: readonly { readonly id: string; readonly name: string; readonly metrics: readonly Losses[] }[]
  /** A run in the trash, where the version has one. */
  readonly trashed?: { readonly id: string; readonly name: string }
  /** Views of the table of runs that have names, where the version has such. */
  readonly views?: readonly { readonly name: string; readonly address: string }[]
  /** Reports with what is kept of their figures, where the version has such. */
  readonly reports?: readonly { readonly id: string }[]
}

type Metrics = Readonly<Record<string, number | null>>

interface MeasuredFacts {
  readonly summary: { readonly test: Metrics | null }
  readonly analysis: { readonly subjects: readonly { readonly subject: string; readonly metrics: Metrics }[] } | null
}

const root = fileURLToPath(new URL('..', import.meta.url))
const fixtures = fileURLToPath(new URL('fixtures/data', import.meta.url))
const schemaText = await readFile(join(root, 'apps/server/schema.graphql'), 'utf8')

const names = (await readdir(fixtures)).sort()
/** The versions whose long runs train to their ends. Those of the others are stopped some epochs after they go on: what follows is a run as any other. */
const trainedToTheEnd = new Set([names.at(0), names.at(-1)])
/** Epochs after which a long run of the others is stopped: it had one or two when it was interrupted. */
const SOME_EPOCHS = 4

for (const name of names) {
  describe(`a data folder of ${name}`, async () => {
    const expected: Expected = JSON.parse(await readFile(join(fixtures, name, 'expected.json'), 'utf8'))
    let folder: Awaited<ReturnType<typeof makeDataFolder>>
    let server: ApiServer
    beforeAll(async () => {
      folder = await copyOf(name)
      server = await ApiServer.start({ main: mainPath, data: folder.path })
    })
    afterAll(async () => {
      await server?.stop()
      await folder?.[Symbol.asyncDispose]()
    })

    it('opens with every run, curve, event, file, analysis and experiment as it was written', async () => {
      for (const { model, ...stored } of expected.runs) {
        const facts = await readRunFacts(server, schemaText, stored.id)
        // A later version may tell more of a run, never less or anything else.
        expect(facts, `run ${stored.name}`).toMatchObject(withoutBest(withoutUnfairBaseline(stored)))
        expectClose(facts.model, model, `run ${stored.name}`)
        // What a run was measured with is a value of it too, by which runs can be ordered.
        const { summary, analysis } = facts as unknown as MeasuredFacts
        const ofModel = analysis?.subjects.find(({ subject }) => subject === 'MODEL')?.metrics ?? null
        expect(summary.test, `run ${stored.name}`).toEqual(ofModel)
        const ordering = await server.data('query ($id: ID!) { run(id: $id) { values(prefix: "metric.test.") { name number } } }', {
          id: stored.id,
        })
        const values = Object.entries(ofModel ?? {}).flatMap(([name, number]) =>
          number === null ? [] : [{ name: `metric.test.${name}`, number }],
        )
        expect(ordering.run.values).toEqual(values.sort((a, b) => (a.name < b.name ? -1 : 1)))
      }
      expect(await readExperimentFacts(server, schemaText)).toMatchObject(expected.experiments)
      const { runs } = await server.data('{ runs(first: 100) { totalCount nodes { id } } }')
      const ids = new Set([...expected.runs, ...expected.pending].map(({ id }) => id))
      expect(runs.totalCount).toBe(ids.size)
      expect(new Set(runs.nodes.map(({ id }: { id: string }) => id))).toEqual(ids)
      await expectFound(server, expected)
      expect((await server.data('{ savedViews { name address } }')).savedViews).toEqual(expected.views ?? [])
      const { reports } = await server.data('{ reports { id } }')
      const reportIds = reports.map(({ id }: { id: string }) => id)
      expect(await Promise.all(reportIds.map((id: string) => readReport(server, id)))).toMatchObject(expected.reports ?? [])
      expectReadableEvents(folder.path)
    })

    it('goes on with what was interrupted or queued, and comes to the losses of runs that were not', async () => {
      for (const pending of expected.pending.filter(({ id }) => !isStopped(expected, id))) await expectToGoOn(server, name, pending)
    })

    it('goes on with what was stopped, and comes to the losses of runs that were not', async () => {
      for (const pending of expected.pending.filter(({ id }) => isStopped(expected, id))) {
        await server.data('mutation ($id: ID!) { resumeRun(id: $id) { id } }', { id: pending.id })
        await expectToGoOn(server, name, pending)
      }
    })
  })
}

it('keeps of an earlier data folder nothing that this version does not read', async () => {
  await using folder = await copyOf('20261124024519_measure_epochs_and_runs')
  const estimates = join(folder.path, 'estimates.json')
  await writeFile(estimates, '{}')
  const server = await ApiServer.start({ main: mainPath, data: folder.path })
  await server.stop()
  expect(existsSync(estimates)).toBe(false)
})

function isStopped({ runs }: Expected, id: string): boolean {
  return runs.some((run) => run.id === id && run.status === 'STOPPED')
}

/** Waits for a run that goes on, for its end or for some epochs, and compares its losses with those of one that nothing interrupted. */
async function expectToGoOn(server: ApiServer, version: string, { id, name, metrics }: Expected['pending'][number]): Promise<void> {
  const isWhole = trainedToTheEnd.has(version) || metrics.length <= SOME_EPOCHS
  if (!isWhole) {
    await server.untilRun(id, `${SOME_EPOCHS} epochs`, ({ summary }) => summary.epochsCompleted >= SOME_EPOCHS)
    // One that came to its end just now is refused.
    await server.data('mutation ($id: ID!) { stopRun(id: $id) { id } }', { id }).catch(() => undefined)
  }
  await server.untilRun(id, 'its end', ({ status }) => status === 'COMPLETED' || (!isWhole && status === 'STOPPED'))
  const { run } = await server.data('query ($id: ID!) { run(id: $id) { name metrics { epoch trainLoss validationLoss } } }', { id })
  expect(run.name).toBe(name)
  expect(run.metrics.length).toBeGreaterThanOrEqual(isWhole ? metrics.length : SOME_EPOCHS)
  const wanted = metrics.slice(0, run.metrics.length)
  expect(run.metrics.map(({ epoch }: Losses) => epoch)).toEqual(wanted.map(({ epoch }) => epoch))
  for (const [index, { trainLoss, validationLoss }] of wanted.entries()) {
    // Another processor rounds otherwise, and training carries that on.
    expect(relativeDifference(run.metrics[index]?.trainLoss, trainLoss)).toBeLessThan(1e-3)
    expect(relativeDifference(run.metrics[index]?.validationLoss, validationLoss)).toBeLessThan(1e-3)
  }
}

/** Names that were written by any version are found in any case, and what lies in the trash is there alone until it is restored. */
async function expectFound(server: ApiServer, { runs, trashed }: Expected): Promise<void> {
  const list = 'query ($text: String!) { runs(first: 100, filter: { text: $text }) { nodes { id name } } }'
  const find = async (text: string) => (await server.data(list, { text })).runs.nodes as { readonly id: string; readonly name: string }[]
  const named = runs.filter((run) => String(run.name).toLowerCase().includes('variat')).map(({ id }) => id)
  expect((await find('name ~ VARIAT')).map(({ id }) => id)).toEqual(named)
  for (const { name } of await find('z = 1 and name ~ sparse')) expect(name).toBe('Sparse by L1')
  if (!trashed) return
  expect(await find('is deleted')).toEqual([trashed])
  await server.data('mutation ($id: ID!) { restoreRuns(runs: { ids: [$id] }) { count } }', { id: trashed.id })
  expect(await find('is deleted')).toEqual([])
  expect(await find(`name = "${trashed.name}"`)).toEqual([trashed])
}

/** Every event of a run, in whichever version it was stored, is one of this version. */
function expectReadableEvents(folder: string): void {
  const sql = 'SELECT seq, kind, payload FROM LabEvent WHERE runNumber IS NOT NULL'
  const rows = editDatabase(folder, (database) => database.prepare<[], { seq: number; kind: RunEventKind; payload: string }>(sql).all())
  expect(rows).not.toHaveLength(0)
  for (const { seq, kind, payload } of rows) {
    expect(Object.keys(runEventPayloads), `event ${seq}`).toContain(kind)
    expect(readRunEvent(kind, JSON.parse(payload)), `event ${seq}`).toHaveProperty('value')
  }
}

async function copyOf(name: string): ReturnType<typeof makeDataFolder> {
  const folder = await makeDataFolder()
  await cp(join(fixtures, name), folder.path, { recursive: true, filter: (path) => !path.endsWith('expected.json') })
  return folder
}

/** Leaves out PCA of clean examples, as earlier versions kept it, beside a run that saw corrupted ones: it is no longer set beside it. */
function withoutUnfairBaseline(stored: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { corruption } = (stored.config ?? {}) as { readonly corruption?: { readonly none?: unknown } }
  const { isClipped } = (stored.pcaBaseline ?? {}) as { readonly isClipped?: boolean }
  return corruption && corruption.none === null && !isClipped ? { ...stored, pcaBaseline: null } : stored
}

/** Leaves out which epoch had the lowest loss on test examples, as earlier versions told: these choose none. */
function withoutBest(stored: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { data } = (stored.config ?? {}) as { readonly data?: { readonly validationCount?: number | null } }
  const isHeldOut = data !== undefined && 'validationCount' in data && data.validationCount !== 0
  return isHeldOut || !stored.summary ? stored : { ...stored, summary: { ...stored.summary, bestEpoch: null, bestValidationLoss: null } }
}

function expectClose(model: Model | null, expected: Model | null, what: string): void {
  expect(model === null, what).toBe(expected === null)
  for (const part of ['code', 'decoded', 'encodedAgain'] as const) {
    const values = model?.[part] ?? []
    const wanted = expected?.[part] ?? []
    expect(values.length, what).toBe(wanted.length)
    const largest = Math.max(0, ...values.map((value, index) => Math.abs(value - (wanted[index] ?? Number.NaN))))
    expect(largest, `${what}, ${part}`).toBeLessThanOrEqual(1e-6)
  }
}

function relativeDifference(value = Number.NaN, expected: number): number {
  return Math.abs(value - expected) / Math.abs(expected)
}
