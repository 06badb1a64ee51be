import { datasetCatalog } from '@hourglass/datasets'
import type { Analysis } from '../analysis/analysisSchema.js'
import { latentDimensionOf } from '../architectures/layouts.js'
import { isNone } from '../config/isNone.js'
import type { RunConfig } from '../config/RunConfig.js'
import type { EpochValueId } from '../measurements/measurementCatalog.js'

/** What is known of one run of an experiment, as claims judge it. */
export interface RunFacts {
  readonly id: string
  /** What tells it from the experiment's other runs. */
  readonly label: string
  readonly config: RunConfig
  /** Only a run that has ended is judged; one that is awaited may still be. A run that diverged has failed. */
  readonly state: 'awaited' | 'ended' | 'stopped' | 'failed'
  /** Of the last epoch. */
  readonly metrics: Readonly<Partial<Record<EpochValueId, number | null>>>
  /** Null where it was not measured after its last epoch. */
  readonly analysis: Analysis | null
}

/** Says how many numbers the code of a run has. */
export function codeSize({ config: { architecture, data } }: RunFacts): number {
  return latentDimensionOf(architecture, datasetCatalog[data.dataset].exampleShape)
}

/** Names what runs have to share besides what a claim compares them in: data, code size and seed, so that runs are paired by seed. */
export function sharedSettings(run: RunFacts): string {
  const { data, training } = run.config
  return JSON.stringify([data, codeSize(run), training.seed])
}

/** Tells whether the encoder gives a distribution of codes. */
export function isVariational({ config: { architecture } }: RunFacts): boolean {
  return architecture.kind === 'dense' && architecture.encoder.kind === 'variational'
}

/** Tells whether a run learns to undo a corruption. */
export function isDenoising({ config: { corruption } }: RunFacts): boolean {
  return !isNone(corruption)
}

/** Tells whether nothing is added to the reconstruction error and nothing to the inputs. */
export function isPlain(run: RunFacts): boolean {
  return isNone(run.config.regularizer) && !isDenoising(run) && !isVariational(run)
}
