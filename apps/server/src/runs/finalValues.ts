import { metricCatalog } from '@hourglass/autoencoders'
import { analysisFormat } from '@hourglass/autoencoders/measured'
import { readStored } from '@hourglass/protocol'
import { finalValueName } from './query/valueNames.js'

/** Takes back, value by value, what a finished run was measured with. */
export function noFinalValues(): Readonly<Record<string, number>> {
  return Object.fromEntries(metricCatalog.map(({ id }) => [finalValueName(id), Number.NaN]))
}

/** Lists what an analysis measured of the model itself, by name; NaN where a measurement does not apply. Nothing of one that this version cannot read. */
export function finalValues(analysis: { readonly version: number; readonly measured: unknown }): Readonly<Record<string, number>> {
  const read = readStored(analysisFormat, { version: analysis.version, value: analysis.measured })
  if ('problem' in read) return {}
  const metrics = read.value.subjects.find(({ subject }) => subject === 'MODEL')?.metrics
  return Object.fromEntries(metricCatalog.map(({ id }) => [finalValueName(id), metrics?.[id] ?? Number.NaN]))
}
