import { describe, expect, it } from 'vitest'
import { byFingers } from './harness/fingers.js'
import { query } from './harness/lab.mjs'
import { lab, page, useLabPage } from './harness/labPage.js'
import { untilServerSays } from './harness/runs.js'

useLabPage()

const LAUNCH = 'mutation($input: LaunchRunInput!) { launchRun(input: $input) { id } }'

async function train(
  architecture: Record<string, unknown>,
  { name, data = {}, epochs = 1 }: { name: string; data?: object; epochs?: number },
) {
  const config = { data: { dataset: 'mnist', trainCount: 300, testCount: 200, ...data }, architecture, training: { epochs, batchSize: 50 } }
  const id: string = (await query(lab.url, LAUNCH, { input: { name, config } })).launchRun.id
  await untilServerSays(id, 'COMPLETED')
  return id
}
const small = () => train({ dense: { latentDimension: 2, hiddenWidths: [32] } }, { name: 'Small' })
const wide = () => train({ dense: { latentDimension: 16 } }, { name: 'Wide' })

const visit = (ids: readonly string[], search = '') => page.goto(`${lab.url}/latent?runs=${ids.join(',')}${search}`)
const lane = (name: string) => page.getByRole('region', { name: new RegExp(`^\\d+ ${name}$`) })
const button = (name: string) => page.getByRole('button', { name, exact: true })
const linked = (name: string) => new URL(page.url()).searchParams.get(name)
const ready = () => page.locator('[data-testid="across-lane"] [data-ready]')
const pixels = (name: string, image: string) =>
  lane(name)
    .getByRole('img', { name: image })
    .evaluate((node) => (node as HTMLCanvasElement).toDataURL())

/** Reads the table of errors: a row of texts for each run. */
async function errors(): Promise<readonly (readonly string[])[]> {
  const rows = page.getByTestId('across-errors').locator('tbody tr')
  return rows.evaluateAll((all) => all.map((row) => Array.from(row.children, (cell) => cell.textContent ?? '')))
}

describe('latent spaces side by side', () => {
  it('have the same image go through all runs in step, with their errors beside, which the address keeps', async () => {
    const ids = [await small(), await wide()]
    await visit(ids)
    await expect.poll(() => ready().count()).toBe(2)
    await expect
      .poll(async () => (await errors()).map(([run, error]) => [run?.replace(/^\d+ /, ''), Number(error) > 0]))
      .toEqual([
        ['Small', true],
        ['Wide', true],
      ])
    const before = [await pixels('Small', 'Reconstruction'), await pixels('Wide', 'Reconstruction')]
    await button('Next').click()
    await expect.poll(() => linked('example')).toBe('1')
    await expect
      .poll(async () => (await pixels('Small', 'Reconstruction')) !== before[0] && (await pixels('Wide', 'Reconstruction')) !== before[1])
      .toBe(true)

    const pad = page.getByTestId('draw-pad')
    const box = (await pad.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
    await page.mouse.move(box.x + 60, box.y + 50)
    await page.mouse.down()
    await page.mouse.move(box.x + 90, box.y + 200)
    await page.mouse.up()
    await expect.poll(() => linked('drawn')).not.toBeNull()
    await page.getByRole('slider', { name: 'Noise', exact: true }).press('PageUp')
    await button('Lower half').click()
    await expect.poll(() => lane('Wide').getByRole('img', { name: 'Filled in' }).count()).toBe(1)
    await expect.poll(async () => (await errors()).map((row) => row.length)).toEqual([6, 6])
    await expect.poll(() => [linked('noise'), linked('rubbed')].every((part) => part !== null)).toBe(true)
    await expect.poll(async () => (await errors()).flat().includes('–')).toBe(false)
    const all = await errors()
    await page.reload()
    await expect.poll(errors).toEqual(all)
  })

  it('have the same path and the same arithmetic go through all runs, each in its own space', async () => {
    const ids = [await small(), await wide()]
    await visit(ids, '&show=path&stops=0,3')
    const strip = (name: string) => lane(name).getByRole('img', { name: '7 images on the path through 2 examples' })
    await strip('Small').waitFor()
    await strip('Wide').waitFor()
    const place = () =>
      lane('Wide')
        .getByTestId('across-map')
        .evaluate((node) => `${node.dataset.x} ${node.dataset.y}`)
    await expect.poll(place).not.toContain('undefined')
    const start = await place()
    await page.getByRole('slider', { name: 'Place on the path' }).press('End')
    await expect.poll(() => linked('at')).toBe('100')
    await expect.poll(place).not.toBe(start)
    await button('Add a stop').click()
    await expect.poll(() => linked('stops')).toBe('0,3,4')
    await lane('Small').getByRole('img', { name: '13 images on the path through 3 examples' }).waitFor()
    await page.getByText('Spherical', { exact: true }).click()
    await expect.poll(() => linked('way')).toBe('spherical')

    await page.getByText('Arithmetic', { exact: true }).click()
    const field = page.getByRole('textbox', { name: 'Arithmetic' })
    await field.fill('[7] − mean 12')
    await field.press('Enter')
    await expect.poll(() => lane('Small').getByRole('alert').innerText()).toBe('There is no test example of class 12.')
    await field.fill('[7] − mean + mean')
    await button('Compute').click()
    await lane('Wide').getByRole('img', { name: 'Decoded result' }).waitFor()
    // What is added is taken away: it is the example itself.
    await expect.poll(() => linked('sum')).toBe('[7] − mean + mean')
    await page.reload()
    await lane('Small').getByRole('img', { name: 'Decoded result' }).waitFor()
  })

  it('go on without a run that is deleted, of another shape, or without a model, and say so', async () => {
    const [first, second] = [await small(), await wide()]
    const points = await train({ dense: { latentDimension: 1, hiddenWidths: [8] } }, { name: 'Points', data: { dataset: 'two-moons' } })
    await page.route('**/graphql', async (route) => {
      const response = await route.fetch()
      const text = await response.text()
      const isSecond = (route.request().postData() ?? '').includes(second)
      await route.fulfill({ response, body: isSecond ? text.replace(/"checkpoints":\[[^\]]*\]/g, '"checkpoints":[]') : text })
    })
    await visit([first, 'gone', points, second])
    await page.getByText('There is no run “gone”; it may have been deleted. The others go on.').waitFor()
    await page.getByText(/Points was trained on examples of another shape than 28 × 28(?: × 1)?, which \d+ Small has/).waitFor()
    await lane('Wide').getByText('No model of this run is kept: nothing can go through it.').waitFor()
    await expect.poll(() => ready().count()).toBe(1)
    await page.getByText('The others go on.').first().getByRole('button', { name: 'Take out' }).click()
    await expect.poll(() => linked('runs')).toBe([first, points, second].join(','))
  })

  it('are reached from the table’s selection and from Compare, by keys', async () => {
    const ids = [await small(), await wide()]
    await page.goto(`${lab.url}/compare?runs=${ids.join(',')}`)
    const link = page.getByRole('link', { name: 'Latent spaces' })
    await link.waitFor()
    await link.press('Enter')
    await page.waitForURL(/\/latent\?runs=/)
    await page.getByRole('heading', { name: 'Latent spaces of 2 runs' }).waitFor()
    await page.goto(`${lab.url}/runs`)
    for (const name of ['Small', 'Wide']) await page.getByRole('checkbox', { name: new RegExp(name) }).check()
    await page.getByTestId('selection').getByRole('link', { name: 'Latent spaces' }).click()
    await page.waitForURL(/\/latent\?runs=/)
    await expect.poll(() => ready().count()).toBe(2)
  })

  it('say what to do where no run is named', async () => {
    await page.goto(`${lab.url}/latent`)
    await page.getByText('Select up to 6 runs in the table').waitFor()
    expect(await page.getByRole('link', { name: 'Choose runs' }).getAttribute('href')).toBe('/runs')
  })

  it('fit a phone, where a finger draws', async () => {
    const id = await small()
    await page.setViewportSize({ width: 390, height: 844 })
    await byFingers(async ({ down, move, up }) => {
      await visit([id])
      await expect.poll(() => ready().count()).toBe(1)
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
      const pad = page.getByTestId('draw-pad')
      await pad.evaluate((node) => node.scrollIntoView({ block: 'center' }))
      const box = (await pad.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
      await down([box.x + 60, box.y + 60])
      await move([box.x + 100, box.y + 160])
      await up()
      await expect.poll(() => linked('drawn')).not.toBeNull()
    })
  })
})
