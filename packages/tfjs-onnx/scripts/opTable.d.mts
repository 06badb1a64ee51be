import type { Rules } from '../src/index.js'

export function formatOpTables(parts: {
  readonly ruleCategories: Readonly<Record<string, Rules>>
  readonly unsupportedKernels: Readonly<Record<string, string>>
  readonly hasGradient: (kernel: string) => boolean
}): string
export function withOpTables(document: string, tables: string): string
