import { execFile } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { answersTo } from './harness/answersTo.js'
import { holdRequests } from './harness/holdRequests.js'
import { query, startLab } from './harness/lab.mjs'
import { openPage } from './harness/openPage.js'
import { savedLines } from './harness/saveFigure.js'
import { namesWithoutTerm } from './harness/terms.js'

const generator = fileURLToPath(new URL('bench/generateRuns.mjs', import.meta.url))
const WIDTH = 1280
const EPOCHS = 8000

interface LongRun {
  readonly id: string
  readonly number: number
  readonly summary: { readonly epochsCompleted: number }
}

let lab: Awaited<ReturnType<typeof startLab>>
let page: Page
let runs: readonly LongRun[]

beforeAll(async () => {
  const data = mkdtempSync(join(tmpdir(), 'hourglass-lab-'))
  const counts = ['--runs', '12', '--epochs', String(EPOCHS), '--experiments', '0', '--seed', '3']
  await promisify(execFile)(process.execPath, [generator, '--folder', data, ...counts])
  lab = await startLab({ data })
  page = await openPage({ viewport: { width: WIDTH, height: 900 } })
  const { runs: all } = await query(lab.url, '{ runs(first: 12) { nodes { id number summary { epochsCompleted } } } }')
  runs = (all.nodes as LongRun[]).filter(({ summary }) => summary.epochsCompleted > 3 * WIDTH).slice(0, 2)
})
afterAll(async () => {
  await page?.close()
  await lab?.[Symbol.asyncDispose]()
})

it('runs that are compared send as many epochs as their chart can draw, and all of them to a table that is saved', async () => {
  expect(runs).toHaveLength(2)
  const answers = answersTo(page)
  const sent = () =>
    answers.filter(({ operation }) => operation === 'ComparedRun').map(({ text }) => JSON.parse(text).data.run.metrics.length)
  await page.goto(`${lab.url}/compare?runs=${runs.map(({ id }) => id).join(',')}`)
  await page.getByRole('table', { name: 'Comparison' }).waitFor()
  await expect.poll(() => sent().length).toBe(2)
  expect(await namesWithoutTerm(page)).toEqual([])
  for (const epochs of sent()) {
    expect(epochs).toBeGreaterThan(WIDTH / 2)
    expect(epochs).toBeLessThanOrEqual(WIDTH)
  }

  const [header, ...rows] = await savedLines(page.getByRole('button', { name: 'Download curves', exact: true }))
  expect(header).toMatch(/^run,name,epoch,training loss,scored on,(validation|test) loss,(validation|test) mse,seconds,images per second$/)
  for (const { number, summary } of runs) {
    const epochs = rows.filter((row) => row.startsWith(`${number},`))
    expect(epochs).toHaveLength(summary.epochsCompleted)
  }
})

it('what is saved of runs that are still being read is all of them', async () => {
  const release = await holdRequests(page, (request) => request.postData()?.includes('"ComparedRun"') ?? false)
  await page.goto(`${lab.url}/compare?runs=${runs.map(({ id }) => id).join(',')}`)
  await page.getByRole('button', { name: 'Save as experiment' }).click()
  const dialog = page.getByRole('dialog', { name: 'Save 2 runs as an experiment' })
  await dialog.waitFor()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  const download = page.getByRole('button', { name: 'Download curves', exact: true })
  expect(await download.isDisabled()).toBe(true)
  release()
  await expect.poll(() => download.isDisabled()).toBe(false)
})
