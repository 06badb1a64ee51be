import { query } from './lab.mjs'
import { lab, page } from './labPage.js'

const LAUNCH = 'mutation($input: LaunchExperimentInput!) { launchExperiment(input: $input) { id } }'

export interface LabelledConfig {
  readonly label: string
  readonly config: unknown
}

/** Launches an experiment of any runs through the API. */
export async function launchExperiment(name: string, runs: readonly LabelledConfig[]): Promise<string> {
  return (await query(lab.url, LAUNCH, { input: { name, runs } })).launchExperiment.id
}

/** Launches dense autoencoders of some code sizes on a few MNIST images. */
export async function launchSizes(sizes: readonly number[], length = {}): Promise<string> {
  return launchExperiment(
    'A sweep',
    sizes.map((size) => ({ label: `z = ${size}`, config: configOfSize(size, length) })),
  )
}

/** Launches denoising autoencoders of points of a circle. */
export async function launchCircles(name: string, labels: readonly string[] = ['circle']): Promise<string> {
  const config = {
    data: { dataset: 'circle', trainCount: 300, testCount: 100 },
    architecture: { dense: { latentDimension: 2, hiddenWidths: [8], outputActivation: 'LINEAR' } },
    corruption: { gaussian: { standardDeviation: 0.2 } },
    training: { epochs: 1 },
  }
  return launchExperiment(
    name,
    labels.map((label) => ({ label, config })),
  )
}

export const configOfSize = (latentDimension: number, { epochs = 2, trainCount = 1000 } = {}) => ({
  data: { dataset: 'mnist', trainCount, testCount: 200 },
  architecture: { dense: { latentDimension } },
  training: { epochs, batchSize: 100 },
})

/** Reads the status that an experiment's page shows. */
export const experimentStatus = () => page.getByTestId('experiment-status').innerText()

/** Reads the epoch of each row of an experiment's figure. */
export const figureEpochs = () =>
  page.getByTestId('strip-pair').evaluateAll((pairs) => pairs.map((pair) => Number((pair as HTMLElement).dataset.epoch)))
