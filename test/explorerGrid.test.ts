import { describe, expect, it } from 'vitest'
import { button, dimensionsOf, linked, nearest, train, typed, untilWhole, visit } from './harness/explorer.js'
import { byFingers } from './harness/fingers.js'
import { query } from './harness/lab.mjs'
import { lab, page, useLabPage } from './harness/labPage.js'

useLabPage({}, { keepsRuns: true })

describe('the grid of the explorer', () => {
  const grid = () => page.getByTestId('code-grid')
  const pixels = () =>
    grid()
      .locator('canvas')
      .evaluate((node) => (node as HTMLCanvasElement).toDataURL())

  it('decodes what is around the code, which is moved in it by mouse and keys', async () => {
    const id = await train({ latentDimension: 4 })
    await visit(id, '&along=directions')
    await page.locator('[data-testid="code-grid"][data-done]').waitFor()
    const canvas = grid().locator('canvas')
    expect(await canvas.evaluate((node) => [(node as HTMLCanvasElement).width, (node as HTMLCanvasElement).height])).toEqual([336, 336])
    const before = await pixels()
    await untilWhole()
    await grid().scrollIntoViewIfNeeded()
    const box = (await grid().boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
    // Within the plane the grid stays, and the code moves.
    await page.mouse.click(box.x + box.width * 0.75, box.y + box.height * 0.25)
    await expect.poll(() => grid().evaluate((node) => Number(node.dataset.across))).toBeCloseTo(0.75, 2)
    await expect.poll(() => grid().evaluate((node) => Number(node.dataset.up))).toBeCloseTo(0.75, 2)
    await expect.poll(() => linked('z')).not.toBeNull()
    expect(await pixels()).toBe(before)
    await grid().focus()
    await page.keyboard.press('ArrowLeft')
    await expect.poll(() => grid().evaluate((node) => Number(node.dataset.across))).toBeCloseTo(0.75 - 1 / 12, 2)
    // Out of the plane it is another grid.
    await page.getByTestId('direction-slider-2').press('End')
    await expect.poll(pixels).not.toBe(before)
  })

  it('is looked at from nearer and farther away, by wheel, drag, keys and buttons, which the address keeps', async () => {
    const id = await train({ latentDimension: 4 })
    await visit(id)
    await untilWhole()
    await grid().evaluate((node) => node.scrollIntoView({ block: 'center' }))
    const box = (await grid().boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
    const scale = () => grid().evaluate((node) => Number(node.dataset.scale))
    const [whole, mean] = [await pixels(), linked('z')]
    expect(await scale()).toBe(1)
    await page.mouse.move(box.x + box.width / 4, box.y + box.height / 4)
    await page.mouse.wheel(0, -400)
    await expect.poll(scale).toBeGreaterThan(1.5)
    await expect.poll(pixels).not.toBe(whole)
    await expect.poll(() => linked('grid')).toMatch(/^--12-/)
    await page.locator('[data-testid="code-grid"][data-done]').waitFor()
    const nearer = await pixels()
    // The code has not moved.
    expect(linked('z')).toBe(mean)

    await page.reload()
    await page.locator('[data-testid="code-grid"][data-done]').waitFor()
    await expect.poll(pixels).toBe(nearer)
    await grid().evaluate((node) => node.scrollIntoView({ block: 'center' }))
    await page.keyboard.down('Shift')
    await page.mouse.move(box.x + 200, box.y + 200)
    await page.mouse.down()
    await page.mouse.move(box.x + 260, box.y + 200)
    await page.mouse.up()
    await page.keyboard.up('Shift')
    await expect.poll(pixels).not.toBe(nearer)
    expect(linked('z')).toBe(mean)

    // What is pressed is what is seen: in the middle of the window.
    await button('The whole grid').click()
    await expect.poll(scale).toBe(1)
    await expect.poll(pixels).toBe(whole)
    await expect.poll(() => linked('grid')).toBeNull()
    await grid().focus()
    await page.keyboard.press('+')
    await expect.poll(scale).toBe(1.5)
    await page.keyboard.press('Shift+ArrowRight')
    await expect.poll(() => linked('grid')).not.toBeNull()
    const there = (await grid().boundingBox()) ?? box
    await page.mouse.click(there.x + there.width / 2, there.y + there.height / 2)
    await expect.poll(() => grid().evaluate((node) => Number(node.dataset.across))).toBeCloseTo(0.5, 2)
    await expect.poll(() => grid().evaluate((node) => Number(node.dataset.up))).toBeCloseTo(0.5, 2)
    await expect.poll(() => linked('z')).not.toBe(mean)
    await page.keyboard.press('0')
    await expect.poll(scale).toBe(1)
    // Half a range and a tenth of the window to the right of the middle there.
    const across = await grid().evaluate((node) => Number(node.dataset.across))
    expect(across).toBeGreaterThan(0.5)
  })

  it('is pressed and pinched by fingers, as sliders are dragged, on a phone', async () => {
    const id = await train({ latentDimension: 4 })
    await page.setViewportSize({ width: 390, height: 844 })
    await byFingers(async ({ down, move, up, tap }) => {
      await visit(id)
      await page.locator('[data-testid="code-grid"][data-done]').waitFor()
      const slider = page.getByTestId('latent-slider-0')
      await slider.evaluate((node) => node.scrollIntoView({ block: 'center' }))
      const knob = (await slider.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
      const [middle, height] = [knob.x + knob.width / 2, knob.y + knob.height / 2]
      await down([middle, height])
      await move([middle + 20, height])
      await move([middle + 50, height])
      await up()
      await expect.poll(() => linked('z')).not.toBeNull()

      await grid().evaluate((node) => node.scrollIntoView({ block: 'center' }))
      const box = (await grid().boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
      const before = linked('z')
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
      await down([x - 20, y], [x + 20, y])
      await move([x - 40, y], [x + 40, y])
      await move([x - 60, y], [x + 60, y])
      await up()
      await expect.poll(() => grid().evaluate((node) => Number(node.dataset.scale))).toBeGreaterThan(2)
      await expect.poll(() => linked('grid')).not.toBeNull()
      expect(linked('z')).toBe(before)
      await tap([box.x + box.width * 0.8, box.y + box.height * 0.2])
      await expect.poll(() => grid().evaluate((node) => Number(node.dataset.across))).toBeCloseTo(0.8, 1)
      await expect.poll(() => linked('z')).not.toBe(before)
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    })
  })

  it('is of as many images and along the axes that are chosen, which the address keeps', async () => {
    const id = await train({ latentDimension: 4 })
    await visit(id)
    await page.getByLabel('Grid across').selectOption('z3')
    await page.getByLabel('Grid up').selectOption('p1')
    await page.getByLabel('Images a side').selectOption('30')
    await expect.poll(() => linked('grid')).toBe('z3-p1-30')
    await page.reload()
    await page.locator('[data-testid="code-grid"][data-done]').waitFor()
    expect(
      await grid()
        .locator('canvas')
        .evaluate((node) => (node as HTMLCanvasElement).width),
    ).toBe(840)
    await expect.poll(() => page.getByLabel('Grid across').inputValue()).toBe('z3')
  })

  it('has in each cell what its code decodes to', async () => {
    const id = await train({ latentDimension: 1 })
    await visit(id)
    await page.locator('[data-testid="code-grid"][data-done]').waitFor()
    const [first] = await dimensionsOf(id)
    const { minimum, maximum } = first ?? { minimum: 0, maximum: 0 }
    const code = minimum + (2.5 / 12) * (maximum - minimum)
    const { decode } = await query(lab.url, 'query($id: ID!, $codes: [[Float!]!]!) { decode(runId: $id, codes: $codes) }', {
      id,
      codes: [[code]],
    })
    const shown = await grid()
      .locator('canvas')
      .evaluate((node) =>
        Array.from((node as HTMLCanvasElement).getContext('2d')?.getImageData(56, 0, 28, 28).data ?? []).filter((_, at) => at % 4 === 0),
      )
    const expected = Array.from(Uint8ClampedArray.from(decode[0].map((value: number) => value * 255)))
    for (const [at, value] of expected.entries()) expect(Math.abs(value - (shown[at] ?? -99))).toBeLessThanOrEqual(1)
  })
})

describe('paths and arithmetic', () => {
  it('go through codes that were added as stops, straight and around the origin, by hand', async () => {
    const id = await train({ latentDimension: 4 })
    await visit(id, '&z=0_2')
    await page.getByText('Two stops make a path').waitFor()
    await expect.poll(() => typed(0).inputValue()).toBe('2.000')
    await button('Add the current code as a stop').click()
    await button('Random').click()
    await expect.poll(() => typed(0).inputValue()).not.toBe('2.000')
    const end = await typed(0).inputValue()
    await button('Add the current code as a stop').click()
    const strip = page.getByRole('img', { name: '9 images on the path through 2 codes' })
    await strip.waitFor()
    const slider = page.getByRole('slider', { name: 'Place on the path' })
    await slider.press('Home')
    await slider.press('ArrowRight')
    await slider.press('ArrowLeft')
    await expect.poll(() => typed(0).inputValue()).toBe('2.000')
    await slider.press('End')
    await expect.poll(() => typed(0).inputValue()).toBe(end)
    const pixels = () => strip.evaluate((node) => (node as HTMLCanvasElement).toDataURL())
    const straight = await pixels()
    await page.getByText('Spherical', { exact: true }).click()
    await expect.poll(pixels).not.toBe(straight)
    await button('Remove stop 1').click()
    await page.getByText('Two stops make a path').waitFor()
    await button('Undo').click()
    await strip.waitFor()
  })

  it('compute a code as it is written, and say what is wrong with it', async () => {
    const id = await train({ latentDimension: 4 })
    await visit(id)
    const field = page.getByRole('textbox', { name: 'Arithmetic' })
    await field.fill('[3] − mean 12')
    await button('Go to the result').click()
    await page.getByText('There is no test example of class 12.').waitFor()
    await field.fill('[3]')
    await field.press('Enter')
    await expect.poll(nearest).toMatch(/test example 3, class \d 0\.000 away/)
  })
})

describe('a run without a model', () => {
  it('says so', async () => {
    const id = await train()
    await page.route('**/graphql', async (route) => {
      const response = await route.fetch()
      const text = await response.text()
      await route.fulfill({ response, body: text.replace(/"checkpoints":\[[^\]]*\]/g, '"checkpoints":[]') })
    })
    await visit(id)
    await page.getByText('No model of this run is kept').waitFor()
  })
})
