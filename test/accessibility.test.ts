import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { AxeResults, RunOptions } from 'axe-core'
import { describe, expect, it } from 'vitest'
import { launchSizes } from './harness/experiments.js'
import { query } from './harness/lab.mjs'
import { lab, page, useLabPage } from './harness/labPage.js'
import { ENDLESS, launchRun, untilServerSays } from './harness/runs.js'

useLabPage({ HOURGLASS_ANALYSIS: '1' })

declare const axe: { run(options: RunOptions): Promise<AxeResults> }

const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Has axe look at what is shown, and says of each thing that it finds what is wrong and where. */
async function findings(): Promise<string[]> {
  await page.evaluate(source)
  const { violations } = await page.evaluate((values) => axe.run({ runOnly: { type: 'tag', values }, resultTypes: ['violations'] }), tags)
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id}: ${help} · ${target.join(' ')}`))
}

/** What is seen how: contrasts change with the first, sizes with the second. */
const views = [
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'dark', width: 390 },
] as const

/** What the tab calls the page: a second title in the head, wherever it came from, would make that a matter of chance. */
const titles = () => page.locator('head > title').allTextContents()

/** Opens pages in light on a wide screen and in dark on a narrow one, and lists what axe finds on each. */
async function findingsOn(paths: Readonly<Record<string, string>>): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {}
  for (const [path, shown] of Object.entries(paths)) {
    await page.goto(`${lab.url}${path}`)
    await page.getByText(shown).first().waitFor()
    const named = await titles()
    if (named.length !== 1) found[path] = named
    for (const { colorScheme, width } of views) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.setViewportSize({ width, height: 900 })
      await page.getByText(shown).first().waitFor()
      // What is read anew is dimmed meanwhile.
      await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' })
      const here = await findings()
      if (here.length > 0) found[`${path} ${colorScheme} ${width}`] = here
    }
  }
  return found
}

describe('axe finds nothing', () => {
  it('on pages of a lab that is empty', async () => {
    expect(
      await findingsOn({
        '/': 'New run',
        '/experiments': 'Experiments',
        '/compare': 'Compare',
        '/reports': 'New report',
        '/new': 'Launch run',
        '/glossary': 'Glossary',
        '/storage': 'Storage',
        '/queue': 'Queue',
        '/nowhere': 'New run',
        '/runs/nothing-here': 'New run',
      }),
    ).toEqual({})
  })

  it('on pages of runs that were trained and measured', async () => {
    const experiment = await launchSizes([8, 2], { trainCount: 300 })
    const { runs } = (await query(lab.url, 'query($id: ID!) { experiment(id: $id) { runs { id } } }', { id: experiment })).experiment
    const ids: string[] = runs.map(({ id }: { id: string }) => id)
    for (const id of ids) await untilServerSays(id, 'COMPLETED')
    expect(
      await findingsOn({
        [`/experiments/${experiment}`]: 'completed',
        [`/compare?runs=${ids.join(',')}`]: 'Results',
        [`/runs/${ids[0]}`]: 'Completed',
        [`/runs/${ids[0]}?tab=latent`]: 'Fitted to epoch',
        ...Object.fromEntries(
          ['configuration', 'system', 'log', 'history', 'files'].map((tab) => [`/runs/${ids[0]}?tab=${tab}`, 'Completed']),
        ),
      }),
    ).toEqual({})
    const training = await launchRun({ name: 'A run that trains', epochs: ENDLESS })
    expect(await findingsOn({ '/': 'A run that trains', [`/runs/${training}`]: 'A run that trains' })).toEqual({})
  })
})

it('the tab has one title, that of the page, also after a click and on the way back', async () => {
  const id = await launchRun({ name: 'Titled', epochs: 1, trainCount: 200 })
  await untilServerSays(id, 'COMPLETED')
  const tab = () => expect.poll(titles)
  await page.goto(lab.url)
  await tab().toEqual(['Runs · Hourglass'])
  await page.getByRole('link', { name: 'Titled' }).click()
  await tab().toEqual(['Completed · Titled · Hourglass'])
  await page.getByRole('link', { name: 'Experiments', exact: true }).first().click()
  await tab().toEqual(['Experiments · Hourglass'])
  await page.goBack()
  await tab().toEqual(['Completed · Titled · Hourglass'])
  await page.goto(`${lab.url}/runs/nothing-here`)
  await tab().toEqual(['Run · Hourglass'])
  await page.goto(`${lab.url}/nowhere`)
  await tab().toEqual(['Nothing here · Hourglass'])
})
