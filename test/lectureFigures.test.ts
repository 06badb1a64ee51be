import { describe, expect, it } from 'vitest'
import { launchExperiment } from './harness/experiments.js'
import { query } from './harness/lab.mjs'
import { lab, page, useLabPage } from './harness/labPage.js'
import { savedLines } from './harness/saveFigure.js'
import { namesWithoutTerm } from './harness/terms.js'

useLabPage({ HOURGLASS_ANALYSIS: '1' })

/** Training and measuring a small run on a busy machine. */
const PATIENCE = { timeout: 400_000 }

async function savedNumbers(): Promise<{ readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] }> {
  const section = page.locator('section').filter({ has: page.locator('#experiment-figure') })
  const lines = await savedLines(section.getByRole('button', { name: /^Download/ }))
  const [columns = [], ...rows] = lines.map((line) => line.split(','))
  return { columns, rows }
}

const launchDigits = (name: string, latentDimension: number, { trainCount = 300, epochs = 2 } = {}) =>
  launchExperiment(name, [
    {
      label: name,
      config: {
        data: { dataset: 'mnist', trainCount, testCount: 200 },
        architecture: { dense: { latentDimension, hiddenWidths: [32] } },
        training: { epochs, batchSize: Math.min(50, trainCount) },
      },
    },
  ])

const openFigure = (id: string, figure: string) => page.goto(`${lab.url}/experiments/${id}?figure=${figure}`)

/** Opens the page of the experiment’s only run. */
async function openRun(id: string): Promise<void> {
  const { experiment } = await query(lab.url, 'query($id: ID!) { experiment(id: $id) { runs { id } } }', { id })
  await page.goto(`${lab.url}/runs/${experiment.runs[0].id}`)
}

describe('the lecture’s figures', () => {
  it('draw principal axes over points, and where PCA and a linear autoencoder put these', async () => {
    const launch = 'mutation { launchPreset(id: "pca-plane", overrides: { quick: true }) { experiment { id } } }'
    const { experiment } = (await query(lab.url, launch)).launchPreset
    await page.goto(`${lab.url}/experiments/${experiment.id}`)
    const plots = page.locator('[data-testid="principal-axes"][data-axes="2"]')
    await expect.poll(() => plots.count(), PATIENCE).toBe(2)
    await expect.poll(() => page.getByTestId('experiment-status').innerText(), PATIENCE).toMatch(/completed/i)
    await page.getByText('Angle to PCA').nth(1).waitFor()

    const { columns, rows } = await savedNumbers()
    expect(columns).toEqual(['run', 'label', 'what', 'x', 'y', 'standard deviation', 'reconstructed x', 'reconstructed y'])
    const own = rows.filter(([run]) => run === rows[0]?.[0])
    // The label of the first run has a comma of its own.
    const numbers = (what: string) =>
      own.filter((row) => row.includes(what)).map((row) => row.slice(row.indexOf(what) + 1).map(Number) as number[])
    const [[meanX = 0, meanY = 0] = []] = numbers('mean of training points')
    const [[dx = 0, dy = 0, deviation = 0] = []] = numbers('principal component 1')
    expect(Math.hypot(dx, dy)).toBeCloseTo(1, 5)
    expect(Math.atan2(dy, dx)).toBeCloseTo(Math.PI / 6, 1)
    expect(deviation).toBeCloseTo(Math.hypot(0.5, 0.15), 1)
    const points = numbers('test point')
    expect(points).toHaveLength(500)
    for (const [x = 0, y = 0, , toX, toY] of points) {
      const along = (x - meanX) * dx + (y - meanY) * dy
      expect(toX).toBeCloseTo(meanX + along * dx, 4)
      expect(toY).toBeCloseTo(meanY + along * dy, 4)
    }
  })

  it('set a code of two units beside two principal components, with what both decode over the plane', async () => {
    const id = await launchDigits('plane', 2)
    await openFigure(id, 'CODE_PLANES')
    await page.locator('[data-testid="code-planes"][data-principal="true"]').waitFor(PATIENCE)
    await page.locator('[data-testid="code-grid"][data-ready]').waitFor()
    const images = () =>
      page
        .locator('[data-testid="code-grid"], [data-testid="principal-grid"]')
        .evaluateAll((all) => all.map((canvas) => (canvas as HTMLCanvasElement).toDataURL()))
    await expect.poll(async () => new Set(await images()).size).toBe(2)
    const { columns, rows } = await savedNumbers()
    expect(columns.slice(2)).toEqual(['example', 'class', 'z1', 'z2', 'principal component 1', 'principal component 2'])
    expect(rows).toHaveLength(200)
    for (const row of rows) expect(row.slice(2).every((cell) => cell !== '' && Number.isFinite(Number(cell)))).toBe(true)
    await openRun(id)
    await page.getByRole('heading', { name: 'Code beside PCA' }).waitFor()
    await page.locator('[data-testid="code-planes"][data-principal="true"]').waitFor()
  })

  it('walk along a code of one unit, through the training images', async () => {
    const id = await launchDigits('line', 1, { trainCount: 6, epochs: 30 })
    await openFigure(id, 'CODE_LINE')
    await page.locator('[data-testid="code-line"][data-placed="6"]').waitFor(PATIENCE)
    const walk = page.getByTestId('code-walk')
    const paint = () => walk.locator('canvas').evaluateAll((all) => all.map((canvas) => (canvas as HTMLCanvasElement).toDataURL()))
    // What is decoded, the neighbour to each side, and nine images between them.
    await expect.poll(() => walk.locator('canvas').count()).toBe(1 + 2 + 9)
    await expect.poll(() => walk.innerText()).toMatch(/Left: class \d\s+z1 -?[\d.]+\s+MSE [\d.]+/)
    const before = await paint()
    const slider = page.getByRole('slider', { name: 'Place on the line' })
    await slider.press('Home')
    await expect.poll(paint).not.toEqual(before)
    // The outer two are the nearest beyond the ends.
    const { rows } = await savedNumbers()
    expect(rows).toHaveLength(6)
    const codes = rows.map((row) => Number(row.at(-1)))
    expect(codes).toEqual(codes.toSorted((a, b) => a - b))
    await expect.poll(() => walk.innerText()).toMatch(new RegExp(`Left: class \\d\\s+z1 ${(codes[0] ?? 0).toFixed(3)}`))
    await openRun(id)
    await page.getByRole('heading', { name: 'Code line', exact: true }).waitFor()
    await page.locator('[data-testid="code-line"][data-placed="6"]').waitFor()
  })

  it('colour codes by cluster and by class, and count who fell where', async () => {
    const id = await launchDigits('clusters', 3)
    await openFigure(id, 'CLUSTERS')
    await page.getByText('200 random test examples').waitFor(PATIENCE)
    await expect.poll(() => page.locator('[data-testid="cluster-maps"] canvas').count()).toBe(2)
    const table = page.getByRole('region', { name: 'Who fell where' })
    await expect.poll(() => namesWithoutTerm(page)).toEqual([])
    await expect.poll(() => table.locator('tbody tr').count()).toBe(10)
    const counts = await table
      .locator('tbody tr')
      .evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll('td')].map((cell) => Number(cell.textContent))))
    const { columns, rows } = await savedNumbers()
    expect(columns.slice(2)).toEqual([
      'example',
      'principal direction 1',
      'principal direction 2',
      'cluster',
      'class of the cluster',
      'class',
    ])
    expect(rows).toHaveLength(200)
    for (const [cluster, cells] of counts.entries()) {
      const inCluster = rows.filter((row) => Number(row[5]) === cluster + 1)
      expect(cells).toEqual([
        ...Array.from({ length: 10 }, (_, label) => inCluster.filter((row) => Number(row[7]) === label).length),
        inCluster.length,
      ])
    }
    const agreeing = rows.filter((row) => row[6] === row[7]).length
    await page.getByText(new RegExp(`${agreeing} of 200 random test examples \\(\\s?${((100 * agreeing) / 200).toFixed(1)} %\\)`)).waitFor()
    await openRun(id)
    await page.getByRole('heading', { name: 'Clusters', exact: true }).waitFor()
    await page.getByTestId('cluster-maps').waitFor()
  })
})
