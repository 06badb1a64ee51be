import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import SqliteDatabase from 'better-sqlite3'
import type { Disposable, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { type CuttableProxy, startCuttableProxy } from './harness/cuttableProxy.js'
import { launchExperiment } from './harness/experiments.js'
import { query } from './harness/lab.mjs'
import { lab, page, useLabPage } from './harness/labPage.js'
import { pidOf } from './harness/processes.js'

useLabPage()

const RENAME = 'mutation($id: ID!, $name: String!) { updateRun(id: $id, input: { name: $name }) { id } }'
const RENAME_EXPERIMENT = 'mutation($id: ID!, $name: String!) { updateExperiment(id: $id, input: { name: $name }) { id } }'
const config = {
  data: { dataset: 'circle', trainCount: 300, testCount: 100 },
  architecture: { dense: { latentDimension: 1, hiddenWidths: [8], outputActivation: 'LINEAR' } },
  training: { epochs: 1, batchSize: 256 },
}
/** As many epochs as a run may have. */
const endless = { ...config, training: { epochs: 10_000, batchSize: 20 } }

it('a table that lost its connection gets each change of meanwhile once, and reads nothing again', async () => {
  const id = await launchExperiment(
    'Before',
    ['first', 'second', 'third'].map((label) => ({ label, config })),
  )
  const [renamed, deleted] = await runsOf(id)
  await expect.poll(() => statusesOf(id)).toEqual(['COMPLETED', 'COMPLETED', 'COMPLETED'])
  await using proxy = await startCuttableProxy(lab.url)
  const heard = listen(page)
  await page.goto(proxy.url)
  await page.getByText('third · Before').first().waitFor()
  await expect.poll(() => heard.opened).toBe(1)

  await loseConnection(proxy)
  const asked = heard.operations.length
  for (const name of ['Once', 'Twice']) await query(lab.url, RENAME, { id: renamed, name })
  await query(lab.url, 'mutation($ids: [ID!]!) { deleteRuns(ids: $ids) }', { ids: [deleted] })
  const added = await launchExperiment('Meanwhile', [{ label: 'new', config }])
  await expect.poll(() => statusesOf(added)).toEqual(['COMPLETED'])
  const before = heard.changed.length
  proxy.mend()

  await page.getByText('Meanwhile').first().waitFor()
  await page.getByText('Twice').first().waitFor()
  await expect.poll(() => page.getByText('second · Before').count()).toBe(0)
  const told = heard.changed.slice(before)
  for (const run of [renamed, deleted, ...(await runsOf(added))]) expect(told.filter((other) => other === run)).toHaveLength(1)
  expect(heard.operations.slice(asked)).not.toContain('Runs')
})

it('a table in an order that only the server knows is read again after a change, and not for the connection', async () => {
  const id = await launchExperiment(
    'Sorted',
    ['b', 'c'].map((label) => ({ label, config })),
  )
  const [first] = await runsOf(id)
  await expect.poll(() => statusesOf(id)).toEqual(['COMPLETED', 'COMPLETED'])
  await using proxy = await startCuttableProxy(lab.url)
  const heard = listen(page)
  await page.goto(`${proxy.url}/?sort=NAME&direction=ASC`)
  await page.getByText('c · Sorted').first().waitFor()
  await expect.poll(() => heard.opened).toBe(1)

  await loseConnection(proxy)
  const asked = heard.operations.length
  proxy.mend()
  await expect.poll(() => heard.opened).toBe(2)
  // What is asked for on the way back is asked for by now.
  await expect.poll(() => heard.operations.slice(asked)).toContain('Lab')
  expect(heard.operations.slice(asked)).not.toContain('Runs')

  await loseConnection(proxy)
  await query(lab.url, RENAME, { id: first, name: 'd' })
  proxy.mend()
  await expect.poll(() => heard.operations.slice(asked)).toContain('Runs')
  await page.getByText('d', { exact: true }).first().waitFor()
})

it('a list of experiments that lost its connection gets each change of meanwhile once, and reads nothing again', async () => {
  const id = await launchExperiment('Kept', [{ label: 'only', config }])
  await expect.poll(() => statusesOf(id)).toEqual(['COMPLETED'])
  await using proxy = await startCuttableProxy(lab.url)
  const heard = listen(page)
  await page.goto(`${proxy.url}/experiments`)
  await page.getByText('Kept').first().waitFor()
  await expect.poll(() => heard.opened).toBe(1)

  await loseConnection(proxy)
  const asked = heard.operations.length
  for (const name of ['Once', 'Twice']) await query(lab.url, RENAME_EXPERIMENT, { id, name })
  const added = await launchExperiment('Meanwhile', [{ label: 'new', config }])
  await expect.poll(() => statusesOf(added)).toEqual(['COMPLETED'])
  const before = heard.changed.length
  proxy.mend()

  await page.getByText('Twice').first().waitFor()
  await page.locator(`[data-experiment="${added}"]`).waitFor()
  const told = heard.changed.slice(before)
  for (const experiment of [id, added]) expect(told.filter((other) => other === experiment)).toHaveLength(1)
  expect(heard.operations.slice(asked)).not.toContain('Experiments')
})

it('a server that hangs is noticed while it does, and what happens then comes once', async () => {
  const id = await launchExperiment('Hanging', [{ label: 'only', config: endless }])
  const [run = ''] = await runsOf(id)
  await using _ = await recordMessages(page)
  await page.goto(`${lab.url}/runs/${run}`)
  await expect.poll(() => epochsOnPage()).toBeGreaterThan(2)

  const api = pidOf(lab.data, 'listening')
  process.kill(api, 'SIGSTOP')
  try {
    await page.locator('[data-connection="lost"]').waitFor({ state: 'attached' })
  } finally {
    process.kill(api, 'SIGCONT')
  }
  await page.locator('[data-connection="connected"]').waitFor({ state: 'attached' })
  await query(lab.url, RENAME, { id: run, name: 'Awake' })
  await page.getByText('Awake').first().waitFor()
  await requireEachOnce(run)
})

it('a page that slept while its connection died without a word notices when it wakes, and gets what it missed once', async () => {
  const id = await launchExperiment('Asleep', [{ label: 'only', config: endless }])
  const [run = ''] = await runsOf(id)
  await using proxy = await startCuttableProxy(lab.url)
  await using _ = await recordMessages(page)
  await page.goto(`${proxy.url}/runs/${run}`)
  await expect.poll(() => epochsOnPage()).toBeGreaterThan(2)
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Page.setWebLifecycleState', { state: 'frozen' })
  proxy.silence()
  await query(lab.url, RENAME, { id: run, name: 'While asleep' })
  await sleep(6_000)
  await devtools.send('Page.setWebLifecycleState', { state: 'active' })
  await page.locator('[data-connection="lost"]').waitFor({ state: 'attached' })
  proxy.mend()
  await page.locator('[data-connection="connected"]').waitFor({ state: 'attached' })
  await page.getByText('While asleep').first().waitFor()
  await requireEachOnce(run)
})

/** Records the events of runs that scripts of a page are told of, until it is disposed of. */
function recordMessages(watched: Page): Promise<Disposable> {
  return watched.addInitScript(() => {
    const heard: number[] = []
    Object.assign(window, { heard })
    window.WebSocket = class extends WebSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols)
        this.addEventListener('message', ({ data }) => {
          const seq = JSON.parse(String(data)).payload?.data?.runEvents?.seq
          if (seq !== undefined) heard.push(seq)
        })
      }
    }
  })
}

const heardBy = (watched: Page) => watched.evaluate(() => (window as unknown as { heard: number[] }).heard)
const epochsOnPage = async () => (await heardBy(page)).length

/** Stops a run and sees that the page was told of each of its events since the first once, in order, up to the last. */
async function requireEachOnce(run: string): Promise<void> {
  await query(lab.url, 'mutation($id: ID!) { stopRun(id: $id) { id } }', { id: run })
  const readRun = async () => (await query(lab.url, 'query($id: ID!) { run(id: $id) { status lastSeq } }', { id: run })).run
  await expect.poll(async () => (await readRun()).status).toBe('STOPPED')
  const { lastSeq } = await readRun()
  await expect.poll(async () => (await heardBy(page)).at(-1)).toBe(lastSeq)
  const heard = await heardBy(page)
  const database = new SqliteDatabase(join(lab.data, 'hourglass.db'), { readonly: true })
  const sql = 'SELECT seq FROM LabEvent JOIN Run ON Run.number = runNumber WHERE Run.id = ? AND seq >= ? ORDER BY seq'
  const stored = database.prepare<[string, number], { seq: number }>(sql).all(run, heard[0] ?? 0)
  database.close()
  expect(heard).toEqual(stored.map(({ seq }) => seq))
}

async function loseConnection(proxy: CuttableProxy): Promise<void> {
  proxy.cut()
  await page.locator('[data-connection="lost"]').waitFor({ state: 'attached' })
}

/** Records what a page asks for, which sockets it opens and which rows it is told to have changed. */
function listen(watched: Page) {
  const heard = { operations: [] as string[], changed: [] as string[], opened: 0 }
  watched.on('request', (request) => {
    if (request.method() !== 'POST' || !request.url().endsWith('/graphql')) return
    heard.operations.push(String(request.postDataJSON()?.operationName))
  })
  watched.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => {
      const { type, payload: sent } = JSON.parse(String(payload))
      if (type === 'connection_ack') heard.opened += 1
      const id = sent?.data?.runsChanged?.id ?? sent?.data?.experimentsChanged?.id
      if (id !== undefined) heard.changed.push(id)
    })
  })
  return heard
}

async function runsOf(id: string): Promise<string[]> {
  const { experiment } = await query(lab.url, 'query($id: ID!) { experiment(id: $id) { runs { id } } }', { id })
  return experiment.runs.map((run: { id: string }) => run.id)
}

/** Reads how the runs of an experiment stand; one that is not compared with PCA yet will be told of once more. */
async function statusesOf(id: string): Promise<string[]> {
  type Member = { readonly status: string; readonly pcaBaseline: { readonly components: number } | null }
  const document = 'query($id: ID!) { experiment(id: $id) { runs { status pcaBaseline { components } } } }'
  const { experiment } = await query(lab.url, document, { id })
  return experiment.runs.map(({ status, pcaBaseline }: Member) => (status === 'COMPLETED' && !pcaBaseline ? 'NOT COMPARED' : status))
}
