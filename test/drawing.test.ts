import { describe, expect, it } from 'vitest'
import { boxOf, button, drawOne, examined, greysOf, linked, open, pad, row, rubber, train, visit } from './harness/drawing.js'
import { byFingers } from './harness/fingers.js'
import { query } from './harness/lab.mjs'
import { lab, page, useLabPage } from './harness/labPage.js'

useLabPage()

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
