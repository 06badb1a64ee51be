import { readFile } from 'node:fs/promises'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { button, untilWhole, visit as visitCodes } from './harness/explorer.js'
import { query } from './harness/lab.mjs'
import { lab, page, useLabPage } from './harness/labPage.js'
import { untilServerSays } from './harness/runs.js'

useLabPage()

const LAUNCH = 'mutation($input: LaunchRunInput!) { launchRun(input: $input) { id } }'

async function train(latentDimension = 4): Promise<string> {
  const config = {
    data: { dataset: 'mnist', trainCount: 300, validationCount: 100, testCount: 200 },
    architecture: { dense: { latentDimension } },
    training: { epochs: 1, batchSize: 50 },
  }
  const id = (await query(lab.url, LAUNCH, { input: { config } })).launchRun.id
  await untilServerSays(id, 'COMPLETED')
  return id
}

/** Parts that come later move what is pressed away from under the pointer. */
const visit = async (id: string, search = '') => {
  await visitCodes(id, search)
  await untilWhole()
}
const map = () => page.getByTestId('code-map')

/** Takes away what a press gives; the files by their names. */
async function filesOf(press: () => Promise<void>, count = 1): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>()
  const waiting: Promise<void>[] = []
  const listen = (download: { suggestedFilename(): string; path(): Promise<string> }) => {
    waiting.push(download.path().then(async (path) => void files.set(download.suggestedFilename(), await readFile(path))))
  }
  page.on('download', listen)
  try {
    await press()
    await expect.poll(() => waiting.length).toBe(count)
    await Promise.all(waiting)
  } finally {
    page.off('download', listen)
  }
  return files
}

describe('what leaves the explorer', () => {
  it('are codes, of all examples where these are shown', async () => {
    const id = await train()
    await visit(id, '&of=all')
    await page.getByText('Codes of all 600 examples, epoch 1').waitFor()
    const take = async (item: string, count = 1) =>
      filesOf(async () => {
        await button('Take codes away').press('Enter')
        await page.getByRole('menuitem', { name: item }).press('Enter')
      }, count)
    const csv = await take('Table (CSV)')
    const [[name = '', content] = []] = csv
    expect(name).toMatch(/^codes-of-run-\d+-epoch-1\.csv$/)
    const rows = Papa.parse<string[]>(String(content).trimEnd()).data
    expect(rows).toHaveLength(601)
    expect(rows[0]).toEqual(['example', 'label', 'error', 'z1', 'z2', 'z3', 'z4'])
    expect([rows[1]?.[0], rows[201]?.[0], rows[501]?.[0]]).toEqual(['test example 0', 'training example 0', 'validation example 0'])
    const two = await take('TensorBoard projector (two TSV)', 2)
    expect([...two.keys()].map((key) => key.split('.').slice(1).join('.')).toSorted()).toEqual(['metadata.tsv', 'tensors.tsv'])
    const [[, npy] = []] = await take('NumPy array (NPY)')
    expect(npy?.subarray(1, 6).toString()).toBe('NUMPY')
    const [[, parquet] = []] = await take('Table (Parquet)')
    expect(parquet?.subarray(0, 4).toString()).toBe('PAR1')
  })

  it('are strips and grids as images, and a path as an animation, which plays in the page too', async () => {
    const id = await train()
    await visit(id)
    await button('Add the current code as a stop').click()
    await page.getByRole('button', { name: /^Start from test image 1,/ }).click()
    await expect.poll(() => new URL(page.url()).searchParams.get('z')).not.toBeNull()
    await button('Add the current code as a stop').click()
    await expect.poll(() => new URL(page.url()).searchParams.get('stops')).toContain('~')
    const frame = () => page.getByTestId('path-animation').getAttribute('data-frame')
    await expect.poll(frame).toBe('0')
    await button('Play the path').press('Enter')
    await expect.poll(frame).not.toBe('0')
    await button('Pause the animation').press('Enter')
    const gif = await filesOf(() => button('Animation (GIF)').press('Enter'))
    const [[name = '', content] = []] = gif
    expect(name).toMatch(/^path-of-run-\d+-epoch-1\.gif$/)
    expect(content?.subarray(0, 6).toString()).toBe('GIF89a')
    for (const what of ['path', 'grid', 'codes']) {
      const image = await filesOf(async () => {
        await button(`Download ${what}`).press('Enter')
        await page.getByRole('menuitem', { name: 'Image (PNG)' }).press('Enter')
      })
      expect([...image.values()][0]?.subarray(1, 4).toString()).toBe('PNG')
    }
    // A path is in the address.
    await page.reload()
    await page.getByTestId('path-animation').waitFor()
    await button('Stop 2').waitFor()
  })
})

describe('UMAP in the explorer', () => {
  it('lays codes out with a word on how far it is, is cancelled at once, and comes back from the address', async () => {
    const id = await train()
    await visit(id)
    await map().and(page.locator('[data-drawn]')).waitFor()
    const pixels = () =>
      map()
        .locator('canvas')
        .evaluate((node) => (node as HTMLCanvasElement).toDataURL())
    const before = await pixels()
    // What its worker is asked is held back until it was cancelled.
    await page.evaluate(() => {
      const ask = Worker.prototype.postMessage
      Worker.prototype.postMessage = function (this: Worker, ...message: unknown[]) {
        const question = message[0] as { readonly type?: string }
        if (question.type !== undefined) Reflect.apply(ask, this, message)
        else Worker.prototype.postMessage = ask
      } as typeof ask
    })
    await page.getByLabel('What the map lays codes out by').selectOption('umap')
    await page.getByTestId('umap-progress').waitFor()
    await button('Cancel UMAP').press('Enter')
    await page.getByText('UMAP was cancelled.').waitFor()
    await button('Lay the codes out').press('Enter')
    await page.getByText('UMAP 1').waitFor()
    await expect.poll(pixels).not.toBe(before)
    await expect.poll(() => new URL(page.url()).searchParams.get('map')).toBe('umap')
    await page.reload()
    await page.getByText('UMAP 1').waitFor()
    const placeOfCode = () => map().evaluate((node) => [Number(node.dataset.x), Number(node.dataset.y)])
    const place = await placeOfCode()
    await map().evaluate((node) => node.scrollIntoView({ block: 'end' }))
    await map().press('Shift+ArrowRight')
    await map().press('Enter')
    await expect.poll(placeOfCode).not.toEqual(place)
  })
})
