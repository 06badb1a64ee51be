import { describe, expect, it } from 'vitest'
import { query } from './harness/lab.mjs'
import { lab, page, useLabPage } from './harness/labPage.js'
import { untilServerSays } from './harness/runs.js'

useLabPage()

const LAUNCH = 'mutation($input: LaunchRunInput!) { launchRun(input: $input) { id } }'
const CODES = 'query($id: ID!) { run(id: $id) { codes { dimensions { mean minimum maximum standardDeviation } } } }'

interface Trained {
  readonly latentDimension?: number
  readonly isVariational?: boolean
  readonly epochs?: number
}

/** Trains a run on a few images. */
async function train({ latentDimension = 8, isVariational = false, epochs = 1 }: Trained = {}): Promise<string> {
  const encoder = isVariational ? { encoder: { variational: { beta: 1 } } } : {}
  const config = {
    data: { dataset: 'mnist', trainCount: 300, testCount: 200 },
    architecture: { dense: { latentDimension, ...encoder } },
    training: { epochs, batchSize: 50 },
  }
  const id = (await query(lab.url, LAUNCH, { input: { config } })).launchRun.id
  await untilServerSays(id, 'COMPLETED')
  return id
}

const visit = (id: string, search = '') => page.goto(`${lab.url}/runs/${id}?tab=latent${search}`)

async function dimensionsOf(id: string): Promise<{ mean: number; minimum: number; maximum: number; standardDeviation: number }[]> {
  return (await query(lab.url, CODES, { id })).run.codes.dimensions
}

const unit = (index: number) => page.getByTestId(`latent-slider-${index}`)
const typed = (index: number) => page.getByLabel(`Dimension ${index + 1}, exact value`)
const button = (name: string) => page.getByRole('button', { name, exact: true })
/** What is to be read of the test example whose code is nearest to the live one. */
const nearest = async () => (await page.getByTestId('neighbours').getByRole('button').first().innerText()).replace(/\s+/g, ' ')
const linked = (name: string) => new URL(page.url()).searchParams.get(name)

describe('the sliders of the explorer', () => {
  it('are undone and done again, by buttons and by keys, a drag as one step', async () => {
    const id = await train()
    await visit(id)
    await unit(0).waitFor()
    const [first] = await dimensionsOf(id)
    const mean = (first?.mean ?? 0).toFixed(3)
    await expect.poll(() => typed(0).inputValue()).toBe(mean)
    expect(await button('Undo').isDisabled()).toBe(true)

    const box = (await unit(0).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
    const [left, middle] = [box.x + 8, box.y + box.height / 2]
    await page.mouse.move(left + 20, middle)
    await page.mouse.down()
    await page.mouse.move(left + 40, middle)
    await page.mouse.move(box.x + box.width - 1, middle)
    await page.mouse.up()
    const dragged = await typed(0).inputValue()
    expect(dragged).toBe((first?.maximum ?? 0).toFixed(3))
    await unit(1).press('End')
    await expect.poll(() => linked('z')).toContain('1_')

    await page.keyboard.press('Control+z')
    expect(await typed(0).inputValue()).toBe(dragged)
    await button('Undo').click()
    expect(await typed(0).inputValue()).toBe(mean)
    await expect.poll(() => linked('z')).toBeNull()
    await button('Redo').click()
    expect(await typed(0).inputValue()).toBe(dragged)
    await page.keyboard.press('Control+Shift+z')
    await expect.poll(() => linked('z')).toContain('1_')
    expect(await button('Redo').isDisabled()).toBe(true)
  })

  it('come back with all they show from the address', async () => {
    const id = await train()
    await visit(id, '&z=0_1.234567_3_-2')
    await expect.poll(() => typed(0).inputValue()).toBe('1.235')
    await page.getByLabel('What the sliders reach over').selectOption('prior')
    await page.getByLabel('Order of the sliders').selectOption('variation')
    await expect.poll(() => [linked('range'), linked('order')]).toEqual(['prior', 'variation'])
    await page.reload()
    await expect.poll(() => unit(0).getAttribute('max')).toMatch(/^2\.326/)
    expect(await page.getByLabel('Order of the sliders').inputValue()).toBe('variation')
    expect(await typed(3).inputValue()).toBe('-2.000')
    expect(linked('z')).toBe('0_1.234567_3_-2')
    // An address of before, which named no tab.
    await page.goto(`${lab.url}/runs/${id}?z=0_1.5`)
    await expect.poll(() => typed(0).inputValue()).toBe('1.500')
  })

  it('reach over what is chosen', async () => {
    const id = await train()
    await visit(id)
    const [first] = await dimensionsOf(id)
    const { mean, standardDeviation, minimum, maximum } = first ?? { mean: 0, standardDeviation: 0, minimum: 0, maximum: 0 }
    const ends = async () => [Number(await unit(0).getAttribute('min')), Number(await unit(0).getAttribute('max'))]
    await unit(0).waitFor()
    expect(await ends()).toEqual([minimum, maximum])
    await page.getByLabel('What the sliders reach over').selectOption('deviations')
    await expect.poll(ends).toEqual([mean - 2 * standardDeviation, mean + 2 * standardDeviation])
    await page.getByLabel('What the sliders reach over').selectOption('quantiles')
    const isInside = async () => {
      const [low = 0, high = 0] = await ends()
      return low > minimum && high < maximum && low < mean && high > mean
    }
    await expect.poll(isInside).toBe(true)
  })

  it('fold collapsed units away, order units by divergence, and draw from the prior', async () => {
    const id = await train({ latentDimension: 16, isVariational: true })
    // Which units collapse is for training to say: here some are told to have.
    await page.route('**/graphql', async (route) => {
      const response = await route.fetch()
      const answer = await response.json()
      const dimensions = answer.data?.run?.codes?.dimensions ?? []
      for (const dimension of dimensions) {
        const { index, mean } = dimension
        dimension.standardDeviation = index === 7 ? 0 : index === 3 || index === 5 ? 0.05 : Math.max(0.2, dimension.standardDeviation)
        if (index === 7) Object.assign(dimension, { minimum: mean, maximum: mean })
      }
      await route.fulfill({ response, json: answer })
    })
    await visit(id)
    const folded = page.getByText('2 collapsed units, 1 dead unit')
    await folded.waitFor()
    const shown = await page.getByRole('group', { name: 'Latent dimensions', exact: true }).getByRole('slider').count()
    expect(shown).toBe(13)
    await folded.click()
    await page.getByRole('slider', { name: 'Dimension 4, collapsed' }).waitFor()
    await page.getByRole('slider', { name: 'Dimension 8, dead' }).waitFor()
    await page.getByLabel('Order of the sliders').selectOption('divergence')
    await expect.poll(() => linked('order')).toBe('divergence')
    const before = await typed(0).inputValue()
    await button('Prior').click()
    await expect.poll(() => typed(0).inputValue()).not.toBe(before)
  })

  it('take a whole code, and say what is wrong with one that is none', async () => {
    const id = await train({ latentDimension: 3 })
    await visit(id)
    await unit(0).waitFor()
    const before = await typed(0).inputValue()
    await button('Enter').click()
    const field = page.getByRole('textbox', { name: 'Code' })
    await field.fill('1 2')
    await button('Go there').click()
    await page.getByText('Expected 3 numbers, got 2.').waitFor()
    await field.fill('1, NaN, 2')
    await button('Go there').click()
    await page.getByText('Expected a finite number for z2, got NaN.').waitFor()
    expect(await typed(0).inputValue()).toBe(before)
    await field.fill('[0.5, -1, 2]')
    await button('Go there').click()
    await expect.poll(() => typed(1).inputValue()).toBe('-1.000')
    await field.waitFor({ state: 'detached' })
    await button('Undo').click()
    expect(await typed(0).inputValue()).toBe(before)
  })

  it('move along principal directions, in standard deviations, that say what variance they explain', async () => {
    const id = await train({ latentDimension: 4 })
    await visit(id, '&along=directions')
    const sliders = page.getByRole('group', { name: 'Principal directions' }).getByRole('slider')
    await expect.poll(() => sliders.count()).toBe(4)
    const shares = await sliders.evaluateAll((all) =>
      all.map((one) => Number.parseFloat(one.getAttribute('aria-label')?.split(', ')[1] ?? '')),
    )
    expect(shares).toEqual(shares.toSorted((a, b) => b - a))
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(100, -0.5)
    await page.getByLabel('What the sliders reach over').selectOption('deviations')
    await expect.poll(async () => Number(await page.getByTestId('direction-slider-0').getAttribute('max'))).toBeCloseTo(2, 3)
  })

  it('move along the difference of two classes, which the address names', async () => {
    const id = await train()
    await visit(id)
    await page.getByText('Named directions').click()
    await page.getByLabel('From class').selectOption('1')
    await page.getByLabel('To class').selectOption('7')
    await button('Add the direction').click()
    await expect.poll(() => linked('named')).toBe('7-1')
    await page.reload()
    const slider = page.getByRole('slider', { name: 'mean 7 − mean 1' })
    await slider.press('End')
    await expect.poll(() => linked('z')).not.toBeNull()
    await button('Remove mean 7 − mean 1').click()
    await slider.waitFor({ state: 'detached' })
    await button('Undo').click()
    await slider.waitFor()
  })
})

describe('the map of the explorer', () => {
  const map = () => page.getByTestId('code-map')
  const placeOfCode = () => map().evaluate((node) => [Number(node.dataset.x), Number(node.dataset.y)])
  const scale = () => map().evaluate((node) => Number(node.dataset.scale))
  const boxOf = async () => (await map().boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  const selected = () => page.getByTestId('selection')
  /** Opens the map where all its parts are in sight. */
  const openMap = async (id: string, search = '') => {
    await visit(id, search)
    await page.locator('[data-testid="code-map"][data-drawn]').waitFor()
    // Below what sticks to the top of the page.
    await map().evaluate((node) => node.scrollIntoView({ block: 'end' }))
    await page.locator('[data-testid="decoded-image"][data-ready]').waitFor()
  }

  it('is zoomed and moved by the mouse, and goes where it is pressed', async () => {
    const id = await train({ latentDimension: 2 })
    await openMap(id)
    const box = await boxOf()
    expect(box.width).toBeGreaterThanOrEqual(600)
    const [x, y] = [box.x + box.width / 3, box.y + box.height / 3]
    const before = await placeOfCode()
    await page.mouse.move(x, y)
    await page.mouse.wheel(0, -600)
    await expect.poll(scale).toBeGreaterThan(1.5)
    const shownBefore = await map()
      .locator('canvas')
      .evaluate((node) => (node as HTMLCanvasElement).toDataURL())
    await page.mouse.down()
    await page.mouse.move(x + 60, y + 40)
    await page.mouse.move(x + 120, y + 80)
    await page.mouse.up()
    await expect
      .poll(() =>
        map()
          .locator('canvas')
          .evaluate((node) => (node as HTMLCanvasElement).toDataURL()),
      )
      .not.toBe(shownBefore)
    // A drag of the view is no press.
    expect(await placeOfCode()).toEqual(before)
    await button('Show all').click()
    await expect.poll(scale).toBe(1)
    await page.mouse.click(box.x + 12, box.y + 12)
    await expect.poll(placeOfCode).not.toEqual(before)
    await expect.poll(() => linked('z')).not.toBeNull()
    await button('Undo').click()
    await expect.poll(placeOfCode).toEqual(before)
  })

  it('shows the example under the pointer, and goes to its code', async () => {
    const id = await train({ latentDimension: 2 })
    await openMap(id)
    const near = page.getByTestId('neighbours').getByRole('button')
    await expect.poll(() => near.count()).toBe(6)
    await near.first().click()
    await expect.poll(nearest).toMatch(/ 0\.000 away$/)
    const name = /^Go to (test example \d+, class \d) /.exec(await nearest())?.[1] ?? ''
    const marker = (await page.getByTestId('map-marker').boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
    // Beside the marker, which is above the point.
    await page.mouse.move(marker.x + marker.width / 2 + 3, marker.y + marker.height / 2)
    await page.getByTestId('map-card').getByText(name).waitFor()
    await expect.poll(() => page.getByTestId('map-card').getByRole('img').count()).toBe(2)
  })

  it('has a marker that is dragged, and says where it is far from every code', async () => {
    const id = await train({ latentDimension: 2 })
    await openMap(id)
    const marker = (await page.getByTestId('map-marker').boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
    const box = await boxOf()
    await page.mouse.move(marker.x + 14, marker.y + 14)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
    await page.mouse.move(box.x + 4, box.y + 4)
    await page.mouse.up()
    await page.getByTestId('far-from-codes').waitFor()
    expect(await scale()).toBe(1)
    await button('Undo').click()
    await page.getByTestId('far-from-codes').waitFor({ state: 'detached' })
  })

  it('is worked with keys', async () => {
    const id = await train({ latentDimension: 2 })
    await openMap(id)
    await map().focus()
    const before = await placeOfCode()
    await page.keyboard.press('+')
    await expect.poll(scale).toBeCloseTo(1.5, 5)
    await page.keyboard.press('-')
    await expect.poll(scale).toBeCloseTo(1, 5)
    await page.keyboard.press('ArrowRight')
    expect(await placeOfCode()).toEqual(before)
    await page.keyboard.press('Shift+ArrowRight')
    await expect.poll(async () => (await placeOfCode())[0]).toBeGreaterThan(before[0] ?? 0)
    await page.keyboard.press('Enter')
    await expect.poll(nearest).toMatch(/ 0\.000 away$/)
    await button('Select what is in sight').press('Enter')
    await selected()
      .getByText(/^\d+ selected$/)
      .waitFor()
  })

  it('selects with a lasso, says what is in it, and makes a direction of it', async () => {
    const id = await train({ latentDimension: 2 })
    await openMap(id)
    const box = await boxOf()
    await button('Select with a lasso').click()
    const corners = [
      [0.02, 0.02],
      [0.98, 0.02],
      [0.98, 0.98],
      [0.02, 0.98],
    ].map(([across = 0, down = 0]) => [box.x + across * box.width, box.y + down * box.height] as const)
    await page.mouse.move(...(corners[0] ?? [0, 0]))
    await page.mouse.down()
    for (const corner of corners) await page.mouse.move(...corner)
    await page.mouse.up()
    await selected().getByText('200 selected').waitFor()
    await expect.poll(() => selected().getByRole('img', { name: 'Mean image of the selection' }).count()).toBe(1)
    expect(await selected().getByTestId('selection-classes').innerText()).toMatch(/^class \d: \d+ · /)
    await selected().getByText('Worst reconstructions').waitFor()
    const errors = await selected()
      .getByRole('button', { name: /^Go to test example/ })
      .evaluateAll((all) => all.map((one) => Number(/error ([\d.]+)/.exec(one.textContent)?.[1])))
    expect(errors).toHaveLength(6)
    expect(errors).toEqual(errors.toSorted((a, b) => b - a))
    // All of them have no direction from the mean of all; a class has.
    await page.getByRole('group', { name: 'Classes on the map' }).getByRole('button', { name: '1', exact: true }).dblclick()
    await expect.poll(() => linked('hide')).toBe('0_2_3_4_5_6_7_8_9')
    await button('Select what is in sight').click()
    await expect.poll(() => selected().getByTestId('selection-classes').innerText()).toMatch(/^class 1: \d+$/)
    await page.getByRole('textbox', { name: 'Name of the direction' }).fill('ones')
    await button('As direction').click()
    await page.getByRole('slider', { name: 'ones' }).waitFor()
    await selected().getByRole('button', { name: 'Clear' }).click()
    await selected().waitFor({ state: 'detached' })
  })

  it('is coloured by error and by cluster, and laid out by units, which the address keeps', async () => {
    const id = await train({ latentDimension: 4 })
    await openMap(id)
    const pixels = () =>
      map()
        .locator('canvas')
        .evaluate((node) => (node as HTMLCanvasElement).toDataURL())
    const byClass = await pixels()
    await page.getByLabel('Colour of the codes').selectOption('error')
    await page.getByText('Small errors to large ones').waitFor()
    await expect.poll(pixels).not.toBe(byClass)
    await page.getByLabel('Colour of the codes').selectOption('cluster')
    await page.getByText('Computing the colours').waitFor({ state: 'detached' })
    const byCluster = await pixels()
    expect(byCluster).not.toBe(byClass)
    await page.getByLabel('What the map lays codes out by').selectOption('units')
    await page.getByLabel('Dimension up').selectOption({ label: 'z4' })
    await expect.poll(() => linked('map')).toBe('z1-z4')
    await page.reload()
    await page.locator('[data-testid="code-map"][data-drawn]').waitFor()
    expect([await page.getByLabel('Dimension up').inputValue(), await page.getByLabel('Colour of the codes').inputValue()]).toEqual([
      '3',
      'cluster',
    ])
    await expect.poll(pixels).not.toBe(byCluster)
  })

  it('stays fitted to one epoch while others are played, until it is fitted anew', async () => {
    const id = await train({ latentDimension: 3, epochs: 3 })
    await openMap(id, '&epoch=1')
    const canvas = () =>
      map()
        .locator('canvas')
        .evaluate((node) => (node as HTMLCanvasElement).toDataURL())
    const first = await canvas()
    await page.getByText('Fitted to epoch 1.').waitFor()
    await button('Play the epochs').click()
    await expect.poll(() => page.getByTestId('epoch-scrubber').getAttribute('data-epoch')).toBe('3')
    await page.getByText('Codes of 200 test examples, epoch 3').waitFor()
    await expect.poll(canvas).not.toBe(first)
    const before = await canvas()
    await expect.poll(() => linked('fit')).toBe('1')
    await button('Fit to epoch 3').click()
    await page.getByText('Fitted to epoch 3.').waitFor()
    await expect.poll(() => linked('fit')).toBeNull()
    await expect.poll(canvas).not.toBe(before)
  })

  it('takes the whole screen, which Escape leaves', async () => {
    const id = await train({ latentDimension: 2 })
    await openMap(id)
    await button('Full screen').click()
    const panel = page.locator('[data-full]')
    await expect.poll(async () => (await panel.boundingBox())?.width).toBe(1280)
    await page.keyboard.press('Escape')
    await panel.waitFor({ state: 'detached' })
  })

  it('is pinched, dragged and pressed by fingers, on a phone', async () => {
    const id = await train({ latentDimension: 2 })
    await page.setViewportSize({ width: 390, height: 844 })
    const session = await page.context().newCDPSession(page)
    await session.send('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 2 })
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...points: [number, number][]) =>
      session.send('Input.dispatchTouchEvent', { type, touchPoints: points.map(([x, y], finger) => ({ x, y, id: finger })) })
    try {
      await openMap(id)
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
      await map().evaluate((node) => node.scrollIntoView({ block: 'center' }))
      const box = await boxOf()
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
      const before = await placeOfCode()
      await touch('touchStart', [x - 20, y], [x + 20, y])
      await touch('touchMove', [x - 40, y], [x + 40, y])
      await touch('touchMove', [x - 80, y], [x + 80, y])
      await touch('touchEnd')
      await expect.poll(scale).toBeGreaterThan(2)
      const ends = () => map().locator('[data-end="left"]').innerText()
      const left = await ends()
      await touch('touchStart', [x, y])
      await touch('touchMove', [x + 30, y])
      await touch('touchMove', [x + 90, y])
      await touch('touchEnd')
      await expect.poll(ends).not.toBe(left)
      expect(await placeOfCode()).toEqual(before)
      await touch('touchStart', [box.x + 30, box.y + 30])
      await touch('touchEnd')
      await expect.poll(placeOfCode).not.toEqual(before)
      await button('Select with a lasso').click()
      await touch('touchStart', [box.x + 2, box.y + 2])
      for (const corner of [
        [box.x + box.width - 2, box.y + 2],
        [box.x + box.width - 2, box.y + box.height - 2],
        [box.x + 2, box.y + box.height - 2],
      ] as const)
        await touch('touchMove', [...corner])
      await touch('touchEnd')
      await selected()
        .getByText(/^\d+ selected$/)
        .waitFor()
    } finally {
      await session.send('Emulation.setTouchEmulationEnabled', { enabled: false })
      await session.detach()
    }
  })
})

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
    await grid().scrollIntoViewIfNeeded()
    const box = (await grid().boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
    // Within the plane the grid stays, and the code moves.
    await page.mouse.click(box.x + box.width * 0.75, box.y + box.height * 0.25)
    await expect.poll(() => grid().evaluate((node) => Number(node.dataset.across))).toBeCloseTo(0.75, 2)
    expect(await grid().evaluate((node) => Number(node.dataset.up))).toBeCloseTo(0.75, 2)
    await expect.poll(() => linked('z')).not.toBeNull()
    expect(await pixels()).toBe(before)
    await grid().focus()
    await page.keyboard.press('ArrowLeft')
    await expect.poll(() => grid().evaluate((node) => Number(node.dataset.across))).toBeCloseTo(0.75 - 1 / 12, 2)
    // Out of the plane it is another grid.
    await page.getByTestId('direction-slider-2').press('End')
    await expect.poll(pixels).not.toBe(before)
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
    expect(await page.getByLabel('Grid across').inputValue()).toBe('z3')
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
    await button('Add the current code as a stop').click()
    await button('Random').click()
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
