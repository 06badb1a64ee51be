import { describe, expect, it } from 'vitest'
import { query } from './harness/lab.mjs'
import { lab, page, useLabPage } from './harness/labPage.js'
import { openPage } from './harness/openPage.js'
import { untilServerSays } from './harness/runs.js'

useLabPage()

const LAUNCH = 'mutation($input: LaunchRunInput!) { launchRun(input: $input) { id number } }'
const LOSS = 'query($id: ID!) { run(id: $id) { summary { validationLoss } } }'

interface Launched {
  readonly id: string
  readonly number: number
}

/** Trains autoencoders of a few MNIST images, one for each code size and seed. */
async function train(runs: readonly (readonly [size: number, seed: number])[], epochs = 3): Promise<Launched[]> {
  const launched: Launched[] = []
  for (const [latentDimension, seed] of runs) {
    const config = {
      data: { dataset: 'mnist', trainCount: 300, testCount: 100 },
      architecture: { dense: { latentDimension } },
      training: { epochs, batchSize: 100, seed },
    }
    launched.push((await query(lab.url, LAUNCH, { input: { name: `z = ${latentDimension}`, config } })).launchRun)
  }
  for (const { id } of launched) await untilServerSays(id, 'COMPLETED')
  return launched
}

const address = (runs: readonly Launched[], search = '') => `${lab.url}/compare?runs=${runs.map(({ id }) => id).join(',')}${search}`
const table = () => page.getByRole('table', { name: 'Comparison' })
const lossOf = async ({ id }: Launched) => (await query(lab.url, LOSS, { id })).run.summary.validationLoss as number

describe('runs that are compared', () => {
  it('have the best value of a row marked, are set against a baseline, and narrowed by what is brushed, all of it in the address', async () => {
    const runs = await train([
      [2, 1],
      [4, 1],
      [16, 1],
    ])
    await page.goto(address(runs, '&curves=validationLoss,peakSignalToNoiseRatio'))
    await table().waitFor()
    await expect.poll(() => page.getByTestId('line-chart').count()).toBe(2)
    const losses = await Promise.all(runs.map(lossOf))
    const best = losses.indexOf(Math.min(...losses))
    const cells = table().locator('tr[data-row="validationLoss"] td')
    await expect
      .poll(async () => (await cells.allInnerTexts()).map((text) => text.includes('best')))
      .toEqual(losses.map((_, index) => index === best))

    await page.getByLabel('Baseline').selectOption(runs[0]?.id ?? '')
    await expect.poll(() => cells.nth(1).innerText()).toMatch(/[+−]\d\S* \([+−]\d+(\.\d)? %\)/)
    expect(await cells.nth(0).innerText()).not.toMatch(/%/)
    await expect.poll(() => page.url()).toContain(`baseline=${runs[0]?.id}`)

    await page.getByRole('button', { name: 'Narrow Code size' }).click()
    await page.getByRole('textbox', { name: 'From' }).fill('4')
    await expect.poll(() => cells.count()).toBe(2)
    await expect.poll(() => page.getByTestId('image-comparison').getByRole('img').count()).toBe(3)
    await expect.poll(() => page.url()).toContain('brush=architecture.latentDimension~4~16')
    const elsewhere = await openPage()
    await elsewhere.goto(page.url())
    await expect.poll(() => elsewhere.locator('tr[data-row="validationLoss"] td').count()).toBe(2)
    await elsewhere.close()
  })

  it('stand together where they differ in their seeds alone, with the mean and its spread', async () => {
    const runs = await train([
      [2, 1],
      [2, 2],
      [8, 1],
      [8, 2],
    ])
    await page.goto(address(runs))
    await table().waitFor()
    await page.getByLabel('Group by').selectOption('All settings but the seed')
    const cells = table().locator('tr[data-row="validationLoss"] td')
    await expect.poll(() => cells.count()).toBe(2)
    const [one = 0, other = 0] = await Promise.all(runs.slice(0, 2).map(lossOf))
    const [text = ''] = await cells.allInnerTexts()
    expect(Number(text.split(' ± ')[0])).toBeCloseTo((one + other) / 2, 4)
    expect(Number.parseFloat(text.split(' ± ')[1] ?? '')).toBeCloseTo(Math.abs(one - other) / Math.SQRT2, 3)
    await expect.poll(() => page.getByRole('list', { name: 'Lines' }).getByRole('listitem').count()).toBe(2)
  })

  it('show what each makes of the same images, those that differ most first, after the epoch that one slider chooses', async () => {
    const runs = await train(
      [
        [1, 1],
        [32, 1],
      ],
      4,
    )
    await page.goto(address(runs, '&epoch=2'))
    const images = page.getByTestId('image-comparison').getByRole('img')
    await expect.poll(() => images.count()).toBe(3)
    await expect.poll(() => page.getByTestId('image-comparison').getByText('epoch 2').count()).toBe(2)
    const labels = await images.evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label')?.split('of ').at(-1)))
    expect(new Set(labels).size).toBe(1)
    const differences = () =>
      page.getByTestId('image-comparison').evaluate((section) => {
        const [, first, second] = [...section.querySelectorAll('[role="img"]')].map((row) => [...row.querySelectorAll('canvas')])
        const pixels = (canvas: HTMLCanvasElement | undefined) =>
          canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
        return (first ?? []).map((canvas, index) => {
          const [one, other] = [pixels(canvas), pixels(second?.[index])]
          return Array.from(one).reduce((sum, value, place) => sum + (value - (other[place] ?? 0)) ** 2, 0)
        })
      })
    // Images are drawn one after another.
    await expect.poll(async () => Math.min(...(await differences()))).toBeGreaterThan(0)
    const drawn = await differences()
    expect(drawn.length).toBeGreaterThan(4)
    expect(drawn).toEqual([...drawn].sort((a, b) => b - a))
    await page.getByRole('slider', { name: 'Epoch' }).press('End')
    await expect.poll(() => page.getByTestId('image-comparison').getByText('epoch 4').count()).toBe(2)
  })

  it('are made out everywhere on the page while the pointer is over one, and look different from each other', async () => {
    const runs = await train(
      Array.from({ length: 11 }, () => [2, 1] as const),
      1,
    )
    const [first, last] = [runs[0], runs.at(-1)]
    if (!first || !last) throw new Error('expected runs')
    expect((last.number - first.number) % 10).toBe(0)
    await page.goto(address(runs))
    await table().waitFor()
    const swatches = page.getByRole('list', { name: 'Lines' }).locator('svg')
    await expect.poll(() => swatches.count()).toBe(11)
    const looks = await swatches.evaluateAll((icons) =>
      icons.map((icon) => `${getComputedStyle(icon).color} ${icon.querySelector('line')?.getAttribute('stroke-dasharray')}`),
    )
    expect(new Set(looks).size).toBe(11)
    const row = table()
      .getByRole('row')
      .filter({ hasText: `#${runs[2]?.number} ` })
    // The list may move below the pointer while the rest of the page arrives.
    await expect
      .poll(async () => {
        await page.mouse.move(0, 0)
        await page.getByRole('list', { name: 'Lines' }).getByRole('button').nth(2).hover()
        return row.getAttribute('data-highlighted')
      })
      .toBe('true')
  })
})
