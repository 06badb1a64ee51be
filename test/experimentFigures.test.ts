import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { experimentStatus, launchExperiment, launchSizes } from './harness/experiments.js'
import { query } from './harness/lab.mjs'
import { lab, page, useLabPage } from './harness/labPage.js'

useLabPage()

describe('the figures of an experiment', () => {
  const choose = async (name: string) => {
    await page.getByRole('combobox', { name: 'Figure' }).click()
    await page.getByRole('option', { name, exact: true }).click()
  }
  const savedNumbers = async () => {
    const section = page.locator('section').filter({ has: page.locator('#experiment-figure') })
    await section.getByRole('button', { name: /^Download/ }).click()
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: /CSV/ }).click()])
    return (await readFile(await download.path(), 'utf8')).split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'))
  }

  it('are drawn by the models in the browser, and kept in the link', async () => {
    const id = await launchSizes([6], { epochs: 1, trainCount: 300 })
    await page.goto(`${lab.url}/experiments/${id}`)
    await expect.poll(experimentStatus).toMatch(/completed/i)
    await choose('Code units')
    await expect.poll(() => page.locator('[data-testid="unit-effects"] canvas').count()).toBe(6)
    await choose('Latent traversals')
    await expect.poll(() => page.locator('[data-testid="traversals"] canvas').count()).toBe(12)
    const strips = await page
      .locator('[data-testid="traversals"] canvas')
      .evaluateAll((all) => all.map((one) => (one as HTMLCanvasElement).toDataURL()))
    expect(new Set(strips).size).toBe(12)
    await page.waitForURL(/figure=TRAVERSALS/)
    await page.reload()
    await page.getByTestId('traversals').waitFor()
    const [columns, ...rows] = await savedNumbers()
    expect(columns).toBe('run,label,along,step,code')
    expect(rows).toHaveLength(12 * 9)
    await choose('Samples')
    await expect.poll(() => page.locator('[data-testid="prior-samples"] canvas').count()).toBe(40)
  })

  it('that show what runs were measured with ask for it where that was not done', async () => {
    // Fewer training images than test images stand in a row.
    const id = await launchSizes([6, 3], { epochs: 1, trainCount: 10 })
    await page.goto(`${lab.url}/experiments/${id}?figure=INPAINTING`)
    await expect.poll(experimentStatus).toMatch(/completed/i)
    await page.getByRole('button', { name: 'Measure now' }).first().click()
    await expect.poll(() => page.getByLabel(/lower half filled in by/).count()).toBe(1)
    await page.getByRole('button', { name: 'Measure now' }).click()
    await expect.poll(() => page.getByLabel(/lower half filled in by/).count()).toBe(2)
    await choose('Rate and distortion')
    await page.locator('[data-testid="loss-chart"]').first().waitFor()
    const [columns, ...rows] = await savedNumbers()
    expect(columns).toBe('run,label,codec,setting,bits per pixel,mse,psnr (dB)')
    expect(rows).toHaveLength(2 * 3 * 8)
    await choose('Features')
    await expect.poll(() => page.getByTestId('dot-plot').filter({ hasText: 'Linear probe' }).count()).toBe(1)
    await choose('Training, test and noise')
    await expect.poll(() => page.getByLabel(/Training images, test images and noise/).count()).toBe(2)
  })

  it('of points show the field of each run, and its tangents', async () => {
    const circle = {
      data: { dataset: 'circle', trainCount: 300, testCount: 100 },
      architecture: { dense: { latentDimension: 2, hiddenWidths: [8], outputActivation: 'LINEAR' } },
      corruption: { gaussian: { standardDeviation: 0.2 } },
      training: { epochs: 1 },
    }
    const runs = [{ label: 'circle', config: circle }]
    const id = await launchExperiment('Points', runs)
    await page.goto(`${lab.url}/experiments/${id}?figure=VECTOR_FIELD`)
    await page.locator('[data-testid="vector-field"][data-epoch="1"]').waitFor()
    expect(await savedNumbers()).toHaveLength(1 + 24 * 24)
    await choose('Tangent directions')
    await page.getByRole('button', { name: 'Measure now' }).click()
    await page.getByTestId('point-tangents').waitFor()
    // A figure of images has nothing to show of points: the experiment's own stands in.
    const field = 'mutation { launchPreset(id: "vector-field", overrides: { epochs: 1, trainCount: 100 }) { experiment { id } } }'
    const { launchPreset } = await query(lab.url, field)
    await page.goto(`${lab.url}/experiments/${launchPreset.experiment.id}?figure=INPAINTING`)
    await page.locator('[data-testid="experiment-figure"][data-figure="VECTOR_FIELD"]').waitFor()
  })
})
