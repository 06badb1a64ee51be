import { metricCatalog, nameWithUnit, subjectCatalog } from '@hourglass/autoencoders'

/** @typedef {import('@hourglass/autoencoders').Subject} Subject */
/** @typedef {import('@hourglass/autoencoders').MetricId} MetricId */
/** @typedef {import('@hourglass/autoencoders').FinalMeasurement} FinalMeasurement */
/** @typedef {{ readonly key: string, readonly subject: Subject, readonly metric: MetricId, readonly row: FinalMeasurement, readonly name: string }} Column */

/** @type {readonly (readonly [Subject, MetricId])[]} */
const SHOWN = [
  ['MODEL', 'meanSquaredError'],
  ['PCA', 'meanSquaredError'],
  ['MODEL', 'peakSignalToNoiseRatio'],
  ['MODEL', 'structuralSimilarity'],
  ['CORRUPTED', 'peakSignalToNoiseRatio'],
  ['DENOISED', 'peakSignalToNoiseRatio'],
  ['DENOISED', 'structuralSimilarity'],
  ['CORRUPTED_PCA', 'peakSignalToNoiseRatio'],
  ['WIENER_FILTER', 'peakSignalToNoiseRatio'],
  ['MEDIAN_FILTER', 'peakSignalToNoiseRatio'],
  ['MODEL', 'linearProbeAccuracy'],
  ['PCA', 'linearProbeAccuracy'],
  ['MODEL', 'kMeansNormalizedMutualInformation'],
  ['PCA', 'kMeansNormalizedMutualInformation'],
  ['MODEL', 'jacobianNorm'],
  ['MODEL', 'bitsPerPixel'],
  ['MODEL', 'activeUnitShare'],
]

/** What tables show of runs, in their order, in the words of the catalogs: of the model its name alone, of others what they are before it. */
export const columns = SHOWN.map(([subject, metric]) => {
  const row = /** @type {FinalMeasurement} */ (metricCatalog.find(({ id }) => id === metric))
  const of = subject === 'MODEL' ? '' : `${subjectCatalog[subject].title}: `
  return { key: `${subject}.${metric}`, subject, metric, row, name: `${of}${nameWithUnit(row)}` }
})
