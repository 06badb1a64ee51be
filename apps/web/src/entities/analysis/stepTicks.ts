import type { XAxis } from '../../ui/LineChart'

/** Marks an axis at the lengths of steps, in the units of the plane. */
export function stepTicks(lengths: readonly number[]): XAxis {
  return { scale: 'linear', ticks: lengths.map((x) => ({ x, label: String(x) })) }
}
