import type { RunConfig } from '@hourglass/autoencoders'
import { describeRun } from '../components/run/describeRun'
import { formatCount } from '../components/run/formatQuantity'

interface DescribedRun {
  readonly config: RunConfig
  readonly dataset: { readonly title: string; readonly exampleShape: readonly number[]; readonly trainCount: number }
}

/** Says what a run trains, and for how long: what a figure's caption needs so that somebody can draw it again. */
export function describeForFigure({ config, dataset }: DescribedRun): string {
  const { epochs, batchSize, seed } = config.training
  const examples = formatCount(config.data.trainCount ?? dataset.trainCount)
  return `${describeRun({ config, dataset })} · ${epochs} epochs of ${examples} examples · batch ${batchSize} · seed ${seed}`
}
