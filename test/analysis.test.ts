import { describe, expect, it } from 'vitest'
import { hoverUntil } from './harness/hoverUntil.js'
import { query } from './harness/lab.mjs'
import { lab, page, useLabPage } from './harness/labPage.js'
import { namesWithoutTerm } from './harness/terms.js'

const LAUNCH = 'mutation($input: LaunchRunInput!) { launchRun(input: $input) { id } }'
const STATUS = 'query($id: ID!) { run(id: $id) { status } }'

useLabPage()

async function train(config: Record<string, unknown>): Promise<string> {
  const { id } = (await query(lab.url, LAUNCH, { input: { config } })).launchRun
  await expect.poll(async () => (await query(lab.url, STATUS, { id })).run.status).toBe('COMPLETED')
  return id
}

const pixels = (selector: string) =>
  page.locator(`${selector} canvas`).evaluateAll((all) => all.map((one) => (one as HTMLCanvasElement).toDataURL()))

describe('a run in the browser', () => {
  it('is measured when that is asked for, and shows its prior, its curves and its code’s directions', async () => {
    const id = await train({
      data: { dataset: 'mnist', trainCount: 300, testCount: 64 },
      architecture: { dense: { latentDimension: 4, encoder: { variational: { beta: 1 } } } },
      loss: 'BINARY_CROSS_ENTROPY',
      corruption: { uniform: { amplitude: 0.5 } },
      training: { epochs: 3, batchSize: 50 },
    })
    await page.goto(`${lab.url}/runs/${id}?metric=divergence&along=directions&draw=5`)

    await page.getByRole('combobox', { name: 'Metric' }).waitFor()
    expect(await page.getByRole('combobox', { name: 'Metric' }).inputValue()).toBe('divergence')
    await expect.poll(() => page.locator('[data-testid="line-chart"] figcaption').first().innerText()).toMatch(/KL divergence \(nats\)/)
    await expect.poll(() => page.locator('[data-testid="reconstruction-figure"] canvas').count()).toBe(3 * 16)

    await page.getByRole('button', { name: 'Measure now' }).click()
    const table = page.getByRole('region', { name: 'Measurements' })
    await table.waitFor()
    await expect.poll(() => table.getByRole('columnheader').allInnerTexts()).toContain('Median filter')
    await hoverUntil({
      page,
      over: page.getByRole('link', { name: 'MSE', exact: true }),
      shows: page.getByText('clipped to 0…1 for images'),
    })
    await expect.poll(() => pixels('[aria-label="Denoised test images"]').then((all) => all.length)).toBe(6 * 16)
    await page.getByRole('heading', { name: 'Compression' }).waitFor()
    await page.getByRole('heading', { name: 'Tangent directions' }).waitFor()
    await expect.poll(() => namesWithoutTerm(page)).toEqual([])

    // The errors of all test images, the best and the worst of them, and one of these through the epochs.
    const errors = page.getByRole('region', { name: 'Errors of single examples' })
    await errors.scrollIntoViewIfNeeded()
    const worst = page.getByTestId('worst-images').getByRole('button')
    await expect.poll(() => worst.count()).toBe(20)
    for (const _ of ['best', 'worst']) await errors.getByRole('button', { name: 'Show all 40' }).first().click()
    await expect.poll(() => worst.count()).toBe(40)
    const errorOf = async (name: string, index: number) => {
      const label = await page.getByTestId(name).getByRole('button').nth(index).getAttribute('aria-label')
      return Number(/error ([\d.e-]+)/.exec(label ?? '')?.[1])
    }
    expect(await errorOf('best-images', 0)).toBeLessThan(await errorOf('best-images', 39))
    expect(await errorOf('worst-images', 0)).toBeGreaterThan(await errorOf('worst-images', 39))
    await worst.first().click()
    await expect.poll(() => page.getByTestId('example-epochs').locator('[data-ready]').count()).toBe(3)
    const last = page.getByTestId('example-epochs').locator('[data-epoch="3"]')
    const worstError = String(await errorOf('worst-images', 0))
    await expect.poll(() => last.innerText()).toContain(worstError)
    await expect.poll(() => page.url()).toMatch(/example=\d+/)

    await page.getByTestId('prior-samples').scrollIntoViewIfNeeded()
    await page.locator('[data-testid="prior-samples"][data-ready]').waitFor()
    await expect.poll(() => page.getByTestId('divergence-bars').innerText()).toMatch(/of 4 active/)
    await expect.poll(() => pixels('[data-testid="prior-samples"]').then((all) => new Set(all).size)).toBeGreaterThan(1)
    const drawn = await pixels('[data-testid="prior-samples"]')
    await page.getByRole('button', { name: 'New samples' }).click()
    await expect.poll(() => pixels('[data-testid="prior-samples"]')).not.toEqual(drawn)
    await expect.poll(() => page.url()).toContain('draw=6')

    await page.getByRole('tab', { name: 'Latent space' }).click()
    const image = page.getByTestId('decoded-image')
    await page.getByTestId('direction-slider-0').waitFor()
    await page.locator('[data-testid="decoded-image"][data-ready]').waitFor()
    const paint = () => image.evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL())
    const before = await paint()
    await page.getByTestId('direction-slider-0').evaluate((slider: HTMLInputElement) => {
      slider.value = slider.max
      slider.dispatchEvent(new Event('input', { bubbles: true }))
    })
    await expect.poll(paint).not.toBe(before)
  })

  it('of noisy points shows where it moves every place of the plane', async () => {
    const id = await train({
      data: { dataset: 'circle', trainCount: 200, testCount: 100 },
      architecture: { dense: { latentDimension: 4, hiddenWidths: [16], outputActivation: 'LINEAR' } },
      corruption: { gaussian: { standardDeviation: 0.2 } },
      training: { epochs: 2, batchSize: 20 },
    })
    await page.goto(`${lab.url}/runs/${id}`)
    await page.getByRole('heading', { name: 'Vector field' }).scrollIntoViewIfNeeded()
    await page.locator('[data-testid="vector-field"] canvas').waitFor()
    const field = () => pixels('[data-testid="vector-field"]')
    const last = await field()
    await page.getByRole('slider', { name: /Epoch/ }).press('Home')
    await expect.poll(() => page.locator('[data-testid="vector-field"]').getAttribute('data-epoch')).toBe('1')
    await expect.poll(field).not.toEqual(last)
  })
})
