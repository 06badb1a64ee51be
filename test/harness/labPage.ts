import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { startBrowser } from './browser.mjs'
import { query, startLab } from './lab.mjs'
import { makeDataFolder } from './labFolder.mjs'

/** The lab that the tests of a file share. */
export let lab: Awaited<ReturnType<typeof startLab>>
/** The page of the test that runs. */
export let page: Page

/**
 * Gives the tests of a file a lab, and each of them a page and a lab that is empty; no page may complain of an exception. `prepare` fills its data folder for
 * the first test.
 */
export function useLabPage(environment: Readonly<Record<string, string>> = {}, prepare?: (data: string) => Promise<void>): void {
  let browser: Browser
  let complaints: string[]

  beforeAll(async () => {
    const { path: data } = await makeDataFolder()
    await prepare?.(data)
    ;[lab, browser] = await Promise.all([startLab({ data, env: environment }), startBrowser()])
  })
  afterAll(async () => {
    await browser?.close()
    await lab?.[Symbol.asyncDispose]()
  })
  beforeEach(async () => {
    complaints = []
    page = await browser.newPage({ viewport: { width: 1280, height: 900 }, acceptDownloads: true })
    page.setDefaultTimeout(60_000)
    page.on('pageerror', (error) => complaints.push(String(error)))
  })
  afterEach(async () => {
    await page.close()
    await deleteAll()
    expect(complaints).toEqual([])
  })
}

/** Deletes everything for good, also what lies in the trash. */
async function deleteAll(): Promise<void> {
  const idsOf = ({ nodes }: { nodes: { id: string }[] }) => nodes.map(({ id }) => id)
  const { experiments, trashed } = await query(
    lab.url,
    '{ experiments(first: 100) { nodes { id } } trashed: experiments(first: 100, inTrash: true) { nodes { id } } }',
  )
  const ofExperiments = [...idsOf(experiments), ...idsOf(trashed)]
  if (ofExperiments.length > 0) await query(lab.url, 'mutation($ids: [ID!]!) { purgeExperiments(ids: $ids) }', { ids: ofExperiments })
  const { runs, deleted } = await query(
    lab.url,
    '{ runs(first: 100) { nodes { id } } deleted: runs(first: 100, filter: { text: "is deleted or is archived" }) { nodes { id } } }',
  )
  const ids = [...new Set([...idsOf(runs), ...idsOf(deleted)])]
  if (ids.length > 0) await query(lab.url, 'mutation($ids: [ID!]!) { purgeRuns(runs: { ids: $ids }) { count } }', { ids })
}
