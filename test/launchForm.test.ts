import { describe, expect, it } from 'vitest'
import { figureEpochs } from './harness/experiments.js'
import { query } from './harness/lab.mjs'
import { lab, page, useLabPage } from './harness/labPage.js'
import { namesWithoutTerm } from './harness/terms.js'

useLabPage()

describe('the launch form', () => {
  it('shows each mistake beside its field, launches nothing and keeps what was typed', async () => {
    await page.goto(`${lab.url}/new`)
    await page.getByLabel('Code size').fill('1000000')
    await page.getByLabel('Training examples').fill('60001')
    await page.getByLabel('Epochs', { exact: true }).fill('-1')
    await page.getByLabel('Learning rate').fill('NaN')
    await page.getByRole('button', { name: 'Launch run' }).click()
    for (const [field, typed] of [
      ['Code size', '1000000'],
      ['Training examples', '60001'],
      ['Epochs', '-1'],
      ['Learning rate', 'NaN'],
    ] as const) {
      const input = page.getByLabel(field, { exact: true })
      await expect.poll(() => input.getAttribute('aria-invalid')).toBe('true')
      expect(await input.inputValue()).toBe(typed)
    }
    await expect.poll(() => page.getByText(/code size must be .*1.*4096/i).count()).toBeGreaterThan(0)
    await expect.poll(() => page.getByText(/training examples must be at most 60000/i).count()).toBeGreaterThan(0)
    await page.reload()
    await expect.poll(() => page.getByLabel('Code size').inputValue()).toBe('1000000')
    const { runs } = await query(lab.url, '{ runs { totalCount } }')
    expect(runs.totalCount).toBe(0)
  })

  it('says what an optimizer has no use for, and in which steps it trains', async () => {
    await page.goto(`${lab.url}/new?preset=pca`)
    const form = page.getByRole('form', { name: 'New run' })
    const summary = page.getByRole('complementary', { name: 'Summary' })
    await form.getByText('1: the optimum is solved for in a single step.').waitFor()
    await form.getByText('Not used: each step looks at all training examples.').waitFor()
    expect(await page.getByLabel('Epochs', { exact: true }).count()).toBe(0)
    expect(await page.getByLabel('Batch size').count()).toBe(0)
    await expect.poll(() => summary.innerText()).toMatch(/Steps in all\s*1, over all examples/)
    expect(await summary.innerText()).not.toContain('Steps per epoch')

    await page.getByText('L-BFGS', { exact: true }).click()
    await expect.poll(() => summary.innerText()).toMatch(/Iterations per epoch\s*10, over all examples/)
    await page.getByLabel('Epochs', { exact: true }).fill('3')
    await expect.poll(() => summary.innerText()).toMatch(/Iterations in all\s*30/)
    expect(await page.getByLabel('Batch size').count()).toBe(0)

    await page.getByText('Adam', { exact: true }).click()
    await page.getByLabel('Batch size').fill('100')
    for (const advanced of await page.getByRole('button', { name: /^Advanced/ }).all()) await advanced.click()
    await expect.poll(() => namesWithoutTerm(page)).toEqual([])
    await expect.poll(() => summary.innerText()).toMatch(/Steps per epoch\s*550\s*Steps in all\s*1,650/)
  })
})

describe('the engines of the launch form', () => {
  it('say why one cannot be chosen, and how to get it', async () => {
    const { engines } = await query(lab.url, '{ engines { name available reason } }')
    await page.goto(`${lab.url}/new`)
    await page.getByRole('button', { name: /^Advanced.*engine/ }).click()
    const missing = engines.filter(({ available }: { available: boolean }) => !available)
    for (const { reason } of missing) await page.getByText(reason.replace(/^engine \w+: /, '').slice(0, 60)).waitFor()
    await page.getByRole('combobox', { name: 'Engine' }).click()
    const disabled = page.locator('[role="option"][data-combobox-disabled]:visible')
    await expect.poll(() => disabled.count()).toBe(missing.length)
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
    const labels = async () =>
      (await page.locator('[data-testid="figure-row"] a[href^="/runs/"]').allInnerTexts()).map((label) => label.trim())
    await expect.poll(labels).toEqual(['Code size = 2', 'Code size = 8', 'Code size = 32'])
  })

  it('over two settings is searched by successive halving, rung by rung, and stands in the link', async () => {
    await page.goto(`${lab.url}/new?vary=architecture.latentDimension:list:2:8;optimizer.learningRate:log:0.0001:0.01:2&first=1&eta=2`)
    await page.getByLabel('Training examples').fill('500')
    await page.getByLabel('Epochs', { exact: true }).fill('3')
    await expect
      .poll(() => page.getByTestId('rungs').innerText())
      .toBe('4 runs for 1 epoch, the best 2 up to 2, the best up to 3: 7 epochs in place of 12.')
    await page.getByRole('textbox', { name: 'Seeds' }).fill('2')
    await page
      .getByRole('alert')
      .getByText(/A search ranks single runs/)
      .waitFor()
    await page.getByRole('textbox', { name: 'Seeds' }).fill('')
    await page.getByRole('button', { name: 'Launch 4 runs' }).click()
    await page.waitForURL(/\/experiments\/[^/?]+$/)
    await expect.poll(() => page.getByRole('heading', { level: 1 }).innerText()).toBe('Code size and learning rate sweep on MNIST')
    await expect.poll(() => page.getByTestId('search-state').innerText()).toMatch(/^The search is over\..* 7 of 7 epochs used/)
    const rows = () => page.getByRole('table', { name: 'Rungs of the search' }).locator('tbody tr').allInnerTexts()
    await expect
      .poll(rows)
      .toEqual([
        expect.stringMatching(/goes on, \d of 4[\s\S]*goes on, 1 of 2[\s\S]*finished, 1 of 1/),
        expect.anything(),
        expect.anything(),
        expect.stringMatching(/dropped, 4 of 4/),
      ])
    const { runs } = await query(lab.url, '{ runs(first: 4) { nodes { label epochs: summary { epochsCompleted } } } }')
    expect(runs.nodes.map(({ epochs }: { epochs: { epochsCompleted: number } }) => epochs.epochsCompleted).toSorted()).toEqual([1, 1, 2, 3])
  })
})
