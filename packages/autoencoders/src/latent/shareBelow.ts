/** Computes which share of some values is below another, ties counted half: 0 for the least of all, 1 beyond the greatest, NaN among none. */
export function shareBelow(value: number, values: ArrayLike<number>): number {
  let below = 0
  for (let at = 0; at < values.length; at++) {
    const other = values[at] as number
    below += other < value ? 1 : other === value ? 0.5 : 0
  }
  return below / values.length
}
