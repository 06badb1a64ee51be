import { query } from './lab.mjs'
import { lab, page } from './labPage.js'
import { untilServerSays } from './runs.js'

const LAUNCH = 'mutation($input: LaunchRunInput!) { launchRun(input: $input) { id } }'
const CODES = 'query($id: ID!) { run(id: $id) { codes { dimensions { mean minimum maximum standardDeviation } } } }'

export interface Trained {
  readonly latentDimension?: number
  readonly hiddenWidths?: readonly number[]
  readonly isVariational?: boolean
  readonly epochs?: number
}

/** Runs of the lab of a file, by what they are: they are looked at, and none is changed. */
const trained = new Map<string, string>()

/** Trains a run on a few images, once for all tests of a file: those keep the runs of each other. */
export async function train({ latentDimension = 8, hiddenWidths = [], isVariational = false, epochs = 1 }: Trained = {}): Promise<string> {
  const key = JSON.stringify([lab.url, latentDimension, hiddenWidths, isVariational, epochs])
  const before = trained.get(key)
  if (before !== undefined && (await isThere(before))) return before
  const encoder = isVariational ? { encoder: { variational: { beta: 1 } } } : {}
  const config = {
    data: { dataset: 'mnist', trainCount: 300, testCount: 200 },
    architecture: { dense: { latentDimension, hiddenWidths, ...encoder } },
    training: { epochs, batchSize: 50 },
  }
  const id: string = (await query(lab.url, LAUNCH, { input: { config } })).launchRun.id
  await untilServerSays(id, 'COMPLETED')
  trained.set(key, id)
  return id
}

const isThere = (id: string) =>
  query(lab.url, 'query($id: ID!) { run(id: $id) { id } }', { id }).then(
    () => true,
    () => false,
  )

/** Opens the latent space of a run. */
export const visit = (id: string, search = '') => page.goto(`${lab.url}/runs/${id}?tab=latent${search}`)

export async function dimensionsOf(id: string): Promise<{ mean: number; minimum: number; maximum: number; standardDeviation: number }[]> {
  return (await query(lab.url, CODES, { id })).run.codes.dimensions
}

export const unit = (index: number) => page.getByTestId(`latent-slider-${index}`)
export const typed = (index: number) => page.getByLabel(`Dimension ${index + 1}, exact value`)
export const button = (name: string) => page.getByRole('button', { name, exact: true })
/** Reads of the test example whose code is nearest to the live one what its button says. */
export const nearest = async () => (await page.getByTestId('neighbours').getByRole('button').first().innerText()).replace(/\s+/g, ' ')
export const linked = (name: string) => new URL(page.url()).searchParams.get(name)

/** Waits until all parts of the explorer are there, after which none moves. */
export async function untilWhole(): Promise<void> {
  await page.locator('[data-testid="code-map"][data-drawn]').waitFor()
  await page.locator('[data-testid="decoded-image"][data-ready]').waitFor()
  await page.locator('[data-testid="code-grid"][data-done]').waitFor()
  await page.getByTestId('neighbours').getByRole('button').first().waitFor()
}
