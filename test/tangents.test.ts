import { describe, expect, it } from 'vitest'
import { byFingers } from './harness/fingers.js'
import { query } from './harness/lab.mjs'
import { lab, page, useLabPage } from './harness/labPage.js'
import { untilServerSays } from './harness/runs.js'

useLabPage()

const LAUNCH = 'mutation($input: LaunchRunInput!) { launchRun(input: $input) { id } }'
const DECODE = 'query($id: ID!, $codes: [[Float!]!]!) { decode(runId: $id, codes: $codes) }'

async function open(config: Record<string, unknown>): Promise<string> {
  const whole = { training: { epochs: 1, batchSize: 50 }, ...config }
  const id = (await query(lab.url, LAUNCH, { input: { config: whole } })).launchRun.id
  await untilServerSays(id, 'COMPLETED')
  await page.goto(`${lab.url}/runs/${id}?tab=latent`)
  await page.locator('#run-tangents').waitFor()
  await page.locator('#run-tangents').scrollIntoViewIfNeeded()
  await list().waitFor()
  return id
}

const list = () => page.getByTestId('tangents')
const slider = (number: number) => page.getByRole('slider', { name: `Tangent ${number}`, exact: true })
const button = (name: string) => page.getByRole('button', { name, exact: true })
const code = async () => {
  const fields = page.getByLabel(/^Dimension \d+, exact value$/)
  return Promise.all((await fields.all()).map(async (field) => Number(await field.inputValue())))
}
const mnist = { data: { dataset: 'mnist', trainCount: 300, testCount: 200 } }

describe('the tangents at the present code', () => {
  it('are images, the strongest first, along which sliders move the code on the decoder’s surface', async () => {
    const id = await open({ ...mnist, architecture: { dense: { latentDimension: 4 } } })
    await expect.poll(() => list().locator('canvas').count()).toBe(4)
    const stretches = (await list().innerText()).match(/by [\d.]+/g)?.map((text) => Number(text.slice(3))) ?? []
    expect(stretches).toHaveLength(4)
    expect(stretches).toEqual(stretches.toSorted((a, b) => b - a))
    await expect.poll(() => slider(1).isEnabled()).toBe(true)
    const before = await code()
    await slider(1).press('End')
    await expect.poll(code).not.toEqual(before)
    const end = await code()
    // Which tangents are taken stays while a slider goes along one of them.
    await slider(1).press('Home')
    await expect.poll(code).not.toEqual(end)
    const start = await code()
    const [first, middle, last] = (await query(lab.url, DECODE, { id, codes: [start, before, end] })).decode
    const distance = (a: number[], b: number[]) => Math.hypot(...a.map((value, at) => value - (b[at] ?? 0)))
    // As far to one side as to the other.
    expect(distance(first, middle) / distance(last, middle)).toBeGreaterThan(0.5)
    expect(distance(first, middle) / distance(last, middle)).toBeLessThan(2)
    await button('Undo').click()
    await expect.poll(code).toEqual(end)
    await button('Take the tangents at the present code').click()
    await expect
      .poll(async () => slider(1).evaluate((node) => Number((node as HTMLInputElement).value) / Number((node as HTMLInputElement).max)))
      .toBeCloseTo(0.5, 1)
  })

  it('are taken anew where the code is moved otherwise', async () => {
    await open({ ...mnist, architecture: { dense: { latentDimension: 3, hiddenWidths: [16] } } })
    const before = await list().innerText()
    await button('Random').click()
    await expect.poll(() => list().innerText()).not.toBe(before)
  })

  it('of long codes are computed when they are asked for', async () => {
    const config = { ...mnist, architecture: { dense: { latentDimension: 200 } } }
    const id = (await query(lab.url, LAUNCH, { input: { config: { training: { epochs: 1, batchSize: 50 }, ...config } } })).launchRun.id
    await untilServerSays(id, 'COMPLETED')
    await page.goto(`${lab.url}/runs/${id}?tab=latent`)
    await button('Compute the tangents: a product for each of 200 units').click()
    await expect.poll(() => list().locator('canvas').count()).toBe(8)
  })

  it('are drawn over the plane with the vector field, of points', async () => {
    await open({ data: { dataset: 'two-moons' }, architecture: { dense: { latentDimension: 1, hiddenWidths: [16] } } })
    await page.getByTestId('tangent-plane').waitFor()
    await page.getByText(/^r\(x\) − x, the longest [\d.]+/).waitFor()
    await expect.poll(() => slider(1).isEnabled()).toBe(true)
    const before = await code()
    await slider(1).press('End')
    await expect.poll(code).not.toEqual(before)
  })

  it('are walked along by a finger, on a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await open({ ...mnist, architecture: { dense: { latentDimension: 2 } } })
    await byFingers(async ({ down, move, up }) => {
      await expect.poll(() => slider(1).isEnabled()).toBe(true)
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
      await slider(1).evaluate((node) => node.scrollIntoView({ block: 'center' }))
      const before = await code()
      const box = (await slider(1).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
      const [middle, height] = [box.x + box.width / 2, box.y + box.height / 2]
      await down([middle, height])
      await move([middle + 20, height])
      await move([middle + 60, height])
      await up()
      await expect.poll(code).not.toEqual(before)
    })
  })
})
