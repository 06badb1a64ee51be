import { join } from 'node:path'
import { expect, it } from 'vitest'
import { makeDataFolder } from '../apps/server/test/startServer.js'
import { query, startLab } from './harness/lab.mjs'
import { openPage } from './harness/openPage.js'
import { upkeep } from './harness/upkeep.js'

const LAUNCH = 'mutation($input: LaunchRunInput!) { launchRun(input: $input) { id } }'
const RENAME = 'mutation($id: ID!, $name: String!) { updateRun(id: $id, input: { name: $name }) { id } }'
const config = {
  data: { dataset: 'circle', trainCount: 300, testCount: 100 },
  architecture: { dense: { latentDimension: 1, hiddenWidths: [8], outputActivation: 'LINEAR' } },
  training: { epochs: 2, batchSize: 256 },
}

it('pages that were open when a lab was restored from a backup read everything anew, and follow what happens then', async () => {
  await using backups = await makeDataFolder()
  const backup = join(backups.path, 'backup')
  let lab = await startLab()
  const { data, ports } = lab
  try {
    const launch = async (name: string) => (await query(lab.url, LAUNCH, { input: { name, config } })).launchRun.id as string
    const lastSeq = async () => (await query(lab.url, '{ lab { lastSeq } }')).lab.lastSeq as number
    const idle = () => query(lab.url, '{ lab { queued running } }').then(({ lab: { queued, running } }) => queued + running)
    const kept = await launch('Kept')
    await expect.poll(idle).toBe(0)
    expect(await upkeep('backup', [backup], data)).toMatchObject({ code: 0 })
    const gone = await launch('Gone')
    await expect.poll(idle).toBe(0)
    for (let change = 1; change <= 30; change++) await query(lab.url, RENAME, { id: kept, name: `Later ${change}` })
    const before = await lastSeq()

    const pages = await Promise.all(
      [lab.url, `${lab.url}/runs/${kept}`].map(async (address) => {
        const page = await openPage()
        await page.goto(address)
        await page.getByText('Later 30').first().waitFor()
        await page.locator('[data-connection="connected"]').waitFor({ state: 'attached' })
        return page
      }),
    )
    await lab.stop()
    expect(await upkeep('restore', ['--replace', backup, data], data)).toMatchObject({ code: 0 })
    lab = await startLab({ data, ports })
    const [table, run] = pages
    await table?.getByText('Kept').first().waitFor()
    await run?.getByText('Kept').first().waitFor()
    await expect.poll(() => table?.locator(`a[href$="/runs/${gone}"]`).count()).toBe(0)
    await query(lab.url, RENAME, { id: kept, name: 'Restored' })
    await launch('New')
    expect(await lastSeq()).toBeLessThan(before)
    await table?.getByText('Restored').first().waitFor()
    await table?.getByText('New', { exact: true }).first().waitFor()
    await run?.getByText('Restored').first().waitFor()
    for (const page of pages) await page.close()
  } finally {
    await lab[Symbol.asyncDispose]()
  }
})
