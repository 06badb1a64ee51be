/** A number that runs are measured with. */
export interface Measurement {
  readonly id: string
  /** After every epoch, in the analysis after the last one, or both. */
  readonly at: 'epoch' | 'analysis' | 'both'
  /** Losses and speeds are known of every epoch, and many tables show them by themselves; a metric can lack where it does not apply. */
  readonly role: 'loss' | 'metric' | 'speed'
  readonly title: string
  /** What one unit of it is; null for pure numbers. */
  readonly unit: string | null
  /** One sentence: what it says. */
  readonly description: string
  /** As plain text. */
  readonly formula: string
  /** Which way is better; null where it only describes. */
  readonly better: 'lower' | 'higher' | null
  /** Significant digits that tables show. */
  readonly digits: number
}

/** Words a measurement for a reader of the API: what it says, how it is computed, in which unit. */
export function describeMeasurement({ description, formula, unit }: Measurement): string {
  return `${description} Formula: ${formula}.${unit ? ` Unit: ${unit}.` : ''}`
}
