import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { startBrowser } from './browser.mjs'
import { query, startLab } from './lab.mjs'
import { makeDataFolder } from './labFolder.mjs'

/** The lab that the tests of a file share. */
export let lab: Awaited<ReturnType<typeof startLab>>
/** The page of the test that runs. */
export let page: Page

/** What tests listen for on a page. */
const EVENTS = ['request', 'response', 'pageerror', 'console', 'dialog', 'download', 'websocket', 'worker'] as const
const SIZE = { width: 1280, height: 900 }

/**
 * Gives the tests of a file a lab that is empty and a page that remembers nothing, for each of them; no page may complain of an exception. It is one page for
 * all of them, as a browser that has the dashboard's programs compiled opens it in half the time. `prepare` fills the lab's data folder for the first test.
 */
export function useLabPage(environment: Readonly<Record<string, string>> = {}, prepare?: (data: string) => Promise<void>): void {
  let browser: Browser
  let complaints: string[]

  beforeAll(async () => {
    const { path: data } = await makeDataFolder()
    await prepare?.(data)
    ;[lab, browser] = await Promise.all([startLab({ data, env: environment }), startBrowser()])
    page = await openPage(browser)
  })
  afterAll(async () => {
    await browser?.close()
    await lab?.[Symbol.asyncDispose]()
  })
  beforeEach(async () => {
    complaints = []
    if (page.isClosed()) page = await openPage(browser)
    page.on('pageerror', (error) => complaints.push(String(error)))
  })
  afterEach(async () => {
    await forget()
    await deleteAll()
    expect(complaints).toEqual([])
  })
}

async function openPage(browser: Browser): Promise<Page> {
  const opened = await browser.newPage({ viewport: SIZE, acceptDownloads: true })
  opened.setDefaultTimeout(60_000)
  return opened
}

/** Leaves of a test nothing that the next one could see in its page. */
async function forget(): Promise<void> {
  if (page.isClosed()) return
  await page.unrouteAll({ behavior: 'ignoreErrors' })
  // An empty document of the lab's own origin, where what pages keep for a tab can be reached and no page keeps anything any more.
  const empty = `${lab.url}/nothing`
  await page.route(empty, (route) => route.fulfill({ contentType: 'text/html', body: '' }))
  await page.goto(empty)
  await page.unroute(empty)
  for (const event of EVENTS) page.removeAllListeners(event)
  await page.evaluate(() => {
    localStorage.clear()
    sessionStorage.clear()
  })
  await page.context().clearCookies()
  await page.context().clearPermissions()
  await page.emulateMedia({ media: null, colorScheme: null, reducedMotion: null, forcedColors: null })
  await page.setViewportSize(SIZE)
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
  const { kept, thrown } = await query(lab.url, '{ kept: reports { id } thrown: reports(inTrash: true) { id } }')
  const reports = [...kept, ...thrown].map(({ id }: { id: string }) => id)
  if (reports.length > 0) await query(lab.url, 'mutation($ids: [ID!]!) { purgeReports(ids: $ids) }', { ids: reports })
}
