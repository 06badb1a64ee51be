import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { startLab } from './lab.mjs'
import { makeDataFolder } from './labFolder.mjs'
import { openPage } from './openPage.js'
import { PageRecord } from './PageRecord.js'
import { emptyLab, type Lab, sharedBrowser, sharedLab } from './sharedLab.js'

/** The lab that the tests of a file share. */
export let lab: Lab
/** The page of the test that runs. */
export let page: Page

/** What tests listen for on a page. */
const EVENTS = ['request', 'response', 'pageerror', 'console', 'dialog', 'download', 'websocket', 'worker'] as const
const SIZE = { width: 1280, height: 900 }

/** The page that files of this process share, as long as nobody closes it. */
let shared: Page | undefined

export interface LabPageOptions {
  /** Fills the data folder of a lab of the file's own. */
  readonly prepare?: (data: string) => Promise<void>
  /** Whether the lab is emptied after the last test alone, where tests only look at runs that they share. @default false */
  readonly keepsRuns?: boolean
}

/**
 * Gives the tests of a file a lab that is empty and a page that remembers nothing, for each of them; no page may complain of an exception. Files of a process share the lab of
 * their environment, and the page, as a browser that has the dashboard's programs compiled opens it in half the time.
 */
export function useLabPage(environment: Readonly<Record<string, string>> = {}, { prepare, keepsRuns = false }: LabPageOptions = {}): void {
  let browser: Browser
  let complaints: string[]
  let record: PageRecord

  beforeAll(async () => {
    ;[lab, browser] = await Promise.all([prepare ? startPrepared(environment, prepare) : sharedLab(environment), sharedBrowser()])
  })
  afterAll(async () => {
    if (prepare) await lab?.[Symbol.asyncDispose]()
    else if (keepsRuns && lab) await emptyLab(lab)
  })
  beforeEach(async () => {
    complaints = []
    if (!shared || shared.isClosed()) shared = await openPage({ viewport: SIZE })
    page = shared
    record = new PageRecord(page)
    page.on('pageerror', (error) => complaints.push(error.stack ?? String(error)))
  })
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') console.error(await record.tell())
    for (const other of browser.contexts().flatMap((context) => context.pages())) if (other !== page) await other.close()
    await forget()
    if (!keepsRuns) await emptyLab(lab)
    expect(complaints.join('\n')).toBe('')
  })
}

async function startPrepared(environment: Readonly<Record<string, string>>, prepare: (data: string) => Promise<void>): Promise<Lab> {
  const { path: data } = await makeDataFolder()
  await prepare(data)
  return startLab({ data, env: environment })
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
