import { describe, expect, it } from 'vitest'
import { query } from './harness/lab.mjs'
import { lab, page, useLabPage } from './harness/labPage.js'
import { untilServerSays } from './harness/runs.js'

useLabPage()

const LAUNCH = 'mutation($input: LaunchRunInput!) { launchRun(input: $input) { id } }'

/** Trains an autoencoder of a few MNIST images. */
async function train(name: string, latentDimension: number, optimizer: Record<string, unknown> = { adam: {} }): Promise<void> {
  const config = {
    data: { dataset: 'mnist', trainCount: 200, testCount: 100 },
    architecture: { dense: { latentDimension } },
    optimizer,
    training: { epochs: 1, batchSize: 100 },
  }
  const { launchRun } = await query(lab.url, LAUNCH, { input: { name, config } })
  await untilServerSays(launchRun.id, 'COMPLETED')
}

const field = () => page.getByRole('combobox', { name: 'Search runs' }).or(page.getByRole('searchbox', { name: 'Search runs' }))
const names = async () => (await page.getByTestId('runs-table').locator('tbody a').allInnerTexts()).map((text) => text.split('\n').at(-1))

describe('runs are asked for', () => {
  it('by any setting and word, in any case; what is no query is told where it is wrong and changes nothing', async () => {
    await train('Übergröße', 4)
    await train('klein', 2)
    await train('sgd', 4, { sgd: {} })
    await page.goto(`${lab.url}/runs`)
    await expect.poll(names).toEqual(['sgd', 'klein', 'Übergröße'])

    await field().fill('z >= 4 and optimizer = adam')
    await expect.poll(names).toEqual(['Übergröße'])
    await expect.poll(() => page.url()).toContain('q=')
    await field().fill('übergrösse or übergröße')
    await expect.poll(names).toEqual(['Übergröße'])

    await field().fill('z >= four')
    await expect.poll(() => page.getByRole('status').filter({ hasText: 'character' }).innerText()).toContain('expected a number')
    await expect.poll(() => field().getAttribute('aria-invalid')).toBe('true')
    expect(await names()).toEqual(['Übergröße'])

    await page.goBack().catch(() => undefined)
    await page.goto(`${lab.url}/runs?q=${encodeURIComponent('z < 4')}`)
    await expect.poll(names).toEqual(['klein'])
    await expect.poll(() => field().inputValue()).toBe('z < 4')
  })

  it('with completion: keys, operators, and the values that runs have', async () => {
    await train('one', 4)
    await train('other', 2, { sgd: {} })
    await page.goto(`${lab.url}/runs`)
    await expect.poll(async () => (await names()).length).toBe(2)
    await field().pressSequentially('optimizer ')
    await page.getByRole('option', { name: '=', exact: true }).click()
    await page.getByRole('option', { name: 'sgd' }).click()
    await expect.poll(names).toEqual(['other'])
    await expect.poll(async () => (await field().inputValue()).trim()).toBe('optimizer = sgd')
  })
})
