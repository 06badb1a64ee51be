import { examplesOf } from '../config/examplesOf.js'
import { lengthDependence } from '../config/lengthDependence.js'
import type { RunConfig } from '../config/RunConfig.js'
import { withEpochs } from '../config/withEpochs.js'
import { rankingDifferences } from '../measurements/rankingKeys.js'
import type { HalvingPlan } from './successiveHalving.js'

export type HalvingChoice = Pick<HalvingPlan, 'firstEpochs' | 'eta'>

/** Of so many runs one goes on, where nothing else is said: the usual choice in the literature. */
export const USUAL_ETA = 3

/**
 * Says why runs cannot be searched by successive halving, and what to do; null where they can. They are ranked against each other by their validation losses
 * before their end: so all minimize the same on the same examples, and a run that goes on must be the one that so many epochs at launch would have made.
 */
export function halvingProblem(configs: readonly RunConfig[], { firstEpochs, eta }: HalvingChoice): string | null {
  const [first] = configs
  if (!first || configs.length < 2) return `Expected 2 runs or more to choose from, got ${configs.length}.`
  if (!Number.isInteger(eta) || eta < 2 || eta > 10) return `Expected that one of 2 to 10 runs goes on, got one of ${eta}.`
  const { epochs } = first.training
  const otherEpochs = configs.find(({ training }) => training.epochs !== epochs)?.training.epochs
  if (otherEpochs !== undefined)
    return `Expected as many epochs for all runs, got ${epochs} and ${otherEpochs}: the search decides who gets them.`
  if (!Number.isInteger(firstEpochs) || firstEpochs < 1 || firstEpochs >= epochs) {
    return `Expected 1 to ${epochs - 1} epochs to begin with, fewer than the ${epochs} of a whole run, got ${firstEpochs}.`
  }
  const differences = new Map(rankingDifferences(configs, { ranksWithin: 'objective' }).map(({ facet, kinds }) => [facet, kinds]))
  const [objectives, corruptions] = [differences.get('objective'), differences.get('corruption')]
  if (objectives) return `Expected runs that minimize the same, got ${objectives} different objectives, whose losses cannot be ranked.`
  if (corruptions)
    return `Expected runs that undo the same corruption, got ${corruptions}: the least noise would win. Vary no setting of the corruption.`
  const trained = new Set(configs.map((config) => examplesOf(config).train)).size
  if (differences.size > 0 || trained > 1)
    return 'Expected runs of the same examples, got different ones, whose losses cannot be ranked. Vary no setting of the data.'
  if (first.data.validationCount === 0) return 'Expected validation examples to rank by, got none. Hold some out.'
  if (configs.some(({ training }) => training.patience !== null)) {
    return 'Expected runs without patience: the search ends those that fall behind. Leave patience empty.'
  }
  for (const config of configs) {
    const dependence = lengthDependence(withEpochs(config, firstEpochs))
    if (dependence !== null)
      return `A run that gets its epochs bit by bit would be another: ${dependence} Choose another schedule, or train all in full.`
  }
  return null
}
