import { describe, expect, it } from 'vitest'
import { experimentStatus, launchSizes } from './harness/experiments.js'
import { lab, page, useLabPage } from './harness/labPage.js'
import { launchRun, runStatus } from './harness/runs.js'

useLabPage()

const broken = () => page.getByTestId('broken')

/** Has every canvas of the next pages throw while they are drawn, until it is mended; what it returns is to be disposed of. */
const breakCanvases = () =>
  page.addInitScript(() => {
    const { getContext } = HTMLCanvasElement.prototype
    HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, ...given: unknown[]) {
      if (!('isMended' in window)) throw new Error('no canvas today')
      return Reflect.apply(getContext, this, given)
    } as typeof getContext
  })

/** Ends that, and tries each broken part again. */
async function mend(): Promise<void> {
  await page.evaluate(() => Object.assign(window, { isMended: true }))
  // One that is tried again may bring others, and one that was late may come meanwhile.
  await expect
    .poll(async () => {
      const [first] = await broken().all()
      await first
        ?.getByRole('button', { name: 'Try again' })
        .click({ timeout: 1_000 })
        .catch(() => undefined)
      return broken().count()
    })
    .toBe(0)
}

describe('a figure that throws', () => {
  it('leaves the rest of an experiment’s page, says what happened and is tried again', async () => {
    const id = await launchSizes([4, 2], { epochs: 1, trainCount: 300 })
    await using _ = await breakCanvases()
    await page.goto(`${lab.url}/experiments/${id}`)
    await expect.poll(experimentStatus).toMatch(/completed/i)
    await expect.poll(() => broken().allInnerTexts()).toContainEqual(expect.stringMatching(/could not be drawn: no canvas today/))
    await page.getByRole('table', { name: 'Runs of the experiment' }).getByText('z = 4').waitFor()
    await mend()
    await expect.poll(() => page.locator('[data-testid="strip-pair"] canvas').count()).toBeGreaterThan(0)
    await expect.poll(() => page.locator('[data-testid="line-chart"] canvas').count()).toBe(1)
    expect(await broken().count()).toBe(0)
  })

  it('leaves the rest of a run’s page', async () => {
    const id = await launchRun({ epochs: 1, trainCount: 300 })
    await using _ = await breakCanvases()
    await page.goto(`${lab.url}/runs/${id}`)
    await expect.poll(runStatus).toMatch(/completed/i)
    await expect.poll(() => broken().count()).toBeGreaterThan(1)
    await page.getByRole('slider', { name: /Epoch/ }).waitFor()
    await page.getByRole('tab', { name: 'Configuration' }).click()
    await page.getByText('Batch size').waitFor()
    await page.getByRole('tab', { name: 'Overview' }).click()
    await expect.poll(() => broken().count()).toBeGreaterThan(1)
    await mend()
    await page.getByTestId('reconstruction-figure').waitFor()
    await expect.poll(() => page.locator('[data-testid="line-chart"] canvas').count()).toBe(1)
    expect(await broken().count()).toBe(0)
  })
})
