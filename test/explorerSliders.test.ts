import { describe, expect, it } from 'vitest'
import { button, dimensionsOf, linked, train, typed, unit, untilWhole, visit } from './harness/explorer.js'
import { lab, page, useLabPage } from './harness/labPage.js'

useLabPage({}, { keepsRuns: true })

describe('the sliders of the explorer', () => {
  it('are undone and done again, by buttons and by keys, a drag as one step', async () => {
    const id = await train()
    await visit(id)
    await unit(0).waitFor()
    const [first] = await dimensionsOf(id)
    const mean = (first?.mean ?? 0).toFixed(3)
    await expect.poll(() => typed(0).inputValue()).toBe(mean)
    expect(await button('Undo').isDisabled()).toBe(true)
    await untilWhole()

    const box = (await unit(0).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
    const [left, middle] = [box.x + 8, box.y + box.height / 2]
    await page.mouse.move(left + 20, middle)
    await page.mouse.down()
    await page.mouse.move(left + 40, middle)
    await page.mouse.move(box.x + box.width - 1, middle)
    await page.mouse.up()
    const dragged = (first?.maximum ?? 0).toFixed(3)
    await expect.poll(() => typed(0).inputValue()).toBe(dragged)
    await unit(1).press('End')
    await expect.poll(() => linked('z')).toContain('1_')

    await page.keyboard.press('Control+z')
    await expect.poll(() => linked('z')).not.toContain('1_')
    await expect.poll(() => typed(0).inputValue()).toBe(dragged)
    await button('Undo').click()
    await expect.poll(() => typed(0).inputValue()).toBe(mean)
    await expect.poll(() => linked('z')).toBeNull()
    await button('Redo').click()
    await expect.poll(() => typed(0).inputValue()).toBe(dragged)
    await page.keyboard.press('Control+Shift+z')
    await expect.poll(() => linked('z')).toContain('1_')
    await expect.poll(() => button('Redo').isDisabled()).toBe(true)
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
    await expect.poll(() => page.getByLabel('Order of the sliders').inputValue()).toBe('variation')
    await expect.poll(() => typed(3).inputValue()).toBe('-2.000')
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
    await expect.poll(ends).toEqual([minimum, maximum])
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
    await expect.poll(() => page.getByRole('group', { name: 'Latent dimensions', exact: true }).getByRole('slider').count()).toBe(13)
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
    await expect.poll(() => typed(0).inputValue()).toBe(before)
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
