import { formatCount } from '../../ui/formatQuantity'

/** Says, by the path of the setting, what an empty number of examples stands for. */
export function allExamples(dataset: { readonly trainCount: number; readonly testCount: number }): Readonly<Record<string, string>> {
  return {
    'data.trainCount': `all (${formatCount(dataset.trainCount)})`,
    'data.testCount': `all (${formatCount(dataset.testCount)})`,
  }
}
