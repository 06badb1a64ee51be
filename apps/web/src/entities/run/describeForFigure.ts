import { describeRun, examplesOf, isMiniBatch, type RunConfig } from '@hourglass/autoencoders'
import { formatCount } from '../../ui/formatQuantity'
import { describeSpecials } from '../config/describeSpecials'

interface DescribedRun {
  readonly config: RunConfig
  readonly dataset: { readonly title: string; readonly exampleShape: readonly number[] }
}

/** Says what a run trains, and for how long: what a figure's caption needs so that somebody can draw it again. */
export function describeForFigure({ config, dataset }: DescribedRun): string {
  const { train, validation } = examplesOf(config)
  const examples = formatCount(train)
  return [
    describeRun({ config, dataset }),
    ...describeSpecials(config),
    ...describeLength(config, examples),
    validation > 0 ? `${formatCount(validation)} held out for validation` : 'none held out for validation',
    `seed ${config.training.seed}`,
  ].join(' · ')
}

function describeLength({ optimizer, training: { epochs, batchSize } }: RunConfig, examples: string): readonly string[] {
  if (optimizer.kind === 'closedForm') return [`solved for ${examples} examples`]
  if (!isMiniBatch(optimizer)) return [`${epochs} epochs of ${optimizer.iterationsPerEpoch} iterations on ${examples} examples`]
  return [`${epochs} epochs of ${examples} examples`, `batch ${batchSize}`]
}
