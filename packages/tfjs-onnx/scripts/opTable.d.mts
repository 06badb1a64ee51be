import type { Rules } from '../src/index.js'

export function formatOpTable(ruleCategories: Readonly<Record<string, Rules>>, hasGradient: (kernel: string) => boolean): string
export function withOpTable(readme: string, table: string): string
