import { readFile } from 'node:fs/promises'
import type { Download, Locator } from 'playwright-core'

/** Saves a figure by the menu of its download button. Of a figure that was saved just before the menu may still be closing: its items are not meant. */
export async function saveFigure(button: Locator, kind: RegExp | string): Promise<Download> {
  await button.click()
  const page = button.page()
  const menu = page.locator(`[id="${await button.getAttribute('aria-controls')}"]`)
  const [download] = await Promise.all([page.waitForEvent('download'), menu.getByRole('menuitem', { name: kind }).click()])
  return download
}

/** Saves a figure's numbers, and reads the lines of the table without those that say what made it. */
export async function savedLines(button: Locator): Promise<string[]> {
  const text = await readFile(await (await saveFigure(button, /CSV/)).path(), 'utf8')
  return text.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'))
}
