import { describe, expect, it } from 'vitest'
import { smallConfig, TestServer } from '../apps/server/test/startServer.js'
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

/** Trains a run that keeps the models of all its epochs. */
async function trainAll(data: string): Promise<void> {
  await using server = await TestServer.start(data, { HOURGLASS_RETENTION_MEGABYTES: 'all' })
  await server.untilStatus(await server.launch({ ...smallConfig, training: { epochs: 8, batchSize: 64 } }, 'Before'), 'COMPLETED')
}

useLabPage({ HOURGLASS_RETENTION_MEGABYTES: '0', HOURGLASS_RETENTION_EPOCHS: '4' }, { prepare: trainAll })

describe('the storage page', () => {
  it('says what retention would remove of runs that have ended, and removes it once that is confirmed', async () => {
    await page.goto(`${lab.url}/storage`)
    const section = page.getByRole('region', { name: 'Models of earlier epochs' })
    await expect.poll(() => section.innerText()).toMatch(/1 run that has ended keeps more models.*models of \d epochs, take [\d.]+ [kM]?B/s)
    const remove = section.getByRole('button', { name: /^Remove models of \d epochs$/ })
    await remove.click()
    await page.getByRole('button', { name: 'Keep them' }).click()
    await remove.click()
    await page.getByRole('button', { name: 'Remove models', exact: true }).click()
    await expect.poll(() => section.count()).toBe(0)
    const { runs } = await query(lab.url, '{ runs { nodes { checkpoints { epoch } } } }')
    const kept = runs.nodes[0].checkpoints.map(({ epoch }: { epoch: number }) => epoch)
    expect([kept[0], kept.at(-1)]).toEqual([1, 8])
    expect(kept.length).toBeLessThan(8)
  })

  it('lists runs by what they use, and gives the space of deleted ones back', async () => {
    await launch('Small', 1)
    await launch('Large', 6)
    await page.goto(`${lab.url}/runs`)
    await page.getByRole('link', { name: 'Storage' }).click()
    const rows = page.getByTestId('storage-runs').locator('tbody tr')
    await expect.poll(() => rows.allInnerTexts()).toEqual([expect.stringContaining('Large'), expect.stringContaining('Small')])
    await page.getByRole('button', { name: 'Size' }).click()
    await expect.poll(() => rows.allInnerTexts()).toEqual([expect.stringContaining('Small'), expect.stringContaining('Large')])
    await expect.poll(() => page.url()).toContain('direction=ASC')
    for (const words of ['Files of runs', 'Database', 'Checkpoints', 'Reconstructions']) {
      await expect.poll(() => page.getByRole('rowheader', { name: words }).count(), { message: words }).toBe(1)
    }
    await page.getByRole('checkbox', { name: 'Select Large' }).check()
    await page.getByRole('button', { name: /^Delete 1 \([\d.]+ [kM]?B\)$/ }).click()
    await page.getByRole('button', { name: 'Delete run' }).click()
    await expect.poll(() => rows.allInnerTexts()).toEqual([expect.stringContaining('Small')])
    await rows.getByRole('link', { name: 'Small' }).click()
    await page.waitForURL(/\/runs\/.+tab=files/)
  })

  it('keeps deleted runs in the trash, from where they come back, at once or later, until it is emptied', async () => {
    await launch('First', 1)
    await launch('Second', 1)
    const listed = page.getByTestId('runs-table').locator('tbody a')
    const remove = async (name: string) => {
      await page.goto(`${lab.url}/runs`)
      await page.getByRole('button', { name: `Actions for ${name}` }).click()
      await page.getByRole('menuitem', { name: 'Delete' }).click()
      await page.getByRole('button', { name: 'Delete run' }).click()
      await page.getByText('The run is in the trash').waitFor()
    }
    await remove('First')
    await expect.poll(() => listed.allInnerTexts()).toEqual([expect.stringContaining('Second')])
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => listed.count()).toBe(2)

    await remove('First')
    await remove('Second')
    await page.goto(`${lab.url}/storage`)
    const trashed = page.getByTestId('trash-runs').locator('tbody tr')
    await expect.poll(() => trashed.allInnerTexts()).toEqual([expect.stringContaining('Second'), expect.stringContaining('First')])
    await page.getByRole('button', { name: 'Restore First' }).click()
    await expect.poll(() => trashed.count()).toBe(1)
    await page.getByRole('button', { name: 'Empty the trash' }).click()
    await page.getByRole('button', { name: 'Delete for good' }).click()
    await expect.poll(() => trashed.count()).toBe(0)
    const { runs, storage } = await query(lab.url, '{ runs { nodes { name } } storage { trash { runs bytes } } }')
    expect(runs.nodes).toEqual([{ name: 'First' }])
    expect(storage.trash).toEqual({ runs: 0, bytes: 0 })
  })
})
