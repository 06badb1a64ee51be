import type { Page } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import { query } from './harness/lab.mjs'
import { lab, page, useLabPage } from './harness/labPage.js'
import { openPage } from './harness/openPage.js'
import { launchRun } from './harness/runs.js'

/** More than the dashboard reads at once. */
const RUNS = 260
/** What a change may take to be shown: a list is read again every four seconds at most. */
const SOON = { timeout: 20_000 }

useLabPage({}, { keepsRuns: true })

/** Ids of the runs, the oldest first; none trains. */
const ids: string[] = []
beforeAll(async () => {
  await query(lab.url, 'mutation { pauseQueue { queued } }')
  for (let number = 0; number < RUNS; number++) ids.push(await launchRun({ name: `run ${String(number).padStart(3, '0')}` }))
})

const idOf = (place: number) => ids[place] ?? ''
const change = (which: readonly string[], changes: object) =>
  query(lab.url, 'mutation($ids: [ID!]!, $change: RunsChangeInput!) { changeRuns(runs: { ids: $ids }, change: $change) { count } }', {
    ids: which,
    change: changes,
  })
const rename = (id: string, name: string) =>
  query(lab.url, 'mutation($id: ID!, $input: UpdateRunInput!) { updateRun(id: $id, input: $input) { id } }', { id, input: { name } })
const trash = (which: readonly string[]) =>
  query(lab.url, 'mutation($ids: [ID!]!) { trashRuns(runs: { ids: $ids }) { count } }', { ids: which })
const restore = (which: readonly string[]) =>
  query(lab.url, 'mutation($ids: [ID!]!) { restoreRuns(runs: { ids: $ids }) { count } }', { ids: which })

const addressOf = (parameters: Record<string, string> = {}) => `${lab.url}/runs?${new URLSearchParams(parameters)}`
const heading = (of: Page) => of.getByRole('heading', { level: 1 }).innerText()
const scroller = (of: Page) => of.getByRole('region', { name: 'Table of runs' })
const field = () => page.getByRole('combobox', { name: 'Search runs' }).or(page.getByRole('searchbox', { name: 'Search runs' }))

/** Scrolls through a table and back to its beginning. Gives what stands above it, and its runs in order. */
async function scrollThrough(of: Page) {
  await scroller(of).waitFor()
  const names = await scroller(of).evaluate(async (view) => {
    const found = new Map<number, string>()
    let turns = 0
    view.scrollTop = 0
    while (turns < 12) {
      await new Promise((resolve) => setTimeout(resolve, 60))
      const before = found.size
      for (const row of view.querySelectorAll('tr[data-run]'))
        found.set(Number(row.getAttribute('aria-rowindex')), row.querySelector('a')?.innerText.split('\n').at(-1) ?? '')
      view.scrollTop += view.clientHeight / 2
      turns = found.size > before ? 0 : turns + 1
    }
    view.scrollTop = 0
    return [...found].sort(([one], [other]) => one - other).map(([, name]) => name)
  })
  return { heading: await heading(of), names }
}

/** What a page shows that knows nothing of before. */
async function freshly(parameters: Record<string, string> = {}) {
  const fresh = await openPage({ viewport: { width: 1280, height: 900 } })
  await fresh.goto(addressOf(parameters))
  const shown = await scrollThrough(fresh)
  await fresh.close()
  return shown
}

it('a list that was scrolled to its end is right after another was shown, though a run far down went into the archive meanwhile', async () => {
  await page.goto(addressOf())
  expect((await scrollThrough(page)).names).toHaveLength(RUNS)
  await field().fill('status = failed')
  await page.getByText('No run matches').waitFor()
  await change([idOf(20)], { archived: true })
  await field().fill('')
  const { heading: said, names } = await freshly()
  expect(names).toHaveLength(RUNS - 1)
  await expect.poll(() => scrollThrough(page), SOON).toEqual({ heading: said, names })
  await change([idOf(20)], { archived: false })
  await expect.poll(() => scrollThrough(page), SOON).toEqual(await freshly())
})

it('a table by name has renamed runs where they belong, also far down and while somebody looks there', async () => {
  const byName = { sort: 'name' }
  await page.goto(addressOf(byName))
  await scrollThrough(page)
  await rename(idOf(60), 'run 080 b')
  await expect.poll(() => scrollThrough(page), SOON).toEqual(await freshly(byName))
  await rename(idOf(8), 'run 100 b')
  await expect.poll(() => scrollThrough(page), SOON).toEqual(await freshly(byName))

  await scroller(page).evaluate((view) => view.scrollTo(0, 100 * 38))
  await page.locator('tr[data-run] a', { hasText: 'run 100 b' }).waitFor()
  await rename(idOf(100), 'run 005 b')
  // Its row stays where it is under the eyes, until somebody asks.
  await page.locator('tr[data-run] a', { hasText: 'run 005 b' }).waitFor()
  await page.getByRole('button', { name: 'sort again' }).click()
  await page.locator('tr[data-run] a', { hasText: 'run 005 b' }).waitFor({ state: 'detached' })
  expect(await scroller(page).evaluate((view) => view.scrollTop)).toBe(100 * 38)
  expect(await scrollThrough(page)).toEqual(await freshly(byName))
})

it('the number of runs is right while runs that were not read are deleted and come back', async () => {
  await page.goto(addressOf())
  await expect.poll(() => heading(page)).toBe(`Runs ${RUNS}`)
  const far = [idOf(100), idOf(101)]
  await trash(far)
  await expect.poll(() => heading(page), SOON).toBe(`Runs ${RUNS - 2}`)
  await restore(far)
  await expect.poll(() => heading(page), SOON).toBe(`Runs ${RUNS}`)
  await trash([idOf(259)])
  await expect.poll(() => heading(page), SOON).toBe(`Runs ${RUNS - 1}`)
  expect(await scrollThrough(page)).toEqual(await freshly())
  await restore([idOf(259)])
  await expect.poll(() => scrollThrough(page), SOON).toEqual(await freshly())
})

it('a table of what is deleted shows what goes to the trash, and no more what comes back', async () => {
  const deleted = { q: 'is deleted' }
  await page.goto(addressOf(deleted))
  await page.getByText('No run matches').waitFor()
  await trash([idOf(1), idOf(2)])
  await expect.poll(() => page.locator('tr[data-run]').count(), SOON).toBe(2)
  expect(await scrollThrough(page)).toEqual(await freshly(deleted))
  await restore([idOf(2)])
  await expect.poll(() => page.locator('tr[data-run]').count(), SOON).toBe(1)
  expect(await scrollThrough(page)).toEqual(await freshly(deleted))
})
