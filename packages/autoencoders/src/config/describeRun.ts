import { layerWidths } from '../architectures/layouts.js'
import { describeSchema } from './describeSchema.js'
import { modelTitle } from './modelTitle.js'
import { toInitials, toWords } from './optionWords.js'
import type { RunConfig } from './RunConfig.js'
import { runConfigSchema } from './runConfigSchema.js'

const configDescription = describeSchema(runConfigSchema)

interface DescribedRun {
  readonly config: RunConfig
  readonly dataset: { readonly title: string; readonly exampleShape: readonly number[] }
}

/** Says in a few words what a run trains: `MNIST · Dense 784-128-32-128-784 · mean squared error · Adam 0.001`. */
export function describeRun({ config, dataset }: DescribedRun): string {
  const { architecture, loss, optimizer } = config
  const model = `${modelTitle(config)} ${describeWidths(architecture, dataset.exampleShape)}`
  return [dataset.title, model, toWords(loss), describeOptimizer(optimizer)].join(' · ')
}

/** Writes what tells a run from others in a short line: `784-128-32-128-784 · MSE · Adam 0.001 · batch 128`. */
export function describeConfig({ architecture, loss, optimizer, training }: RunConfig, exampleShape: readonly number[]): string {
  return [describeWidths(architecture, exampleShape), toInitials(loss), describeOptimizer(optimizer), `batch ${training.batchSize}`].join(
    ' · ',
  )
}

function describeWidths(architecture: RunConfig['architecture'], exampleShape: readonly number[]): string {
  return layerWidths(architecture, exampleShape).join('-')
}

function describeOptimizer(optimizer: RunConfig['optimizer']): string {
  const title = titleOfOptimizer(optimizer.kind)
  return 'learningRate' in optimizer ? `${title} ${optimizer.learningRate}` : title
}

/** Names an optimizer as forms do: `L-BFGS`. */
export function titleOfOptimizer(kind: string): string {
  const described = configDescription.type === 'object' ? configDescription.fields.optimizer : undefined
  return (described?.type === 'choice' && described.variants[kind]?.title) || kind
}
