/** Parts of the glossary, in its order. */
export const glossaryGroups = [
  'Autoencoders',
  'Principal components',
  'Regularization',
  'Probability',
  'Manifolds',
  'Data',
  'Training',
  'Settings',
  'Measurements',
  'Compared with',
] as const
export type GlossaryGroup = (typeof glossaryGroups)[number]

/** A word of the field, as this lab uses it. */
export interface Term {
  /** Names it in addresses. */
  readonly id: string
  readonly group: GlossaryGroup
  /** In sentence case. */
  readonly title: string
  /** Other words that stand for the same elsewhere. */
  readonly elsewhere?: readonly string[]
  /** Whole sentences. */
  readonly definition: string
  /** As plain text. */
  readonly formula?: string
}
