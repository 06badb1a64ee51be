import type { BrowserContextOptions, Page } from 'playwright-core'
import { sharedBrowser } from './sharedLab.js'
import { untilListens } from './untilListens.js'

/** How long a page may take for anything, in milliseconds: a loaded machine needs long, and what hangs ends. */
const PATIENCE = 240_000

/** Opens a page in the shared browser whose visits are over once the dashboard listens; whoever opens it closes it. */
export async function openPage(options: BrowserContextOptions = {}): Promise<Page> {
  const page = await (await sharedBrowser()).newPage({ acceptDownloads: true, ...options })
  page.setDefaultTimeout(PATIENCE)
  const { goto, reload } = { goto: page.goto.bind(page), reload: page.reload.bind(page) }
  page.goto = async (...given) => {
    const response = await goto(...given)
    await untilListens(page)
    return response
  }
  page.reload = async (...given) => {
    const response = await reload(...given)
    await untilListens(page)
    return response
  }
  return page
}
