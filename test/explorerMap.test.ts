import { describe, expect, it } from 'vitest'
import { button, linked, nearest, train, untilWhole, visit } from './harness/explorer.js'
import { byFingers } from './harness/fingers.js'
import { page, useLabPage } from './harness/labPage.js'

useLabPage({}, { keepsRuns: true })

describe('the map of the explorer', () => {
  const map = () => page.getByTestId('code-map')
  const placeOfCode = () => map().evaluate((node) => [Number(node.dataset.x), Number(node.dataset.y)])
  const scale = () => map().evaluate((node) => Number(node.dataset.scale))
  const boxOf = async () => (await map().boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  const selected = () => page.getByTestId('selection')
  /** Opens the map where all its parts are in sight. */
  const openMap = async (id: string, search = '') => {
    await visit(id, search)
    await untilWhole()
    // Below what sticks to the top of the page.
    await map().evaluate((node) => node.scrollIntoView({ block: 'end' }))
  }
  const pixels = () =>
    map()
      .locator('canvas')
      .evaluate((node) => (node as HTMLCanvasElement).toDataURL())

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
    const shownBefore = await pixels()
    await page.mouse.down()
    await page.mouse.move(x + 60, y + 40)
    await page.mouse.move(x + 120, y + 80)
    await page.mouse.up()
    await expect.poll(pixels).not.toBe(shownBefore)
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
    const [x, y] = [marker.x + marker.width / 2 + 3, marker.y + marker.height / 2]
    await expect
      .poll(async () => {
        await page.mouse.move(x, y + 40)
        await page.mouse.move(x, y)
        return page.getByTestId('map-card').getByText(name).isVisible()
      })
      .toBe(true)
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
    await expect.poll(scale).toBe(1)
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
    await expect.poll(() => selected().getByTestId('selection-classes').innerText()).toMatch(/^class \d: \d+ · /)
    await selected().getByText('Worst reconstructions').waitFor()
    const worst = selected().getByRole('button', { name: /^Go to test example/ })
    await expect.poll(() => worst.count()).toBe(6)
    const errors = await worst.evaluateAll((all) => all.map((one) => Number(/error ([\d.]+)/.exec(one.textContent)?.[1])))
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
    const byClass = await pixels()
    await page.getByLabel('Colour of the codes').selectOption('error')
    await page.getByText('Small errors to large ones').waitFor()
    await expect.poll(pixels).not.toBe(byClass)
    const byError = await pixels()
    await page.getByLabel('Colour of the codes').selectOption('cluster')
    await expect.poll(pixels).not.toBe(byError)
    await page.getByText('Computing the colours').waitFor({ state: 'detached' })
    await expect.poll(pixels).not.toBe(byClass)
    const byCluster = await pixels()
    await page.getByLabel('What the map lays codes out by').selectOption('units')
    await page.getByLabel('Dimension up').selectOption({ label: 'z4' })
    await expect.poll(() => linked('map')).toBe('z1-z4')
    await page.reload()
    await page.locator('[data-testid="code-map"][data-drawn]').waitFor()
    await expect.poll(() => page.getByLabel('Dimension up').inputValue()).toBe('3')
    await expect.poll(() => page.getByLabel('Colour of the codes').inputValue()).toBe('cluster')
    await expect.poll(pixels).not.toBe(byCluster)
  })

  it('stays fitted to one epoch while others are played, until it is fitted anew', async () => {
    const id = await train({ latentDimension: 3, epochs: 3 })
    await openMap(id, '&epoch=1')
    await page.getByText('Fitted to epoch 1.').waitFor()
    const first = await pixels()
    await button('Play the epochs').click()
    await expect.poll(() => page.getByTestId('epoch-scrubber').getAttribute('data-epoch')).toBe('3')
    await page.getByText('Codes of 200 test examples, epoch 3').waitFor()
    await expect.poll(pixels).not.toBe(first)
    const before = await pixels()
    await expect.poll(() => linked('fit')).toBe('1')
    await button('Fit to epoch 3').click()
    await page.getByText('Fitted to epoch 3.').waitFor()
    await expect.poll(() => linked('fit')).toBeNull()
    await expect.poll(pixels).not.toBe(before)
  })

  it('takes the whole screen, where epochs are played too, which Escape leaves', async () => {
    const id = await train({ latentDimension: 2, epochs: 3 })
    await openMap(id)
    await button('Full screen').click()
    const panel = page.locator('[data-full]')
    await expect.poll(async () => (await panel.boundingBox())?.width).toBe(1280)
    const epoch = panel.getByRole('slider', { name: /Epoch/ })
    await epoch.press('Home')
    await expect.poll(() => panel.getByText(/Codes of .*, epoch 1/).count()).toBe(1)
    await panel.getByRole('button', { name: /Play/ }).click()
    await expect.poll(() => panel.getByText(/Codes of .*, epoch 3/).count()).toBe(1)
    await epoch.press('Home')
    await page.keyboard.press('Escape')
    await panel.waitFor({ state: 'detached' })
    await expect.poll(() => linked('epoch')).toBe('1')
  })

  it('is pinched, dragged and pressed by fingers, on a phone', async () => {
    const id = await train({ latentDimension: 2 })
    await page.setViewportSize({ width: 390, height: 844 })
    await byFingers(async ({ down, move, up, tap }) => {
      await openMap(id)
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
      await map().evaluate((node) => node.scrollIntoView({ block: 'center' }))
      const box = await boxOf()
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
      const before = await placeOfCode()
      await down([x - 20, y], [x + 20, y])
      await move([x - 40, y], [x + 40, y])
      await move([x - 80, y], [x + 80, y])
      await up()
      await expect.poll(scale).toBeGreaterThan(2)
      const ends = () => map().locator('[data-end="left"]').innerText()
      const left = await ends()
      await down([x, y])
      await move([x + 30, y])
      await move([x + 90, y])
      await up()
      await expect.poll(ends).not.toBe(left)
      expect(await placeOfCode()).toEqual(before)
      await tap([box.x + 30, box.y + 30])
      await expect.poll(placeOfCode).not.toEqual(before)
      await button('Select with a lasso').click()
      await down([box.x + 2, box.y + 2])
      for (const corner of [
        [box.x + box.width - 2, box.y + 2],
        [box.x + box.width - 2, box.y + box.height - 2],
        [box.x + 2, box.y + box.height - 2],
      ] as const)
        await move([...corner])
      await up()
      await selected()
        .getByText(/^\d+ selected$/)
        .waitFor()
    })
  })
})
