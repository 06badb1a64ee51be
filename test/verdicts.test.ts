import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { query } from './harness/lab.mjs'
import { lab, page, useLabPage } from './harness/labPage.js'
import { ENDLESS } from './harness/runs.js'
import { saveFigure } from './harness/saveFigure.js'

useLabPage({ HOURGLASS_ANALYSIS: '1' })

const LAUNCH = `mutation ($id: ID!, $overrides: PresetOverrides) {
  launchPreset(id: $id, overrides: $overrides) { id experiment { id } }
}`
const launch = async (id: string, overrides: object): Promise<{ id: string; experiment: { id: string } }> =>
  (await query(lab.url, LAUNCH, { id, overrides })).launchPreset
const verdict = (claim: string) => page.locator(`[data-claim="${claim}"]`)
const kindOf = (claim: string) => verdict(claim).getAttribute('data-kind')

describe('what is expected of an experiment', () => {
  it('stands above its figure with what is still awaited, then with what was found, and goes along with its numbers', async () => {
    const { id, experiment } = await launch('two-moons', { epochs: ENDLESS, seed: 1 })
    await page.goto(`${lab.url}/experiments/${experiment.id}`)
    await expect.poll(() => kindOf('curve')).toBe('NOT_JUDGED')
    await expect
      .poll(() => verdict('curve').innerText())
      .toMatch(/A curve fits far better than PCA’s line.*\s*Cannot be judged yet: 1 of 1 is awaited/)
    const order = await page.locator('h2').allInnerTexts()
    expect(order.indexOf('Expected and found')).toBeLessThan(order.indexOf('Reconstructions'))

    await query(lab.url, 'mutation($id: ID!) { stopRun(id: $id) { id } }', { id })
    await expect.poll(() => verdict('curve').innerText()).toMatch(/Cannot be judged: z = 1, seed 1: was stopped before its last epoch/)
  })

  it('is said not to hold where it does not, live as the run ends', async () => {
    const { experiment } = await launch('two-moons', { epochs: 1, seed: 1 })
    await page.goto(`${lab.url}/experiments/${experiment.id}`)
    await expect.poll(() => kindOf('curve')).toBe('DOES_NOT_HOLD')
    const found = await verdict('curve').locator('p').nth(1).innerText()
    expect(found).toMatch(
      /^Does not hold for z = 1, seed 1: MSE [\d.]+ against [\d.]+ \(PCA\), [\d.]+ times as much \(expected below 0\.3\)\.$/,
    )

    const section = page.locator('section').filter({ has: page.locator('#experiment-figure') })
    const download = await saveFigure(section.getByRole('button', { name: /^Download/ }), /CSV/)
    const lines = (await readFile(await download.path(), 'utf8')).split(/\r?\n/).filter((line) => line.startsWith('#'))
    expect(lines).toContainEqual(expect.stringContaining(`Found: ${found}`))
  })
})
