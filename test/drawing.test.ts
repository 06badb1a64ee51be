import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { byFingers } from './harness/fingers.js'
import { query } from './harness/lab.mjs'
import { lab, page, useLabPage } from './harness/labPage.js'
import { untilServerSays } from './harness/runs.js'

useLabPage()

const LAUNCH = 'mutation($input: LaunchRunInput!) { launchRun(input: $input) { id } }'

/** Trains a run on a few examples. */
async function train(config: Record<string, unknown> = {}): Promise<string> {
  const whole = {
    data: { dataset: 'mnist', trainCount: 300, testCount: 200 },
    architecture: { dense: { latentDimension: 8 } },
    training: { epochs: 1, batchSize: 50 },
    ...config,
  }
  const id = (await query(lab.url, LAUNCH, { input: { config: whole } })).launchRun.id
  await untilServerSays(id, 'COMPLETED')
  return id
}

const visit = (id: string, search = '') => page.goto(`${lab.url}/runs/${id}?tab=latent${search}`)
const button = (name: string) => page.getByRole('button', { name, exact: true })
const pad = () => page.getByTestId('draw-pad')
const rubber = () => page.getByTestId('rub-pad')
const examined = () => page.locator('[data-testid="examined"][data-ready]')
const linked = (name: string) => new URL(page.url()).searchParams.get(name)
const boxOf = async (node = pad()) => (await node.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
const row = (name: string) => page.getByRole('region', { name, exact: true })

/** Reads the grey values of an image of the panel. */
const greysOf = (name: string) =>
  page
    .getByTestId('examined')
    .getByRole('img', { name, exact: true })
    .evaluate((node) => {
      const canvas = node as HTMLCanvasElement
      const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] }
      return Array.from(data).filter((_, at) => at % 4 === 0)
    })

/** Draws a 1 with the mouse, on the left of the sheet. */
async function drawOne(): Promise<void> {
  await pad().scrollIntoViewIfNeeded()
  const box = await boxOf()
  await page.mouse.move(box.x + 0.2 * box.width, box.y + 0.2 * box.height)
  await page.mouse.down()
  for (const down of [0.4, 0.6, 0.8]) await page.mouse.move(box.x + 0.2 * box.width, box.y + down * box.height)
  await page.mouse.up()
  await examined().waitFor()
}

/** Opens the latent space where it is drawn. */
async function open(id: string, search = ''): Promise<void> {
  await visit(id, search)
  await page.locator('[data-testid="decoded-image"][data-ready]').waitFor()
  await pad().waitFor()
}

const choose = async (name: string, mimeType: string, buffer: Buffer) => {
  const chooser = page.waitForEvent('filechooser')
  await button('Choose an image …').click()
  await (await chooser).setFiles({ name, mimeType, buffer })
}
const problem = () => page.getByRole('region', { name: 'Draw' }).getByRole('alert')

describe('what is drawn', () => {
  it('goes through the model at once: placed as MNIST’s digits are, reconstructed, marked on the map, beside test examples', async () => {
    const id = await train()
    await open(id)
    const map = page.locator('[data-testid="code-map"][data-drawn]')
    await map.waitFor()
    const placeOfCode = () => map.evaluate((node) => `${node.dataset.x} ${node.dataset.y}`)
    const before = await placeOfCode()
    await drawOne()
    await page
      .getByTestId('placement')
      .getByText(/^Drawn: \d+ × \d+ pixels taken .* its centre of mass in the middle\.$/)
      .waitFor()
    const greys = await greysOf('What the model sees')
    const inked = greys.flatMap((value, at) => (value > 0 ? [at] : []))
    // A stroke of the left is in the middle, 20 pixels high.
    expect(Math.max(...inked.map((at) => Math.floor(at / 28))) - Math.min(...inked.map((at) => Math.floor(at / 28)))).toBe(19)
    const middle =
      inked.reduce((sum, at) => sum + (greys[at] as number) * ((at % 28) + 0.5), 0) / greys.reduce((sum, value) => sum + value, 0)
    expect(Math.abs(middle - 14)).toBeLessThanOrEqual(1)
    await page
      .getByTestId('error-note')
      .getByText(/^error 0\.\d+, more than [\d.]+ % of 200 test examples have$/)
      .waitFor()
    await expect.poll(() => page.getByTestId('drawing-neighbours').getByRole('button').count()).toBe(6)
    await expect.poll(placeOfCode).not.toBe(before)

    // The server makes of it what is shown.
    const input = greys.map((value) => value / 255)
    const { encode } = await query(lab.url, 'query($id: ID!, $x: [[Float!]!]!) { encode(runId: $id, images: $x) }', { id, x: [input] })
    const { decode } = await query(lab.url, 'query($id: ID!, $z: [[Float!]!]!) { decode(runId: $id, codes: $z) }', { id, z: encode })
    const expected = Array.from(Uint8ClampedArray.from(decode[0].map((value: number) => value * 255)))
    const shown = await greysOf('Reconstruction of it')
    for (const [at, value] of expected.entries()) expect(Math.abs(value - (shown[at] ?? -99))).toBeLessThanOrEqual(1)
    // So is the mark on the map.
    await expect.poll(async () => Number(await page.getByLabel('Dimension 1, exact value').inputValue())).toBeCloseTo(encode[0][0], 2)
  })

  it('is taken back stroke by stroke, and comes back with noise and what is rubbed out from the address', async () => {
    const id = await train()
    await open(id)
    await drawOne()
    const one = await greysOf('What the model sees')
    const box = await boxOf()
    await page.mouse.click(box.x + 0.8 * box.width, box.y + 0.5 * box.height)
    await expect.poll(() => pad().getAttribute('data-strokes')).toBe('2')
    await expect.poll(() => greysOf('What the model sees')).not.toEqual(one)
    await button('Take back the last stroke').click()
    await expect.poll(() => greysOf('What the model sees')).toEqual(one)
    await page.getByRole('slider', { name: 'Noise', exact: true }).press('PageUp')
    await page.getByRole('region', { name: 'With a part rubbed out' }).getByRole('button', { name: 'Lower half' }).click()
    await expect.poll(() => linked('noise')).toMatch(/^gaussian-0\.\d+-1$/)
    await expect.poll(() => linked('rubbed')).not.toBeNull()
    const noisy = await greysOf('With noise')
    await page.reload()
    await examined().waitFor()
    await page.getByText('From the link, as it was.').waitFor()
    await expect.poll(() => greysOf('What the model sees')).toEqual(one)
    await expect.poll(() => greysOf('With noise')).toEqual(noisy)
    await page.getByTestId('filled-error').waitFor()
    await button('Clear').click()
    await examined().waitFor({ state: 'detached' })
    await expect.poll(() => linked('drawn')).toBeNull()
  })

  it('is drawn and rubbed out with keys', async () => {
    const id = await train()
    await open(id)
    await pad().focus()
    await page.keyboard.press('Space')
    for (let step = 0; step < 4; step++) await page.keyboard.press('Shift+ArrowDown')
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('Space')
    await examined().waitFor()
    await expect.poll(() => pad().getAttribute('data-strokes')).toBe('1')
    await rubber().focus()
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Space')
    await page.getByTestId('filled-error').waitFor()
    await page.keyboard.press('Delete')
    await page.getByTestId('filled-error').waitFor({ state: 'detached' })
    await pad().focus()
    await page.keyboard.press('Control+z')
    await expect.poll(() => pad().getAttribute('data-strokes')).toBe('0')
    await examined().waitFor({ state: 'detached' })
  })

  it('is drawn and rubbed out by a finger, on a phone', async () => {
    const id = await train()
    await page.setViewportSize({ width: 390, height: 844 })
    await byFingers(async ({ down, move, up }) => {
      await open(id)
      await pad().evaluate((node) => node.scrollIntoView({ block: 'center' }))
      const box = await boxOf()
      await down([box.x + 60, box.y + 60])
      for (const below of [100, 140, 180]) await move([box.x + 60, box.y + below])
      await up()
      await examined().waitFor()
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
      await rubber().evaluate((node) => node.scrollIntoView({ block: 'center' }))
      const hole = await boxOf(rubber())
      await down([hole.x + 70, hole.y + 70])
      await move([hole.x + 70, hole.y + 90])
      await up()
      await page.getByTestId('filled-error').waitFor()
    })
  })
})

describe('an image that is brought', () => {
  /** A black stroke on white paper, as a photograph has it. */
  const dark = (width = 300, height = 200) =>
    sharp({ create: { width, height, channels: 3, background: '#f4f0e8' } })
      .composite([{ input: { create: { width: 20, height: 120, channels: 3, background: '#202020' } }, left: 40, top: 30 }])
      .png()
      .toBuffer()

  it('is chosen, dropped or pasted, and read as ink on paper', async () => {
    const id = await train()
    await open(id)
    await choose('one.png', 'image/png', await dark())
    await page
      .getByTestId('placement')
      .getByText(/^“one\.png”, dark on light, so swapped: 20 × 120 pixels taken from column 40, row 30;/)
      .waitFor()
    await examined().waitFor()
    const chosen = await greysOf('What the model sees')
    expect(Math.max(...chosen)).toBe(255)

    const bytes = [...(await dark(100, 160))]
    const hand = (kind: 'drop' | 'paste') =>
      page.getByTestId('image-drop').evaluate(
        (node, given) => {
          const data = new DataTransfer()
          data.items.add(new File([Uint8Array.from(given.bytes)], `${given.kind}.png`, { type: 'image/png' }))
          const event =
            given.kind === 'drop'
              ? new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })
              : new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
          node.dispatchEvent(event)
        },
        { kind, bytes },
      )
    await hand('drop')
    await page.getByTestId('placement').getByText('“drop.png”').waitFor()
    await hand('paste')
    await page.getByTestId('placement').getByText('“paste.png”').waitFor()
    // What is drawn then takes its place.
    await drawOne()
    await page
      .getByTestId('placement')
      .getByText(/^Drawn: /)
      .waitFor()
  })

  it('is refused with clear words where it is none, too large or empty, and what was there stays', async () => {
    const id = await train()
    await open(id)
    await drawOne()
    const before = await greysOf('What the model sees')
    await choose('note.png', 'image/png', Buffer.from('This is a text and no image.'))
    await problem().getByText('“note.png” is no image that can be read here, whatever its name says.').waitFor()
    // Nothing decodes what its header says is too large.
    const header = Buffer.from((await dark()).subarray(0, 64))
    header.writeUInt32BE(10_000, 16)
    header.writeUInt32BE(10_000, 20)
    await page.evaluate(() => {
      Object.assign(globalThis, { decoded: 0 })
      const decode = globalThis.createImageBitmap
      globalThis.createImageBitmap = ((...given: Parameters<typeof decode>) => {
        Object.assign(globalThis, { decoded: 1 })
        return decode(...given)
      }) as typeof decode
    })
    await choose('huge.png', 'image/png', header)
    await problem()
      .getByText('“huge.png” has 100 megapixels (10000 × 10000); images of up to 40 are decoded. Make it smaller first.')
      .waitFor()
    expect(await page.evaluate(() => (globalThis as unknown as { decoded: number }).decoded)).toBe(0)
    await choose('cut.png', 'image/png', (await dark()).subarray(0, 200))
    await problem().getByText('“cut.png” begins as an image and cannot be decoded: it is damaged or cut off.').waitFor()
    await choose(
      'white.png',
      'image/png',
      await sharp({ create: { width: 40, height: 40, channels: 3, background: '#fff' } })
        .png()
        .toBuffer(),
    )
    await problem().getByText('There is nothing to see on it: it is the same everywhere.').waitFor()
    expect(await greysOf('What the model sees')).toEqual(before)
    await choose('one.png', 'image/png', await dark())
    await problem().waitFor({ state: 'detached' })
  })
})

describe('noise on what is drawn', () => {
  it('is the run’s own first, and taken away by a model that denoises', async () => {
    const id = await train({
      data: { dataset: 'mnist', trainCount: 3000, testCount: 200 },
      corruption: { saltAndPepper: { probability: 0.5 } },
      training: { epochs: 5, batchSize: 50 },
    })
    await open(id)
    await drawOne()
    const noise = row('With noise')
    expect(await noise.getByLabel('Kind of noise').inputValue()).toBe('saltAndPepper')
    await button('As in training').click()
    await expect.poll(() => linked('noise')).toBe('saltAndPepper-0.5-1')
    await noise.getByRole('img', { name: 'Denoised', exact: true }).waitFor()
    const errors = async () => (await page.getByTestId('noise-errors').innerText()).match(/[\d.]+/g)?.map(Number) ?? []
    await expect.poll(async () => (await errors()).length).toBe(2)
    const [before = 0, after = 1] = await errors()
    expect(after).toBeLessThan(before)
    const first = await greysOf('With noise')
    await button('Draw it anew').click()
    await expect.poll(() => greysOf('With noise')).not.toEqual(first)
    expect(await page.getByText('It has not learned to take any away').count()).toBe(0)
  })
})

describe('data of points', () => {
  it('take a typed point, noise too, and say that nothing is rubbed out', async () => {
    const id = await train({ data: { dataset: 'two-moons' }, architecture: { dense: { latentDimension: 2, hiddenWidths: [16] } } })
    await visit(id)
    await page.getByText('there is nothing to draw and nothing to rub out a part of').waitFor()
    const field = page.getByRole('textbox', { name: 'Coordinates of a point' })
    await field.fill('1, x')
    await button('Take the point').click()
    await page.getByText('Expected 2 finite numbers, such as 0.5, 0.5.').waitFor()
    await field.fill('0.1, 0.2')
    await field.press('Enter')
    await examined().waitFor()
    await expect.poll(() => linked('drawn')).toBe('(0.1_0.2')
    await page
      .getByTestId('error-note')
      .getByText(/more than [\d.]+ % of/)
      .waitFor()
    expect(await rubber().count()).toBe(0)
  })
})
