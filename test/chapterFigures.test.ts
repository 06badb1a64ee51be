import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { configOfSize, experimentStatus, launchCircles, launchExperiment } from './harness/experiments.js'
import { query } from './harness/lab.mjs'
import { lab, page, useLabPage } from './harness/labPage.js'
import { saveFigure } from './harness/saveFigure.js'
import { namesWithoutTerm } from './harness/terms.js'

useLabPage({ HOURGLASS_ANALYSIS: '1' })

const section = (heading: string) => page.locator('section').filter({ has: page.locator(heading) })

async function saved(heading: string, kind: RegExp): Promise<string> {
  const download = await saveFigure(section(heading).getByRole('button', { name: /^Download/ }), kind)
  return readFile(await download.path(), 'utf8')
}

const savedRows = async () =>
  (await saved('#experiment-figure', /CSV/)).split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'))

/** Opens the page of an experiment at one of its figures. */
const open = (id: string, figure: string) => page.goto(`${lab.url}/experiments/${id}?figure=${figure}`)

describe('figures of the chapter', () => {
  it('draw r(x) over x of points on a line while it trains, and each point over itself', async () => {
    const launch = 'mutation { launchPreset(id: "line", overrides: { epochs: 20 }) { id experiment { id } } }'
    const { launchPreset } = await query(lab.url, launch)
    await page.goto(`${lab.url}/experiments/${launchPreset.experiment.id}`)
    await page.locator('[data-testid="experiment-figure"][data-figure="RECONSTRUCTION_CURVE"]').waitFor()
    const curves = page.getByTestId('reconstruction-curve')
    await expect.poll(() => curves.count()).toBe(2)
    await expect.poll(experimentStatus).toMatch(/completed/i)
    await expect.poll(() => curves.evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.epoch))).toEqual(['20', '20'])
    await expect.poll(() => page.getByTestId('figure-row').first().innerText()).toMatch(/Mean slope at test points\s+[\d.]+/)
    const [columns, ...rows] = await savedRows()
    expect(columns).toBe('run,label,x,r(x)')
    expect(rows).toHaveLength(2 * 241)

    await page.goto(`${lab.url}/runs/${launchPreset.id}`)
    await page.getByTestId('reconstruction-figure').waitFor()
    await expect.poll(() => page.getByTestId('reconstruction-figure').innerText()).toContain('r(x)')
    await page.locator('#run-latent').scrollIntoViewIfNeeded()
    await page.getByTestId('reconstruction-curve').waitFor()
    await expect.poll(() => section('#run-curve').innerText()).toMatch(/epoch 20; its mean slope at test points is [\d.]+/)
  })

  it('tell what is left of steps along a curve and across it', async () => {
    const id = await launchCircles('Circles')
    await page.goto(`${lab.url}/experiments/${id}`)
    await expect.poll(experimentStatus).toMatch(/completed/i)
    await open(id, 'STEP_RESPONSE')
    const table = page.getByRole('region', { name: 'Shares of the shortest steps' })
    await expect.poll(() => table.getByRole('row').count()).toBe(2)
    await expect.poll(() => table.getByRole('row', { name: /^circle/ }).innerText()).toMatch(/\d\.\d{3}\s+\d\.\d{3}\s+\d+\.\d\d ×/)
    expect(await savedRows()).toHaveLength(1 + 7)
    await expect.poll(() => namesWithoutTerm(page)).toEqual([])
    await page.getByRole('link', { name: 'circle' }).first().click()
    await page.locator('#run-stepResponse').waitFor()
  })

  it('show of images singular values, images at equal bits, filters and copying weights', async () => {
    const linear = { architecture: { dense: { latentDimension: 6, outputActivation: 'LINEAR' } } }
    const config = { ...configOfSize(6, { epochs: 1, trainCount: 300 }), ...linear }
    const id = await launchExperiment('Linear', [{ label: 'linear', config }])
    await page.goto(`${lab.url}/experiments/${id}`)
    await expect.poll(experimentStatus).toMatch(/completed/i)

    await open(id, 'JACOBIAN_SPECTRA')
    const norms = page.getByRole('region', { name: 'Norms of Jacobians' })
    await expect.poll(() => norms.getByRole('row').count()).toBe(2)
    await expect.poll(() => norms.getByRole('row', { name: /^linear/ }).innerText()).toMatch(/\d+\.\d\d ×/)
    await expect.poll(() => namesWithoutTerm(page)).toEqual([])
    const spectrum = page.getByTestId('line-chart').first().locator('figcaption')
    const before = await spectrum.innerText()
    await page.getByText('Free of scale').click()
    await expect.poll(() => spectrum.innerText()).not.toBe(before)
    expect((await savedRows()).filter((row) => /^\d+,linear,(code|reconstruction),/.test(row))).toHaveLength(2 * 6)

    await open(id, 'COMPRESSED_IMAGES')
    const images = page.getByLabel(/^Test images decoded of about as many bits by linear/)
    await images.waitFor()
    const rateAfter = async (title: string) => Number(new RegExp(`${title}\\s+([\\d.]+) bit/pixel`).exec(await images.innerText())?.[1])
    await expect.poll(() => rateAfter('JPEG')).toBeGreaterThan(0)
    await expect.poll(() => rateAfter('This model')).toBeGreaterThan(0)

    await open(id, 'FILTERS')
    await expect.poll(() => page.locator('[data-testid="filters"] canvas').count()).toBe(2 * 6)
    expect(await savedRows()).toHaveLength(1 + 2 * 6)

    await open(id, 'COPYING')
    await expect.poll(() => page.locator('[data-testid="copying"] canvas').count()).toBe(2)
    await expect.poll(() => page.getByTestId('figure-row').innerText()).toMatch(/Distance from the identity\s+[\d.]+/)
    expect(await savedRows()).toHaveLength(1 + 4 * 28)
  })

  it('draw the computational graph of a run, upright where there is little room, and in the form of a new run', async () => {
    const config = {
      ...configOfSize(6, { epochs: 1, trainCount: 100 }),
      corruption: { gaussian: { standardDeviation: 0.3 } },
      regularizer: { contractive: { weight: 0.1 } },
    }
    const launch = 'mutation($input: LaunchRunInput!) { launchRun(input: $input) { id } }'
    const { launchRun } = await query(lab.url, launch, { input: { name: 'Graph', config } })
    await page.goto(`${lab.url}/runs/${launchRun.id}?tab=configuration`)
    const across = page.locator('[data-testid="computational-graph"] svg[data-layout="across"]')
    const upright = page.locator('[data-testid="computational-graph"] svg[data-layout="down"]')
    await across.waitFor()
    expect(await upright.isVisible()).toBe(false)
    const described = await across.getAttribute('aria-label')
    expect(described).toMatch(/^C spoils the example x .*the code z of 6 units of x̃.*‖∂f\/∂x‖² \(weight 0.1\) is added to it\.$/)
    const drawing = await saved('#run-graph', /SVG/)
    expect(drawing).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/)
    expect(drawing).toContain('Computational graph of run')
    expect(drawing).toMatch(/<circle[^>]*style="fill:rgb/)
    expect((await saved('#run-graph', /CSV/)).split(/\r?\n/)).toContain('L,loss,mean squared error,"r, x, ‖∂f/∂x‖²"')
    await page.setViewportSize({ width: 390, height: 800 })
    await upright.waitFor()
    expect(await across.isVisible()).toBe(false)
    expect((await upright.boundingBox())?.width).toBeLessThanOrEqual(390)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    await page.setViewportSize({ width: 1280, height: 900 })
    await page.goto(`${lab.url}/new`)
    const small = page.locator('svg[data-layout="small"]')
    await small.waitFor()
    expect(await small.getAttribute('aria-label')).toMatch(/^The encoder f/)
    await page.getByText('Gaussian', { exact: true }).click()
    await expect.poll(() => small.getAttribute('aria-label')).toMatch(/^C spoils/)
  })
})
