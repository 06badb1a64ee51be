import { describe, expect, it } from 'vitest'
import { byFingers } from './harness/fingers.js'
import { query } from './harness/lab.mjs'
import { lab, page, useLabPage } from './harness/labPage.js'
import { untilServerSays } from './harness/runs.js'

useLabPage()

const LAUNCH = 'mutation($input: LaunchRunInput!) { launchRun(input: $input) { id } }'

/** Trains a run on few images, of which an epoch keeps the codes of the test examples alone. */
async function train(latentDimension = 2): Promise<string> {
  const config = {
    data: { dataset: 'mnist', trainCount: 700, validationCount: 100, testCount: 200 },
    architecture: { dense: { latentDimension } },
    training: { epochs: 2, batchSize: 50 },
  }
  const id = (await query(lab.url, LAUNCH, { input: { config } })).launchRun.id
  await untilServerSays(id, 'COMPLETED')
  return id
}

const visit = async (id: string, search = '') => {
  await page.goto(`${lab.url}/runs/${id}?tab=latent${search}`)
  await page.locator('[data-testid="code-map"][data-drawn]').waitFor()
  await page.locator('[data-testid="decoded-image"][data-ready]').waitFor()
}
const map = () => page.getByTestId('code-map')
const pixels = () =>
  map()
    .locator('canvas')
    .evaluate((node) => (node as HTMLCanvasElement).toDataURL())
const placeOfCode = () => map().evaluate((node) => [Number(node.dataset.x), Number(node.dataset.y)])
const linked = (name: string) => new URL(page.url()).searchParams.get(name)
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })
const choose = (of: string) => page.getByLabel('Examples on the map').selectOption(of)

describe('the map of all examples', () => {
  it('shows them by places that the lab computes, and comes back from its address', async () => {
    const id = await train()
    await visit(id)
    await page.getByText('Codes of 200 test examples, epoch 2').waitFor()
    const before = await pixels()
    const loaded: string[] = []
    page.on('request', (request) => loaded.push(request.url()))
    await choose('all')
    await page.getByText('Codes of all 1,000 examples, epoch 2').waitFor()
    await expect.poll(pixels).not.toBe(before)
    expect(loaded.filter((url) => /places\.safetensors/.test(url))).toHaveLength(1)
    // Places, not codes.
    expect(loaded.filter((url) => /codes\.safetensors/.test(url))).toEqual([])
    await expect.poll(() => linked('of')).toBe('all')
    await page.getByLabel('Colour of the codes').selectOption('error')
    await page.getByText('Small errors to large ones').waitFor()
    await page.reload()
    await page.getByText('Codes of all 1,000 examples, epoch 2').waitFor()
    await choose('kept')
    await page.getByText('Codes of 200 test examples, epoch 2').waitFor()
  })

  it('goes to the code of one that the page does not hold, which is encoded here', async () => {
    const id = await train()
    await visit(id, '&of=all')
    await page.getByText('Codes of all 1,000 examples, epoch 2').waitFor()
    const before = await placeOfCode()
    const box = (await map().boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
    await map().evaluate((node) => node.scrollIntoView({ block: 'end' }))
    await map().press('Enter')
    await expect.poll(placeOfCode).not.toEqual(before)
    expect(box.width).toBeGreaterThan(0)
    await expect.poll(() => linked('z')).not.toBeNull()
  })

  it('selects among them, says what they have in common, and finds clusters of them', async () => {
    const id = await train()
    await visit(id, '&of=all')
    await page.getByText('Codes of all 1,000 examples, epoch 2').waitFor()
    await button('Select what is in sight').click()
    const selection = page.getByTestId('selection')
    await selection.getByText('1,000 selected').waitFor()
    await selection.getByRole('img', { name: 'Mean image of the selection' }).waitFor()
    expect(await selection.getByTestId('selection-classes').innerText()).toMatch(/^class \d: \d+ · /)
    await selection
      .getByRole('button', { name: /^Go to (test|training|validation) example/ })
      .first()
      .waitFor()
    await page.getByLabel('Number of clusters').fill('4')
    await button('As data for k-means').click()
    await page.getByText('4 clusters of 1,000 codes').waitFor()
    expect(await page.getByLabel('Colour of the codes').inputValue()).toBe('cluster')
    const before = await placeOfCode()
    await button('Go to the centre of cluster 1').press('Enter')
    await expect.poll(placeOfCode).not.toEqual(before)
    await page
      .getByTestId('clusters')
      .getByRole('button', { name: /^Select its/ })
      .first()
      .click()
    await expect.poll(async () => Number((await selection.getByText(/selected$/).innerText()).split(' ')[0])).toBeLessThan(1000)
    const selected = await selection.getByText(/selected$/).innerText()
    // What is selected is in the address, and so are directions that were made of it.
    await page.getByRole('textbox', { name: 'Name of the direction' }).fill('first cluster')
    await button('As direction').click()
    await page.getByRole('slider', { name: 'first cluster' }).waitFor()
    await expect.poll(() => linked('towards')).not.toBeNull()
    await page.reload()
    await selection.getByText(selected).waitFor()
    await page.getByRole('slider', { name: 'first cluster' }).waitFor()
  })

  it('says what is the matter where codes cannot be computed, and goes on', async () => {
    const id = await train()
    await page.route('**/places.safetensors*', (route) => route.fulfill({ status: 503, json: { errors: [{ message: 'busy' }] } }))
    await visit(id, '&of=all')
    const alert = page.getByRole('alert').filter({ hasText: 'Their codes cannot be had' })
    await alert.waitFor()
    await page.unroute('**/places.safetensors*')
    await alert.getByRole('button', { name: 'Try again' }).click()
    await page.getByText('Codes of all 1,000 examples, epoch 2').waitFor()
  })
})

describe('the examples of the explorer', () => {
  const examples = () => page.getByTestId('examples').getByRole('button')
  const names = () => examples().evaluateAll((all) => all.map((one) => (one.textContent ?? '').replace(/\s+/g, ' ')))

  it('are reached by their number, by class and by error', async () => {
    const id = await train()
    await visit(id)
    await expect.poll(() => examples().count()).toBe(12)
    await page.getByLabel('Examples of').selectOption('training')
    await page.getByTestId('examples-page').getByText('1 to 12 of 700').waitFor()
    await page.getByLabel('Number of the example').fill('699')
    await page.getByTestId('examples-page').getByText('697 to 700 of 700').waitFor()
    await expect.poll(async () => (await names()).at(-1)).toContain('training example 699')
    const before = await placeOfCode()
    await examples().last().press('Enter')
    await expect.poll(placeOfCode).not.toEqual(before)

    await page.getByLabel('Order of the examples').selectOption('worst')
    await expect.poll(async () => (await names())[0]).toMatch(/error/)
    const errors = (await names()).map((name) => Number(/error ([\d.]+)/.exec(name)?.[1]))
    expect(errors).toEqual(errors.toSorted((a, b) => b - a))
    await page.getByLabel('Class of the examples').selectOption('7')
    await expect.poll(async () => (await names()).every((name) => /class 7/.test(name))).toBe(true)
    await button('Examples after').click()
    await page
      .getByTestId('examples-page')
      .getByText(/^13 to 24 of/)
      .waitFor()
  })

  it('are turned and pressed by fingers, on a phone', async () => {
    const id = await train()
    await page.setViewportSize({ width: 390, height: 844 })
    await byFingers(async (fingers) => {
      const tap = async (what: ReturnType<typeof button>) => {
        await what.scrollIntoViewIfNeeded()
        const { x, y, width, height } = (await what.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
        await fingers.tap([x + width / 2, y + height / 2])
      }
      await visit(id)
      await tap(button('Examples after'))
      await page.getByTestId('examples-page').getByText('13 to 24 of 200').waitFor()
      await expect.poll(() => examples().count()).toBe(12)
      const before = await placeOfCode()
      await tap(examples().first())
      await expect.poll(placeOfCode).not.toEqual(before)
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
    })
  })
})
