import { describeRun, examplesOf, optimizerRowOf, type RunConfig, stepsPerEpoch } from '@hourglass/autoencoders'
import { formatCount } from '../../ui/formatQuantity'
import { describeSpecials } from '../config/describeSpecials'

interface DescribedRun {
  readonly config: RunConfig
  readonly dataset: { readonly title: string; readonly exampleShape: readonly number[] }
}

/** Says what a run trains, and for how long: what a figure's caption needs so that somebody can draw it again. */
export function describeForFigure({ config, dataset }: DescribedRun): string {
  const { train, validation } = examplesOf(config)
  return [
    describeRun({ config, dataset }),
    ...describeSpecials(config),
    ...describeLength(config, train),
    validation > 0 ? `${formatCount(validation)} held out for validation` : 'none held out for validation',
    `seed ${config.training.seed}`,
  ].join(' · ')
}

function describeLength({ optimizer, training }: RunConfig, examples: number): readonly string[] {
  const { epochs, batchSize } = training
  const { steps } = optimizerRowOf(optimizer)
  const all = `${formatCount(examples)} examples`
  if (steps === 'solution') return [`solved for ${all}`]
  if (steps === 'iterations') return [`${epochs} epochs of ${stepsPerEpoch({ optimizer, training }, examples)} iterations on ${all}`]
  return [`${epochs} epochs of ${all}`, `batch ${batchSize}`]
}
