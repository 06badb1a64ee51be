import { expect } from 'vitest'
import { query } from './lab.mjs'
import { lab, page } from './labPage.js'

const LAUNCH = 'mutation($input: LaunchRunInput!) { launchRun(input: $input) { id } }'
/** The most epochs that a run may have: more than any machine trains before the test stops or deletes the run. */
export const ENDLESS = 10_000

/** Launches a run of a dense autoencoder on a few MNIST images through the API. */
export async function launchRun({ name = 'A run', epochs = 3, trainCount = 1000 } = {}): Promise<string> {
  const config = {
    data: { dataset: 'mnist', trainCount, testCount: 200 },
    architecture: { dense: { latentDimension: 8 } },
    training: { epochs, batchSize: 100 },
  }
  return (await query(lab.url, LAUNCH, { input: { name, config } })).launchRun.id
}

/** Waits until the server has a run in a status. */
export async function untilServerSays(id: string, expected: string): Promise<void> {
  const statusOf = async () => (await query(lab.url, 'query($id: ID!) { run(id: $id) { status } }', { id })).run.status
  await expect.poll(statusOf).toBe(expected)
}

/** Reads the status that a run's page shows. */
export const runStatus = () => page.getByTestId('run-status').innerText()

/** Reads the epoch of the figure on a run's page. */
export const shownEpoch = async () => Number(await page.getByTestId('reconstruction-figure').getAttribute('data-epoch'))
