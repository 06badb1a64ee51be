import { measurementCatalog } from '@hourglass/autoencoders'

/** What a run adds up over its epochs, by the measurement that it is made of. */
const summaries: Readonly<Record<string, string>> = { bestValidationLoss: 'validationLoss', totalSeconds: 'seconds' }

/** Tells which way the value of a name is better, such as `metric.validationLoss`; null where that is not known, or neither is. */
export function betterOf(name: string): 'lower' | 'higher' | null {
  const metric = name.startsWith('metric.') ? name.slice('metric.'.length) : undefined
  if (metric === undefined) return null
  const id = summaries[metric] ?? metric
  return measurementCatalog.find((measurement) => measurement.id === id)?.better ?? null
}
