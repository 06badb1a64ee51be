/** What the values of a key are. MIXED ones are numbers of some runs and texts of others. */
export const keyTypes = ['NUMBER', 'TEXT', 'DATE', 'MIXED'] as const
export type KeyType = (typeof keyTypes)[number]

/** Something that runs have a value of: a field of all, a configuration value, a metric. */
export interface QueryKey {
  /** `status`, `config.optimizer.kind`, `metric.validationLoss`. */
  readonly name: string
  readonly title: string
  /** Short names that stand for it. */
  readonly aliases: readonly string[]
  readonly type: KeyType
  /** All texts that it can be, where these are few and known. */
  readonly words?: readonly string[] | undefined
}
