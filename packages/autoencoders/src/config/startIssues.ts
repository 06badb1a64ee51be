import { datasetCatalog } from '@hourglass/datasets'
import { describeParameters } from '../architectures/layouts.js'
import { isNone } from './isNone.js'
import { optimizerRowOf } from './optimizerRowOf.js'
import type { RunConfig } from './RunConfig.js'
import type { ConfigIssue } from './validateRunConfig.js'

/** Lists why a run cannot start from the model of another one; nothing where it can. */
export function startIssues(config: RunConfig, parent: RunConfig): readonly ConfigIssue[] {
  const { training, optimizer } = config
  const issues: ConfigIssue[] = []
  const report = (path: readonly string[], title: string, { expected, received }: Pick<ConfigIssue, 'expected' | 'received'>) =>
    issues.push({ path, expected, received, message: `${title} must be ${expected}, got ${received}` })
  const [wanted, got] = [layersOf(parent), layersOf(config)]
  if (wanted !== got) {
    report(['architecture'], 'Architecture', {
      expected: `one with the parameters of the model that the run starts from (${wanted})`,
      received: got,
    })
  }
  if (!isNone(training.pretraining)) {
    report(['training', 'pretraining'], 'Pretraining', {
      expected: 'none where a run starts from a trained model',
      received: training.pretraining.kind,
    })
  }
  const { startsAnew } = optimizerRowOf(optimizer)
  if (startsAnew !== null) {
    report(['optimizer'], 'Optimizer', { expected: 'one that goes on from a trained model', received: startsAnew })
  }
  return issues
}

/** Says which parameters a model has: two of the same take each other's. */
function layersOf({ architecture, data }: RunConfig): string {
  return describeParameters(architecture, datasetCatalog[data.dataset].exampleShape)
    .map(({ name, shape }) => `${name} ${shape.join('×')}`)
    .join(', ')
}
