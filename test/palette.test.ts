import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { query } from './harness/lab.mjs'
import { lab, page, useLabPage } from './harness/labPage.js'
import { ENDLESS, launchRun, runStatus, untilServerSays } from './harness/runs.js'
import { untilListens } from './harness/untilListens.js'

useLabPage()

const search = () => page.getByRole('dialog').getByRole('textbox', { name: 'Search' })
const actions = () => page.getByRole('dialog').locator('[data-action]')
const close = async () => {
  await page.keyboard.press('Escape')
  await search().waitFor({ state: 'detached' })
}
/** Opens it once no dialog and no field has the keys. */
const open = async () => {
  await untilListens(page)
  await expect
    .poll(() =>
      page.evaluate(() => document.querySelector('[role="dialog"]') === null && !document.activeElement?.matches('input, textarea')),
    )
    .toBe(true)
  await page.keyboard.press('Control+k')
}
const offered = async (words: string) => {
  await open()
  await search().fill(words)
  const labels = await actions().allInnerTexts()
  await close()
  // Runs and experiments are found by the same words.
  return labels.filter((label) => !label.startsWith('#'))
}
const choose = async (label: string) => {
  await open()
  await search().fill(label)
  await actions().filter({ hasText: label }).waitFor()
  await page.keyboard.press('Enter')
  await search().waitFor({ state: 'detached' })
}
/** Types once the field that was opened has the keys. */
const type = async (text: string) => {
  await expect.poll(() => page.evaluate(() => document.activeElement?.matches('input, textarea'))).toBe(true)
  await page.keyboard.type(text)
}
const readRun = async (id: string) =>
  (await query(lab.url, 'query($id: ID!) { run(id: $id) { name starred tags archivedAt notes } }', { id })).run

it('the palette does what the page of a run lets be done with it, while it can be', async () => {
  const id = await launchRun({ name: 'Commanded', epochs: ENDLESS, trainCount: 200 })
  await untilServerSays(id, 'RUNNING')
  await page.goto(`${lab.url}/runs/${id}`)
  await expect.poll(runStatus).toBe('Running')
  await expect.poll(() => offered('this run')).toEqual(expect.arrayContaining(['Stop this run', 'Delete this run', 'Star this run']))
  expect(await offered('this run')).not.toContain('Resume this run')
  await choose('Stop this run')
  await expect.poll(runStatus).toBe('Stopped')
  await expect.poll(() => offered('this run')).toContain('Resume this run')
  expect(await offered('this run')).not.toContain('Stop this run')

  await choose('Star this run')
  await expect.poll(async () => (await readRun(id)).starred).toBe(true)
  // Fields and dialogs that an action opens have the focus.
  await choose('Tag this run')
  await type('by keys')
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await readRun(id)).tags).toEqual(['by keys'])
  await page.evaluate(() => (document.activeElement as HTMLElement).blur())
  await choose('Rename this run')
  await type('Named by keys')
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await readRun(id)).name).toBe('Named by keys')
  await choose('Add notes to this run')
  await type('Noted')
  await page.keyboard.press('Control+Enter')
  // The text stands in the editor too until that is gone.
  await page.getByTestId('run-notes').getByText('Noted').and(page.locator('p')).waitFor()
  await choose('Show the request that repeats this run')
  await page.getByRole('heading', { name: 'Repeat this run' }).waitFor()
  const file = page.waitForEvent('download')
  await choose('Download the archive of this run')
  expect((await file).suggestedFilename()).toMatch(/\.tar$/)
  await choose('Delete this run')
  await page.getByRole('dialog').getByRole('button', { name: 'Delete run' }).click()
  await page.waitForURL(`${lab.url}/runs`)
  await expect.poll(() => offered('this run')).toEqual([])
})

it('the palette does in the table and in the comparison what their buttons do, with the runs that are selected', async () => {
  const ids = [await launchRun({ name: 'One', epochs: 1, trainCount: 200 }), await launchRun({ name: 'Two', epochs: 1, trainCount: 200 })]
  for (const id of ids) await untilServerSays(id, 'COMPLETED')
  await page.goto(`${lab.url}/runs`)
  await page.getByTestId('runs-table').getByText('Two').waitFor()
  await expect.poll(() => offered('selected')).toEqual([])
  await choose('Select all 2 that match')
  await page.getByText('2 selected').waitFor()
  await choose('Tag the selected runs')
  await type('both')
  await page.keyboard.press('Enter')
  for (const id of ids) await expect.poll(async () => (await readRun(id)).tags).toEqual(['both'])
  const file = page.waitForEvent('download')
  await choose('Export the selected runs as CSV, all columns')
  expect(await readFile(await (await file).path(), 'utf8')).toContain('Two')
  await choose('Compare the selected runs')
  await page.getByRole('heading', { name: 'Compare 2 runs' }).waitFor()
  await choose('Show all settings')
  await expect.poll(() => page.getByRole('checkbox', { name: 'All settings' }).isChecked()).toBe(true)
  await choose('Save these runs as an experiment')
  await type('Pair')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/experiments\//)
  await page.getByRole('heading', { level: 1, name: 'Pair' }).waitFor()
  await choose('Compare the runs of this experiment')
  await page.waitForURL(/\/compare/)
  const numbers = page.waitForEvent('download')
  await choose('Download the numbers of the curves (CSV)')
  expect((await numbers).suggestedFilename()).toMatch(/\.csv$/)

  await page.goto(`${lab.url}/runs`)
  await page.getByTestId('runs-table').getByText('Two').waitFor()
  await choose('Select all 2 that match')
  await choose('Archive the selected runs')
  for (const id of ids) await expect.poll(async () => (await readRun(id)).archivedAt).not.toBe(null)
})
