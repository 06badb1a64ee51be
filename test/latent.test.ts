import { describe, expect, it } from 'vitest'
import { train, visit } from './harness/explorer.js'
import { query } from './harness/lab.mjs'
import { lab, page, useLabPage } from './harness/labPage.js'

useLabPage({}, { keepsRuns: true })

const CODES = 'query($id: ID!) { run(id: $id) { codes { dimensions { mean minimum maximum } } } }'
const DECODE = 'query($id: ID!, $codes: [[Float!]!]!) { decode(runId: $id, codes: $codes) }'

/** So large that sliders are answered by the worker too. */
const LARGE = { latentDimension: 32, hiddenWidths: [700] }

/** Opens the latent space of a run. */
async function openLatent(dense?: typeof LARGE): Promise<string> {
  const id = await train(dense)
  await visit(id)
  return id
}

const decodedImage = () => page.locator('[data-testid="decoded-image"][data-ready]')

/** Reads the grey values of the decoded image. */
const shownPixels = () =>
  decodedImage().evaluate((node) => {
    const canvas = node as HTMLCanvasElement
    const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] }
    return Array.from(data).filter((_, index) => index % 4 === 0)
  })

/** Asks the server what a code decodes to, as grey values. */
async function storedPixels(id: string, code: readonly number[]): Promise<number[]> {
  const { decode } = await query(lab.url, DECODE, { id, codes: [code] })
  return Array.from(Uint8ClampedArray.from(decode[0].map((value: number) => Math.fround(value) * 255)))
}

async function meanCode(id: string): Promise<number[]> {
  const { run } = await query(lab.url, CODES, { id })
  return run.codes.dimensions.map(({ mean }: { mean: number }) => Math.fround(mean))
}

describe('the latent space of a run', () => {
  it('is decoded in a worker, to the pixels that the server decodes', async () => {
    const id = await openLatent()
    await visit(id, '&z=0_1.25_3_-2.5')
    const code = await meanCode(id)
    code[0] = 1.25
    code[3] = -2.5
    const expected = await storedPixels(id, code)
    await expect.poll(shownPixels).toEqual(expected)
    expect(page.workers()).toHaveLength(1)
  })

  it('says so where the worker ends in silence, and decodes the next code in another', async () => {
    await openLatent(LARGE)
    await decodedImage().waitFor()
    const move = (to: 'min' | 'max') =>
      page.getByTestId('latent-slider-0').evaluate((node, end) => {
        const slider = node as HTMLInputElement
        slider.value = slider[end]
        slider.dispatchEvent(new Event('input', { bubbles: true }))
      }, to)
    const before = await shownPixels()
    // It may be gone before it answers.
    await page
      .workers()[0]
      ?.evaluate(() => self.close())
      .catch(() => undefined)
    await move('max')
    const problem = page.getByText('The code could not be decoded: model worker: expected an answer, got nothing for')
    await problem.waitFor()
    expect(await shownPixels()).toEqual(before)
    await move('min')
    await problem.waitFor({ state: 'detached' })
    // So does what else was computed there.
    await page.getByText('The grid could not be decoded').waitFor({ state: 'detached' })
    await page.locator('[data-testid="code-grid"][data-done]').waitFor()
    await expect.poll(shownPixels).not.toEqual(before)
  })

  it('ends with the image of the last place of a slider that is moved fast', async () => {
    const id = await openLatent()
    await decodedImage().waitFor()
    const last = await page.getByTestId('latent-slider-2').evaluate((node) => {
      const slider = node as HTMLInputElement
      const [low, high] = [Number(slider.min), Number(slider.max)]
      for (let move = 0; move < 200; move++) {
        slider.valueAsNumber = low + ((high - low) * ((move * 37) % 200)) / 200
        slider.dispatchEvent(new Event('input', { bubbles: true }))
      }
      return slider.valueAsNumber
    })
    const code = await meanCode(id)
    code[2] = Math.fround(last)
    const expected = await storedPixels(id, code)
    await expect.poll(shownPixels).toEqual(expected)
  })

  it('of a small model goes on under a slider in the page when the worker has ended', async () => {
    const id = await openLatent()
    await decodedImage().waitFor()
    const slider = page.getByTestId('latent-slider-0')
    await slider.focus()
    // The page has its own copy once an image was drawn within the input.
    const isDrawnAtOnce = (end: 'min' | 'max') =>
      slider.evaluate(async (node, to) => {
        const input = node as HTMLInputElement
        const drawn = () => performance.getEntriesByName('slider-to-image').length
        const before = drawn()
        input.value = input[to]
        input.dispatchEvent(new Event('input', { bubbles: true }))
        for (let turn = 0; turn < 10; turn++) await Promise.resolve()
        return drawn() > before
      }, end)
    await expect.poll(() => isDrawnAtOnce('min')).toBe(true)
    await page
      .workers()[0]
      ?.evaluate(() => self.close())
      .catch(() => undefined)
    await expect.poll(() => isDrawnAtOnce('max')).toBe(true)
    const code = await meanCode(id)
    code[0] = Math.fround(await slider.evaluate((node) => (node as HTMLInputElement).valueAsNumber))
    const expected = await storedPixels(id, code)
    await expect.poll(shownPixels).toEqual(expected)
  })

  it('goes on with another worker when one ends', async () => {
    const id = await openLatent(LARGE)
    await decodedImage().waitFor()
    const [worker] = page.workers()
    const ended = new Promise((resolve) => worker?.on('close', resolve))
    await worker?.evaluate(() => {
      setTimeout(() => {
        throw new Error('out of order')
      })
    })
    await ended
    const slider = page.getByTestId('latent-slider-0')
    await slider.focus()
    await page.keyboard.press('End')
    const code = await meanCode(id)
    code[0] = Math.fround(await slider.evaluate((node) => (node as HTMLInputElement).valueAsNumber))
    const expected = await storedPixels(id, code)
    await expect.poll(shownPixels).toEqual(expected)
    await expect.poll(() => page.workers().length).toBe(1)
  })

  it('moves along principal directions, and to the code of a test image', async () => {
    const id = await openLatent()
    await decodedImage().waitFor()
    const mean = await storedPixels(id, await meanCode(id))
    await expect.poll(shownPixels).toEqual(mean)
    await page.getByRole('radiogroup', { name: 'What the sliders move' }).getByText('Principal directions').click()
    await page.getByTestId('direction-slider-0').focus()
    await page.keyboard.press('End')
    await expect.poll(shownPixels).not.toEqual(mean)
    const along = await shownPixels()
    await page.getByRole('button', { name: /^Start from test image 3,/ }).click()
    await expect.poll(shownPixels).not.toEqual(along)
  })

  it('says what is wrong with a damaged checkpoint, and leaves the rest of the page', async () => {
    await page.route('**/checkpoints/*.safetensors', async (route) => {
      const response = await route.fetch()
      const body = await response.body()
      await route.fulfill({ response, body: body.subarray(0, body.length - 100) })
    })
    const id = await openLatent()
    await expect.poll(() => page.getByText(/The decoder could not be opened: data: expected \d+ bytes, got \d+/).count()).toBe(1)
    await page.getByTestId('latent-slider-0').waitFor()
    await page.getByTestId('code-map').waitFor()
    await page.unroute('**/checkpoints/*.safetensors')
    await visit(id)
    await decodedImage().waitFor()
    expect(await page.getByText(/could not be opened/).count()).toBe(0)
  })

  it('says so where the worker does not load', async () => {
    await page.route('**/turbopack-worker*', (route) => route.abort())
    await openLatent()
    await expect.poll(() => page.getByText(/The decoder could not be opened: model worker: expected an answer, got/).count()).toBe(1)
    await page.getByTestId('latent-slider-0').waitFor()
  })
})
