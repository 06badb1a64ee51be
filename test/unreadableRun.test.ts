import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { query, startLab } from './harness/lab.mjs'
import { openPage } from './harness/openPage.js'

const REASON = /expected version 1 to 2, got 99/
const LAUNCH = 'mutation($input: LaunchExperimentInput!) { launchExperiment(input: $input) { id runs { id } } }'

let lab: Awaited<ReturnType<typeof startLab>>
let page: Page
let experiment: string
/** A run that this version can read, one of a newer version and one that was trained elsewhere. */
let readable: string
let newer: string
let elsewhere: string
let complaints: string[]

beforeAll(async () => {
  const data = mkdtempSync(join(tmpdir(), 'hourglass-lab-'))
  const config = { data: { dataset: 'circle', trainCount: 300, testCount: 100 }, training: { epochs: 2 } }
  const points = { ...config, architecture: { dense: { latentDimension: 1, hiddenWidths: [8], outputActivation: 'LINEAR' } } }
  const before = await startLab({ data })
  const labels = ['usual', 'newer', 'elsewhere', 'damaged']
  const input = { name: 'Versions', runs: labels.map((label) => ({ label, config: points })) }
  const { launchExperiment } = await query(before.url, LAUNCH, { input })
  experiment = launchExperiment.id
  ;[readable = '', newer = '', elsewhere = ''] = launchExperiment.runs.map(({ id }: { id: string }) => id)
  const completed = async () =>
    (await query(before.url, 'query($id: ID!) { experiment(id: $id) { statusCounts { completed } } }', { id: experiment })).experiment
      .statusCounts.completed
  await vi
    .waitFor(async () => expect(await completed()).toBe(labels.length), { timeout: 300_000, interval: 500 })
    .finally(() => before.stop())

  const database = new SqliteDatabase(join(data, 'hourglass.db'))
  database.prepare('UPDATE Run SET configVersion = 99 WHERE id = ?').run(newer)
  database
    .prepare(
      `UPDATE Run SET kind = 'elsewhere', configVersion = 1, config = '{"model":{"width":512}}', dataset = NULL, epochs = NULL WHERE id = ?`,
    )
    .run(elsewhere)
  database.exec(`UPDATE SeriesChunk SET data = zeroblob(5) WHERE runNumber = (SELECT number FROM Run WHERE label = 'damaged')`)
  database.close()
  lab = await startLab({ data })
  page = await openPage({ viewport: { width: 1280, height: 900 } })
  page.on('pageerror', (error) => complaints.push(String(error)))
})
beforeEach(() => {
  complaints = []
})
afterAll(async () => {
  await page?.close()
  await lab?.[Symbol.asyncDispose]()
})

describe('a run whose configuration this version cannot read', () => {
  it('stands in the table with its status and the reason, beside the others', async () => {
    await page.goto(`${lab.url}/runs`)
    await page.getByText(REASON).first().waitFor()
    await page.getByText('trained elsewhere').first().waitFor()
    await page
      .getByRole('img', { name: /^Some of what the run measured is missing here\. values of epochs 1 to 2: it is damaged/ })
      .waitFor()
    await expect.poll(() => page.getByText('Completed').count()).toBeGreaterThanOrEqual(3)
    expect(complaints).toEqual([])
  })

  it('has a page with its name, its values and the reason', async () => {
    await page.goto(`${lab.url}/runs/${newer}`)
    await page.getByText(REASON).waitFor()
    await page.getByRole('row', { name: /training\.epochs 2/ }).waitFor()
    await page.getByRole('heading', { name: 'Log', exact: true }).waitFor()
    await page.getByRole('textbox', { name: 'Lines with' }).waitFor()
    await page.getByRole('button', { name: 'Add notes' }).click()
    await page.getByRole('textbox', { name: 'Notes' }).fill('Trained by a **newer** version.')
    await page.getByRole('button', { name: 'Save notes' }).click()
    // The text stands in the editor too until that is gone.
    await page.getByTestId('run-notes').locator('strong').getByText('newer').waitFor()
    await page.goto(`${lab.url}/runs/${elsewhere}`)
    await page.getByText('trained elsewhere').waitFor()
    expect(complaints).toEqual([])
  })

  it('is renamed, and has its files and its configuration as it is stored', async () => {
    await page.goto(`${lab.url}/runs/${newer}`)
    await page.getByRole('button', { name: /rename/i }).click()
    await page.getByRole('textbox', { name: 'Run name' }).fill('From tomorrow')
    await page.keyboard.press('Enter')
    await expect.poll(() => nameOf(newer)).toBe('From tomorrow')
    await page.getByText('From tomorrow').first().waitFor()
    await page.getByText('Kind autoencoder, version 99').waitFor()
    expect(JSON.parse(await page.locator('pre').innerText())).toMatchObject({
      training: { epochs: 2 },
    })
    const links = () =>
      page.getByRole('link', { name: /^(Open|Download) / }).evaluateAll((all) => all.map((link) => link.getAttribute('href')))
    await expect.poll(async () => (await links()).some((href) => href?.endsWith('.safetensors'))).toBe(true)
    for (const href of await links()) expect((await fetch(`${lab.url}${href}`)).status, `${href}`).toBe(200)
    expect(await page.getByRole('button', { name: 'Stop' }).count()).toBe(0)
    expect(complaints).toEqual([])
  })

  it('is stopped while it waits, and deleted', async () => {
    const LAUNCH_RUN = 'mutation($input: LaunchRunInput!) { launchRun(input: $input) { id } }'
    const points = { architecture: { dense: { latentDimension: 1, hiddenWidths: [8], outputActivation: 'LINEAR' } } }
    const config = { ...points, data: { dataset: 'circle', trainCount: 300, testCount: 100 }, training: { epochs: 10_000, batchSize: 1 } }
    const launch = async () => (await query(lab.url, LAUNCH_RUN, { input: { config } })).launchRun.id as string
    const blocker = await launch()
    await expect.poll(() => statusOf(blocker)).toBe('RUNNING')
    const waiting = await launch()
    const database = new SqliteDatabase(join(lab.data, 'hourglass.db'))
    database.prepare('UPDATE Run SET configVersion = 99 WHERE id = ?').run(waiting)
    database.close()
    await page.goto(`${lab.url}/runs/${waiting}`)
    await page.getByText(REASON).waitFor()
    await page.getByRole('button', { name: 'Stop' }).click()
    await expect.poll(() => statusOf(waiting)).toBe('STOPPED')
    await expect.poll(() => page.getByTestId('run-status').innerText()).toMatch(/stopped/i)
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByRole('button', { name: 'Delete run' }).click()
    await page.waitForURL(`${lab.url}/runs`)
    await expect(query(lab.url, 'query($id: ID!) { run(id: $id) { id } }', { id: waiting })).rejects.toThrow('RUN_NOT_FOUND')
    await query(lab.url, 'mutation($ids: [ID!]!) { deleteRuns(ids: $ids) }', { ids: [blocker] })
    expect(complaints).toEqual([])
  })

  it('is compared by its values', async () => {
    await page.goto(`${lab.url}/compare?runs=${readable},${newer}`)
    await page.getByRole('table', { name: 'Comparison' }).waitFor()
    await page.getByText(REASON).waitFor()
    await page.getByRole('row', { name: /training\.epochs 2/ }).waitFor()
    expect(complaints).toEqual([])
  })

  it('leaves the figures of its experiment to the others, and begins no new run', async () => {
    await page.goto(`${lab.url}/experiments/${experiment}?figure=LEARNING_CURVES`)
    await page.getByText(REASON).waitFor()
    await page.getByTestId('line-chart').first().waitFor()
    await page.goto(`${lab.url}/new?from=${newer}`)
    await page.getByText(REASON).waitFor()
    expect(complaints).toEqual([])
  })
})

const nameOf = async (id: string) => (await query(lab.url, 'query($id: ID!) { run(id: $id) { name } }', { id })).run.name
const statusOf = async (id: string) => (await query(lab.url, 'query($id: ID!) { run(id: $id) { status } }', { id })).run.status
