import type { SweepableSetting } from './sweepableSettings'
import type { TypedSweep } from './sweepRuns'

interface Replicated extends Pick<TypedSweep, 'draws'> {
  readonly seeds: number | null
}

/** Names an experiment after what it varies. */
export function sweepTitle(varied: readonly SweepableSetting[], { draws, seeds }: Replicated): string {
  if (varied.length === 0) return seeds === 1 ? 'One seed' : `${seeds} seeds`
  const [first, ...others] = varied.map(({ title }) => title)
  const what = others.length > 2 ? `${varied.length} settings` : new Intl.ListFormat('en').format([first ?? '', ...others.map(lowerFirst)])
  return draws === null ? `${upperFirst(what)} sweep` : `Random search over ${lowerFirst(what)}`
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)
const upperFirst = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
