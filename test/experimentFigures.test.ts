import { describe, expect, it } from 'vitest'
import { configOfSize, experimentStatus, launchCircles, launchExperiment, launchSizes } from './harness/experiments.js'
import { query } from './harness/lab.mjs'
import { lab, page, useLabPage } from './harness/labPage.js'
import { savedLines } from './harness/saveFigure.js'
import { namesWithoutTerm } from './harness/terms.js'

useLabPage()

describe('the figures of an experiment', () => {
  const choose = async (name: string) => {
    await page.getByRole('combobox', { name: 'Figure' }).click()
    await page.getByRole('option', { name, exact: true }).click()
  }
  const savedNumbers = async () => {
    const section = page.locator('section').filter({ has: page.locator('#experiment-figure') })
    return savedLines(section.getByRole('button', { name: /^Download/ }))
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
    await expect.poll(() => page.url()).toContain('figure=TRAVERSALS')
    await page.reload()
    await expect.poll(() => page.locator('[data-testid="traversals"] canvas').count()).toBe(12)
    const [columns, ...rows] = await savedNumbers()
    expect(columns).toBe('run,label,along,step,z1,z2,z3,z4,z5,z6')
    expect(rows).toHaveLength(12 * 9)
    for (const row of rows) expect(row).toMatch(/^\d+,[^,]+,(?:z|PC )\d,\d(?:,-?\d+(?:\.\d+)?(?:e-?\d+)?){6}$/)
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
    await page.locator('[data-testid="line-chart"]').first().waitFor()
    const [columns, ...rows] = await savedNumbers()
    expect(columns).toBe('run,label,codec,setting,bits per pixel,mse,psnr (dB)')
    // Eight points of each codec of ours; of JPEG those that no other is better than.
    const codecs = rows.map((row) => row.split(',')[2])
    const counts = [...new Set(codecs)].map((codec) => codecs.filter((other) => other === codec).length)
    expect(counts).toHaveLength(3)
    expect(counts.filter((count) => count === 2 * 8).length).toBeGreaterThanOrEqual(2)
    expect(Math.min(...counts)).toBeGreaterThan(2 * 2)
    await choose('Features')
    await expect.poll(() => page.getByTestId('dot-plot').filter({ hasText: 'Linear probe' }).count()).toBe(1)
    await choose('Training, test and noise')
    await expect.poll(() => page.getByLabel(/Training images, test images and noise/).count()).toBe(2)
  })

  it('of points show the field of each run, and its tangents', async () => {
    await page.goto(`${lab.url}/experiments/${await launchCircles('Points')}?figure=VECTOR_FIELD`)
    await page.locator('[data-testid="vector-field"][data-epoch="1"]').waitFor()
    await expect.poll(() => page.getByTestId('figure-row').innerText()).toMatch(/Longest step\s+[\d.]+/)
    // Places of the plane, and fourteen corrupted points around each of two test points.
    await expect.poll(async () => (await savedNumbers()).length).toBe(1 + 24 * 24 + 2 * 14)
    expect((await savedNumbers()).filter((row) => row.includes('corrupted test point'))).toHaveLength(2 * 14)
    await expect.poll(() => page.getByTestId('vector-field').innerText()).toContain('σ = 0.2')
    await choose('Tangent directions')
    await page.getByRole('button', { name: 'Measure now' }).click()
    await page.getByTestId('point-tangents').waitFor()
    // A figure of images has nothing to show of points: the experiment's own stands in, and the link says so.
    const field = 'mutation { launchPreset(id: "vector-field", overrides: { epochs: 1, trainCount: 100 }) { experiment { id } } }'
    const { launchPreset } = await query(lab.url, field)
    await page.goto(`${lab.url}/experiments/${launchPreset.experiment.id}?figure=INPAINTING`)
    await page.locator('[data-testid="experiment-figure"][data-figure="VECTOR_FIELD"]').waitFor()
    await expect.poll(() => new URL(page.url()).search).toBe('')
  })

  it('show a run images that another run was trained for', async () => {
    const id = await launchExperiment(
      'Copies',
      ['mnist', 'noise'].map((dataset) => ({
        label: dataset,
        config: { ...configOfSize(8, { epochs: 1, trainCount: 300 }), data: { dataset, trainCount: 300, testCount: 200 } },
      })),
    )
    await page.goto(`${lab.url}/experiments/${id}?figure=GENERALIZATION`)
    await expect.poll(experimentStatus).toMatch(/completed/i)
    for (const count of [2, 1]) {
      await expect.poll(() => page.getByRole('button', { name: 'Measure now' }).count()).toBe(count)
      await page.getByRole('button', { name: 'Measure now' }).first().click()
    }
    await page.getByText('Test images of MNIST').waitFor()
    // Noise is shown to both as it is.
    expect(await page.getByText('Test images of Noise').count()).toBe(0)
    const rows = await savedNumbers()
    expect(rows[0]).toBe('run,label,images,"mse, clipped","mse, not clipped",psnr (dB),ssim')
    expect(rows.filter((row) => row.includes('16 of MNIST'))).toHaveLength(1)
  })

  it('set contractive encoders and linear decoders beside what they are compared with', async () => {
    const config = (changes: object) => ({ ...configOfSize(4, { epochs: 1, trainCount: 300 }), ...changes })
    const linear = { architecture: { dense: { latentDimension: 4, outputActivation: 'LINEAR' } } }
    const id = await launchExperiment('Penalties', [
      { label: 'plain', config: config(linear) },
      { label: 'contractive', config: config({ ...linear, regularizer: { contractive: { weight: 10 } } }) },
    ])
    await page.goto(`${lab.url}/experiments/${id}?figure=CONTRACTION`)
    await expect.poll(experimentStatus).toMatch(/completed/i)
    await choose('Training, test and noise')
    for (const count of [2, 1]) {
      await expect.poll(() => page.getByRole('button', { name: 'Measure now' }).count()).toBe(count)
      await page.getByRole('button', { name: 'Measure now' }).first().click()
    }
    await choose('Contraction')
    const contraction = page.getByRole('region', { name: 'Jacobian norms and errors' })
    await expect.poll(() => contraction.getByRole('row').count()).toBe(3)
    await expect.poll(() => contraction.getByRole('row', { name: /^contractive/ }).innerText()).toMatch(/\d+\.\d ×/)
    await expect.poll(() => namesWithoutTerm(page)).toEqual([])
    await choose('Subspaces')
    await expect.poll(() => page.getByRole('region', { name: 'Principal angles and errors' }).innerText()).toMatch(/\d+\.\d°/)
    for (const figure of ['Learning curves', 'Measurements', 'Side by side', 'Inpainting']) {
      await choose(figure)
      await expect.poll(() => namesWithoutTerm(page)).toEqual([])
    }
    await choose('Subspaces')
    expect(await savedNumbers()).toHaveLength(1 + 2 * 4)
  })

  it('of points keep the places of plots that are awaited', async () => {
    const id = await launchCircles('Points')
    await page.goto(`${lab.url}/experiments/${id}?figure=VECTOR_FIELD`)
    const plot = page.getByTestId('vector-field')
    await page.locator('[data-testid="vector-field"][data-epoch="1"]').waitFor()
    const height = (await plot.boundingBox())?.height ?? 0
    for (const file of ['**/originals.safetensors', '**/checkpoints/*.safetensors']) {
      await page.route(file, () => {})
      await page.reload()
      await expect.poll(async () => Math.abs(((await page.getByTestId('waiting').boundingBox())?.height ?? 0) - height)).toBeLessThan(8)
      expect(await plot.count()).toBe(0)
      await page.unroute(file)
    }
  })

  it('show few images no larger than many', async () => {
    const data = { dataset: 'mnist', trainCount: 100, testCount: 2 }
    const id = await launchExperiment('Few', [{ label: 'few', config: { ...configOfSize(2, { epochs: 1 }), data } }])
    for (const [figure, strip] of [
      ['RECONSTRUCTIONS', 'strip-pair'],
      ['COMPARISON', 'strip'],
    ] as const) {
      await page.goto(`${lab.url}/experiments/${id}?figure=${figure}`)
      const canvas = page.getByTestId(strip).first().locator('canvas')
      await expect.poll(async () => (await canvas.boundingBox())?.width).toBeCloseTo((2 * 900) / 16)
    }
  })

  it('say what of a run could not be read, and read it when asked again', async () => {
    const [points, images] = [await launchCircles('Points'), await launchSizes([3], { epochs: 1, trainCount: 300 })]
    for (const [id, figure, file, what, drawn] of [
      [points, 'VECTOR_FIELD', '**/originals.safetensors', 'The test points', 'vector-field'],
      [points, 'VECTOR_FIELD', '**/checkpoints/*.safetensors', 'The model', 'vector-field'],
      [points, 'RECONSTRUCTIONS', '**/originals.safetensors', 'The reconstructions', 'reconstruction-figure'],
      [points, 'CODES', '**/codes/*.safetensors', 'The codes', 'codes-map'],
      [images, 'TRAVERSALS', '**/codes/*.safetensors', 'The codes', 'traversals'],
      [images, 'RECONSTRUCTIONS', '**/originals.png', 'The reconstructions', 'strip-pair'],
      [images, 'COMPARISON', '**/originals.png', 'The reconstructions', 'strip'],
    ] as const) {
      await page.route(file, (route) => route.abort())
      await page.goto(`${lab.url}/experiments/${id}?figure=${figure}`)
      const unread = page.getByTestId('figure-row').getByRole('alert')
      await expect.poll(() => unread.innerText()).toContain(`${what} could not be read.`)
      await page.unroute(file)
      await unread.getByRole('button', { name: 'Try again' }).click()
      await page.getByTestId(drawn).first().waitFor()
      await expect.poll(() => unread.count()).toBe(0)
    }
  })
})
