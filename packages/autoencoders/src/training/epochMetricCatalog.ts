import { type MetricDescription, type MetricId, metricCatalog } from '../metrics/metricCatalog.js'

/** What every epoch measures on the test examples beside its losses, in the order of tables; null where it does not apply. */
export const epochMetricCatalog = [
  {
    id: 'validationReconstructionError',
    title: 'Reconstruction error',
    unit: null,
    description: 'The part of the validation loss that is the reconstruction error; regularizer and divergence add the rest.',
    formula: 'mean of L(x, r)',
    better: 'lower',
  },
  sharedRow('peakSignalToNoiseRatio'),
  sharedRow('meanActivation'),
  sharedRow('activeUnitShare'),
  { ...sharedRow('klDivergence'), id: 'divergence' },
  sharedRow('bitsPerPixel'),
] as const satisfies readonly MetricDescription[]

export type EpochMetricId = (typeof epochMetricCatalog)[number]['id']

/** Takes the row of a number that runs are measured with after their last epoch too. */
function sharedRow<Id extends MetricId>(id: Id): MetricDescription & { readonly id: Id } {
  const row = metricCatalog.find((each) => each.id === id)
  if (!row) throw new TypeError(`metricCatalog: expected a row ${id}, got none`)
  return { ...row, id }
}
