import { expect, it } from 'vitest'
import { isRunning } from './harness/isRunning.mjs'
import { query, startLab } from './harness/lab.mjs'
import { pidOf, pidsOf } from './harness/processes.js'

const LAUNCH = 'mutation($input: LaunchRunInput!) { launchRun(input: $input) { id } }'
const EPOCHS = 'query($id: ID!) { run(id: $id) { status summary { epochsCompleted } } }'
const config = {
  data: { dataset: 'two-moons', trainCount: 1000, testCount: 200 },
  architecture: { dense: { latentDimension: 1, hiddenWidths: [16], outputActivation: 'LINEAR' } },
  training: { epochs: 10_000, batchSize: 20 },
}

it('a dashboard that ends again and again is given up alone: the API trains on, the reason is said, and it is tried again slowly', async () => {
  await using lab = await startLab({ env: { HOURGLASS_DASHBOARD_RETRY: '10' } })
  const api = pidOf(lab.data, 'listening')
  const { id } = (await query(lab.apiUrl, LAUNCH, { input: { config } })).launchRun
  const epochs = async () => (await query(lab.apiUrl, EPOCHS, { id })).run.summary.epochsCompleted
  for (let killed = 1; killed <= 6; killed++) {
    await expect.poll(() => pidsOf(lab.data, 'dashboard listening').length).toBe(killed)
    process.kill(pidOf(lab.data, 'dashboard listening'), 'SIGKILL')
  }
  await expect.poll(() => lab.output()).toContain('The dashboard ended unexpectedly 6 times within 10 minutes')
  expect(lab.output()).toContain('The API and its runs go on without the dashboard, which is tried again every 10 s.')
  const before = await epochs()
  await expect.poll(epochs).toBeGreaterThan(before)

  await expect
    .poll(() =>
      fetch(lab.url, { headers: { connection: 'close' } }).then(
        ({ ok }) => ok,
        () => false,
      ),
    )
    .toBe(true)
  expect(isRunning(api)).toBe(true)
  expect(pidOf(lab.data, 'listening')).toBe(api)
  expect(isRunning(lab.pid ?? 0)).toBe(true)
})
