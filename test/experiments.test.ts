import { readFile } from 'node:fs/promises'
import type { Browser, Download, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startBrowser } from './harness/browser.mjs'
import { query, startLab } from './harness/lab.mjs'

const LAUNCH = 'mutation($input: LaunchExperimentInput!) { launchExperiment(input: $input) { id } }'
const ALL = '{ experiments(first: 100) { nodes { id statusCounts { total queued running stopped completed failed } } } }'
const ENDLESS = 10_000

let lab: Awaited<ReturnType<typeof startLab>>
let browser: Browser
let page: Page
let complaints: string[]

beforeAll(async () => {
  ;[lab, browser] = await Promise.all([startLab(), startBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await lab?.[Symbol.asyncDispose]()
})
beforeEach(async () => {
  complaints = []
  page = await browser.newPage({ viewport: { width: 1280, height: 900 }, acceptDownloads: true })
  page.setDefaultTimeout(60_000)
  page.on('pageerror', (error) => complaints.push(String(error)))
})
afterEach(async () => {
  await page.close()
  const { experiments } = await query(lab.url, ALL)
  const ids = experiments.nodes.map(({ id }: { id: string }) => id)
  if (ids.length > 0) await query(lab.url, 'mutation($ids: [ID!]!) { deleteExperiments(ids: $ids) }', { ids })
  expect(complaints).toEqual([])
})

const config = (latentDimension: number, { epochs = 2, trainCount = 1000 } = {}) => ({
  data: { dataset: 'mnist', trainCount, testCount: 200 },
  architecture: { dense: { latentDimension } },
  training: { epochs, batchSize: 100 },
})

/** Launches dense autoencoders of some code sizes through the API. */
async function launch(sizes: readonly number[], length = {}): Promise<string> {
  const runs = sizes.map((size) => ({ label: `z = ${size}`, config: config(size, length) }))
  return (await query(lab.url, LAUNCH, { input: { name: 'A sweep', runs } })).launchExperiment.id
}

const countsOf = async (id: string) =>
  (
    await query(lab.url, 'query($id: ID!) { experiment(id: $id) { statusCounts { total queued running stopped completed failed } } }', {
      id,
    })
  ).experiment.statusCounts
const status = () => page.getByTestId('experiment-status').innerText()
const figureEpochs = () =>
  page.getByTestId('strip-pair').evaluateAll((pairs) => pairs.map((pair) => Number((pair as HTMLElement).dataset.epoch)))
const figurePixels = () =>
  page.locator('[data-testid="strip-pair"] canvas').evaluateAll((all) => all.map((one) => (one as HTMLCanvasElement).toDataURL()))
const errorsInWords = () => page.locator('[data-testid="loss-chart"] figcaption').innerText()

describe('an experiment in the browser', () => {
  it('of the chapter is launched from the gallery, stopped, resumed and deleted as a whole', async () => {
    await page.goto(`${lab.url}/experiments`)
    await page.getByText('Down to 64 numbers the digits stay almost as they were').waitFor()
    await page.getByRole('button', { name: 'Launch Learn to encode MNIST' }).click()
    await page.waitForURL(/\/experiments\/[^/]+$/)
    const id = page.url().split('/').at(-1) ?? ''
    await expect.poll(() => page.getByTestId('figure-row').count()).toBe(9)
    await expect.poll(status).toMatch(/running/i)

    await page.getByRole('button', { name: 'Stop all' }).click()
    await expect.poll(status).toMatch(/stopped/i)
    expect(await countsOf(id)).toMatchObject({ stopped: 9, running: 0, queued: 0 })
    await page.reload()
    await expect.poll(status).toMatch(/stopped/i)
    await page.getByRole('button', { name: 'Resume' }).click()
    await expect.poll(status).toMatch(/running/i)

    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByRole('button', { name: 'Delete experiment' }).click()
    await page.waitForURL(`${lab.url}/experiments`)
    await page.getByText('An experiment groups runs').waitFor()
    expect((await query(lab.url, '{ runs { totalCount } }')).runs.totalCount).toBe(0)
  })

  it('assembles its figure and its errors while it trains, without a reload', async () => {
    await page.goto(`${lab.url}/experiments`)
    const id = await launch([8, 2])
    await page.locator(`[data-experiment="${id}"] a`).click()
    await expect.poll(figureEpochs).toEqual([2, 2])
    await expect.poll(status).toMatch(/completed/i)
    const [large, small] = await figurePixels()
    expect(large).not.toBe(small)
    await expect.poll(errorsInWords).toMatch(/Autoencoder: from .* at code size 2 to .* at code size 8.*PCA, as many components: from/)
    const table = page.getByRole('table', { name: 'Runs of the experiment' })
    await expect.poll(() => table.getByText('Completed').count()).toBe(2)
    expect(await page.getByTestId('experiment-progress').innerText()).toMatch(/All 2 runs completed[\s\S]*4 \/ 4/)
    await table.getByRole('link', { name: /z = 8/ }).click()
    await page.waitForURL(/\/runs\//)
    await page.getByRole('link', { name: /experiment #\d+ A sweep/ }).click()
    await page.waitForURL(`${lab.url}/experiments/${id}`)
  })

  it('says of a run that failed why, and goes on with the others', async () => {
    const diverging = {
      data: { dataset: 'two-moons' },
      architecture: { dense: { latentDimension: 1, outputActivation: 'LINEAR' } },
      optimizer: { sgd: { learningRate: 10 } },
    }
    const runs = [
      { label: 'Far too fast', config: diverging },
      { label: 'Adam', config: config(4) },
    ]
    const { launchExperiment } = await query(lab.url, LAUNCH, { input: { name: 'Optimizers', runs } })
    await page.goto(`${lab.url}/experiments/${launchExperiment.id}`)
    await expect.poll(status).toMatch(/failed/i)
    const [failed] = await page.getByTestId('figure-row').all()
    expect(await failed?.innerText()).toMatch(/Failed[\s\S]*diverged/)
    await expect.poll(figureEpochs).toEqual([2])
    await expect.poll(() => page.getByTestId('experiment-progress').innerText()).toMatch(/1 of 2 runs completed, 1 failed/)
  })

  it('that is not there says so and leads to the others, also where it is deleted in another window', async () => {
    await page.goto(`${lab.url}/experiments/nothing-here`)
    await page.getByTestId('experiment-missing').getByText('There is no such experiment').waitFor()
    const id = await launch([2], { epochs: ENDLESS })
    await page.goto(`${lab.url}/experiments/${id}`)
    await expect.poll(status).toMatch(/running/i)
    await query(lab.url, 'mutation($ids: [ID!]!) { deleteExperiments(ids: $ids) }', { ids: [id] })
    await page.getByTestId('experiment-missing').getByText('has been deleted').waitFor()
    await page.getByRole('link', { name: 'All experiments' }).click()
    await page.waitForURL(`${lab.url}/experiments`)
  })
})

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
    const id = await launch([6], { epochs: 1, trainCount: 300 })
    await page.goto(`${lab.url}/experiments/${id}`)
    await expect.poll(status).toMatch(/completed/i)
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
    const id = await launch([6, 3], { epochs: 1, trainCount: 10 })
    await page.goto(`${lab.url}/experiments/${id}?figure=INPAINTING`)
    await expect.poll(status).toMatch(/completed/i)
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

  const launchCircle = async (name: string, labels = ['circle']): Promise<string> => {
    const circle = {
      data: { dataset: 'circle', trainCount: 300, testCount: 100 },
      architecture: { dense: { latentDimension: 2, hiddenWidths: [8], outputActivation: 'LINEAR' } },
      corruption: { gaussian: { standardDeviation: 0.2 } },
      training: { epochs: 1 },
    }
    const runs = labels.map((label) => ({ label, config: circle }))
    return (await query(lab.url, LAUNCH, { input: { name, runs } })).launchExperiment.id
  }

  it('say what of a run could not be read, and read it when asked again', async () => {
    const [points, images] = [await launchCircle('Points'), await launch([3], { epochs: 1, trainCount: 300 })]
    for (const [id, figure, file, what, drawn] of [
      [points, 'VECTOR_FIELD', '**/originals.safetensors', 'The test points', 'vector-field'],
      [points, 'VECTOR_FIELD', '**/checkpoints/*.safetensors', 'The model', 'vector-field'],
      [points, 'RECONSTRUCTIONS', '**/originals.safetensors', 'The reconstructions', 'reconstruction-figure'],
      [points, 'CODES', '**/codes/*.safetensors', 'The codes', 'codes-map'],
      [images, 'TRAVERSALS', '**/codes/*.safetensors', 'The codes', 'traversals'],
      [images, 'RECONSTRUCTIONS', '**/originals.png', 'The reconstructions', 'strip-pair'],
    ] as const) {
      await page.route(file, (route) => route.abort())
      await page.goto(`${lab.url}/experiments/${id}?figure=${figure}`)
      const unread = page.getByTestId('figure-row').getByRole('alert')
      expect(await unread.innerText()).toContain(`${what} could not be read.`)
      await page.unroute(file)
      await unread.getByRole('button', { name: 'Try again' }).click()
      await page.getByTestId(drawn).waitFor()
      expect(await unread.count()).toBe(0)
    }
  })

  it('fit a phone: long names go on in the next line, and what stands on axes stays beside the data', async () => {
    const label = 'a run whose label says at length what is different about it'
    const id = await launchCircle('An experiment with a name that is far too long for one line of a phone', [label, 'short'])
    await page.setViewportSize({ width: 390, height: 800 })
    await page.goto(`${lab.url}/experiments/${id}?figure=VECTOR_FIELD`)
    const field = page.getByTestId('vector-field').first()
    await field.waitFor()
    const boxOf = async (of: Locator) => (await of.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
    const whole = (of: Locator) => of.evaluate(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth)
    const axis = await boxOf(field.getByText('y', { exact: true }))
    expect(axis.x + axis.width).toBeLessThanOrEqual((await boxOf(field.locator('canvas'))).x)

    const heading = page.getByRole('heading', { level: 1 })
    expect(await whole(heading)).toBe(true)
    expect((await boxOf(heading)).height).toBeGreaterThan(40)

    const plot = page.getByTestId('dot-plot')
    const name = plot.getByText(label)
    expect(await whole(name)).toBe(true)
    const [named, drawn] = [await boxOf(name), await boxOf(plot)]
    expect(named.width).toBeGreaterThan(0.35 * drawn.width)
    expect(named.width).toBeLessThanOrEqual(0.46 * drawn.width)

    await page.getByTestId('figure-row').getByRole('link', { name: label }).click()
    await page.waitForURL(/\/runs\//)
    await expect.poll(() => page.getByTestId('run-status').innerText()).toMatch(/completed/i)
    expect(await whole(heading)).toBe(true)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  })

  it('of points show the field of each run, and its tangents', async () => {
    await page.goto(`${lab.url}/experiments/${await launchCircle('Points')}?figure=VECTOR_FIELD`)
    await page.locator('[data-testid="vector-field"][data-epoch="1"]').waitFor()
    expect(await page.getByTestId('figure-row').innerText()).toMatch(/Longest step\s+[\d.]+/)
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

describe('a sweep of one’s own', () => {
  it('is typed in the form, refused as a whole while one value is wrong, and kept in the link', async () => {
    await page.goto(`${lab.url}/experiments`)
    await page.getByRole('link', { name: 'New sweep' }).click()
    await page.waitForURL(/vary=architecture\.latentDimension/)
    await page.getByLabel('Training examples').fill('500')
    await page.getByLabel('Epochs', { exact: true }).fill('1')
    const values = page.getByRole('combobox', { name: 'Values' })
    await values.fill('5000')
    await values.press('Enter')
    await page.getByText(/Code size = 5000: Code size must be/).waitFor()
    await page.getByRole('button', { name: 'Launch 4 runs' }).click()
    await expect.poll(() => values.getAttribute('aria-invalid')).toBe('true')
    expect((await query(lab.url, '{ runs { totalCount } }')).runs.totalCount).toBe(0)

    await page.reload()
    await page.getByText(/Code size = 5000: Code size must be/).waitFor()
    await page.getByRole('combobox', { name: 'Values' }).press('Backspace')
    await page.getByRole('button', { name: 'Launch 3 runs' }).click()
    await page.waitForURL(/\/experiments\/[^/?]+$/)
    await expect.poll(() => page.getByRole('heading', { level: 1 }).innerText()).toBe('Code size sweep on MNIST')
    await expect.poll(figureEpochs).toEqual([1, 1, 1])
    const labels = await page.getByTestId('figure-row').getByRole('link').allInnerTexts()
    expect(labels.map((label) => label.trim())).toEqual(['Code size = 2', 'Code size = 8', 'Code size = 32'])
  })
})

describe('a figure', () => {
  const save = async (what: string, kind: string): Promise<Download> => {
    await page.getByRole('button', { name: `Download ${what}`, exact: true }).click()
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: kind }).click()])
    return download
  }

  it('of an experiment is saved as an image and as a table, with the configurations that made it', async () => {
    const id = await launch([8, 2])
    await page.goto(`${lab.url}/experiments/${id}`)
    await expect.poll(figureEpochs).toEqual([2, 2])
    await expect.poll(status).toMatch(/completed/i)
    const shown = await page
      .getByTestId('figure-row')
      .first()
      .evaluate((row) => row.clientWidth)
    const image = await readPng(await save('reconstructions', 'Image (PNG)'))
    expect(image.width).toBe(2 * (shown + 2 * 16))
    expect(image.texts.Title).toMatch(/^Reconstructions, experiment \d+: A sweep$/)
    const configurations = JSON.parse(image.texts.Configuration ?? '') as { config: { architecture: { latentDimension: number } } }[]
    expect(configurations.map((one) => one.config.architecture.latentDimension)).toEqual([8, 2])

    const lines = (await readText(await save('test errors', 'Numbers (CSV)'))).trim().split('\r\n')
    expect(lines.filter((line) => line.startsWith('#'))).toHaveLength(4)
    const [header = '', ...rows] = lines.filter((line) => !line.startsWith('#')).map((line) => line.split(','))
    expect(header.slice(0, 4)).toEqual(['run', 'label', 'code size', 'status'])
    const { experiment } = await query(
      lab.url,
      'query($id: ID!) { experiment(id: $id) { runs { summary { validationMeanSquaredError } pcaBaseline { meanSquaredError } } } }',
      { id },
    )
    const column = (name: string) => rows.map((row) => Number(row[header.indexOf(name)]))
    type Measured = { summary: { validationMeanSquaredError: number }; pcaBaseline: { meanSquaredError: number } }
    expect(column('test mse')).toEqual(experiment.runs.map((run: Measured) => run.summary.validationMeanSquaredError))
    expect(column('pca test mse')).toEqual(experiment.runs.map((run: Measured) => run.pcaBaseline.meanSquaredError))
  })

  it('of a run is saved just so: its losses, its reconstructions and its codes', async () => {
    const id = await launch([2])
    const { experiment } = await query(lab.url, 'query($id: ID!) { experiment(id: $id) { runs { id } } }', { id })
    await page.goto(`${lab.url}/runs/${experiment.runs[0].id}`)
    await expect.poll(() => page.getByTestId('run-status').innerText()).toMatch(/completed/i)
    for (const [what, rows] of [
      ['losses', 2],
      ['reconstructions', 32],
      ['codes', 200],
    ] as const) {
      const lines = (await readText(await save(what, 'Numbers (CSV)'))).trim().split('\r\n')
      expect(lines.filter((line) => !line.startsWith('#'))).toHaveLength(1 + rows)
      const image = await readPng(await save(what, 'Image (PNG)'))
      expect(image.width).toBeGreaterThan(300)
      expect(JSON.parse(image.texts.Configuration ?? '')).toMatchObject([{ config: { training: { epochs: 2 } } }])
    }
  })
})

async function readText(download: Download): Promise<string> {
  return readFile(await download.path(), 'utf8')
}

/** Reads a PNG's width and its uncompressed international texts. */
async function readPng(download: Download): Promise<{ readonly width: number; readonly texts: Readonly<Record<string, string>> }> {
  const bytes = await readFile(await download.path())
  const texts: Record<string, string> = {}
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    if (bytes.toString('latin1', at + 4, at + 8) !== 'iTXt') continue
    const data = bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at))
    const end = data.indexOf(0)
    texts[data.toString('latin1', 0, end)] = data.toString('utf8', end + 5)
  }
  return { width: bytes.readUInt32BE(16), texts }
}
