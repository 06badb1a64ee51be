import { describe, expect, it } from 'vitest'
import { axeFindings, views } from './harness/axeFindings.js'
import { launchSizes } from './harness/experiments.js'
import { query } from './harness/lab.mjs'
import { lab, page, useLabPage } from './harness/labPage.js'
import { ENDLESS, launchRun, untilServerSays } from './harness/runs.js'

useLabPage({ HOURGLASS_ANALYSIS: '1' })

/** What the tab calls the page: a second title in the head, wherever it came from, would make that a matter of chance. */
const titles = () => page.locator('head > title').allTextContents()

/** Opens pages in light on a wide screen and in dark on a narrow one, and lists what axe finds on each. */
async function findingsOn(paths: Readonly<Record<string, string>>): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {}
  for (const [path, shown] of Object.entries(paths)) {
    await page.goto(`${lab.url}${path}`)
    await page.getByText(shown).first().waitFor()
    await expect.poll(titles, { message: path }).toHaveLength(1)
    for (const { colorScheme, width } of views) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.setViewportSize({ width, height: 900 })
      await page.getByText(shown).first().waitFor()
      // What is read anew is dimmed meanwhile.
      await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' })
      const here = await axeFindings()
      if (here.length > 0) found[`${path} ${colorScheme} ${width}`] = here
    }
  }
  return found
}

describe('axe finds nothing', () => {
  it('on pages of a lab that is empty', async () => {
    expect(
      await findingsOn({
        '/runs': 'New run',
        '/experiments': 'Experiments',
        '/compare': 'Choose runs',
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
    expect(await findingsOn({ '/runs': 'A run that trains', [`/runs/${training}`]: 'A run that trains' })).toEqual({})
  })
})

it('the tab has one title, that of the page, also after a click and on the way back', async () => {
  const id = await launchRun({ name: 'Titled', epochs: 1, trainCount: 200 })
  await untilServerSays(id, 'COMPLETED')
  const tab = () => expect.poll(titles)
  await page.goto(`${lab.url}/runs`)
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
