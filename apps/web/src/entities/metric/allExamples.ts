import { examplesOf, type RunConfig } from '@hourglass/autoencoders'
import { formatCount } from '../../ui/formatQuantity'

/** Says, by the path of the setting, what an empty number of examples stands for beside the other settings of a configuration. */
export function allExamples({ data }: Pick<RunConfig, 'data'>): Readonly<Record<string, string>> {
  const countOf = (kind: 'train' | 'validation' | 'test', setting: 'trainCount' | 'validationCount' | 'testCount') =>
    formatCount(examplesOf({ data: { ...data, [setting]: null } })[kind])
  return {
    'data.trainCount': `all others (${countOf('train', 'trainCount')})`,
    'data.validationCount': `as usual (${countOf('validation', 'validationCount')})`,
    'data.testCount': `all (${countOf('test', 'testCount')})`,
  }
}
