import { describe, expect, it } from 'vitest'
import { query } from './harness/lab.mjs'
import { lab, page, useLabPage } from './harness/labPage.js'

const LAUNCH = 'mutation ($input: LaunchRunInput!) { launchRun(input: $input) { id } }'

async function launch(name: string, epochs: number): Promise<string> {
  const config = {
    data: { dataset: 'mnist', trainCount: 64, testCount: 32 },
    architecture: { dense: { latentDimension: 2 } },
    training: { epochs, batchSize: 32 },
  }
  const { launchRun } = await query(lab.url, LAUNCH, { input: { name, config } })
  const statusOf = async () => (await query(lab.url, 'query ($id: ID!) { run(id: $id) { status } }', { id: launchRun.id })).run.status
  await expect.poll(statusOf).toBe('COMPLETED')
  return launchRun.id
}

useLabPage()

describe('the storage page', () => {
  it('lists runs by what they use, and gives the space of deleted ones back', async () => {
    await launch('Small', 1)
    await launch('Large', 6)
    await page.goto(`${lab.url}/`)
    await page.getByRole('link', { name: 'Storage' }).click()
    const rows = page.getByTestId('storage-runs').locator('tbody tr')
    await expect.poll(() => rows.allInnerTexts()).toEqual([expect.stringContaining('Large'), expect.stringContaining('Small')])
    await page.getByRole('button', { name: 'Size' }).click()
    await expect.poll(() => rows.allInnerTexts()).toEqual([expect.stringContaining('Small'), expect.stringContaining('Large')])
    expect(page.url()).toContain('direction=ASC')
    for (const words of ['Files of runs', 'Database', 'Checkpoints', 'Reconstructions']) {
      expect(await page.getByRole('rowheader', { name: words }).count(), words).toBe(1)
    }
    await page.getByRole('checkbox', { name: 'Select Large' }).check()
    await page.getByRole('button', { name: /^Delete 1 \([\d.]+ [kM]?B\)$/ }).click()
    await page.getByRole('button', { name: 'Delete run' }).click()
    await expect.poll(() => rows.allInnerTexts()).toEqual([expect.stringContaining('Small')])
    await rows.getByRole('link', { name: 'Small' }).click()
    await page.waitForURL(/\/runs\/.+tab=files/)
  })
})
