/** A number that runs are measured with. */
export interface Measurement {
  readonly id: string
  /** After every epoch, in the analysis after the last one, or both. */
  readonly at: 'epoch' | 'analysis' | 'both'
  /**
   * Losses and speeds are known of every epoch, and many tables show them by themselves; a metric can lack where it does not apply. What the process of the worker took
   * of its machine is the worker's to say, and lacks in runs of earlier versions.
   */
  readonly role: 'loss' | 'metric' | 'speed' | 'system'
  readonly title: string
  /** What people call it who write a query. @default its id alone */
  readonly alias?: string
  /**
   * Which runs it can rank: of those that are measured on the same examples, as `rankingKeys` says, those of one objective, those with the same bound on a
   * likelihood, or with as many draws for it too, or all; or any runs. @default all that are measured on the same examples
   */
  readonly ranksWithin?: 'objective' | 'bound' | 'draws' | 'data' | 'anything'
  /** Of an epoch, where it is not measured on the examples that are scored after it. */
  readonly examples?: 'training'
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
  /** How tables write it; a share of a code's units as their count, `12 of 32`. @default number */
  readonly format?: 'number' | 'duration' | 'count' | 'unitShare'
  /** Least and greatest value, where it has a greatest. */
  readonly bounds?: readonly [least: number, greatest: number]
  /** The chart of an epoch's values that it is drawn in, as addresses of pages name it. @default its own */
  readonly chart?: string
  /** Its line in that chart. @default of validation */
  readonly line?: { readonly label: string; readonly dashed?: boolean }
  /** The number of PCA that it can be compared with. */
  readonly baseline?: 'meanSquaredError'
  /** The measurement of epochs that it says the same as wherever the two are equal. */
  readonly repeats?: string
}

/** Names a measurement with its unit, for an axis or a column. */
export function nameWithUnit({ title, unit }: Pick<Measurement, 'title' | 'unit'>): string {
  return unit ? `${title} (${unit})` : title
}

/** Words a measurement for a reader of the API: what it says, how it is computed, in which unit. */
export function describeMeasurement({ description, formula, unit }: Pick<Measurement, 'description' | 'formula' | 'unit'>): string {
  return `${description} Formula: ${formula}.${unit ? ` Unit: ${unit}.` : ''}`
}
