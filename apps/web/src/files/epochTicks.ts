/**
 * Chooses where a scrubber over the epochs `first`…`last` is ticked: every epoch while at most `most` fit, else every 2nd, 5th, 10th, 20th…
 * multiple, always with both ends.
 */
export function epochTicks({ first, last, most = 24 }: { first: number; last: number; most?: number }): readonly number[] {
  const step = tickStep((last - first + 1) / most)
  const ticks = [first]
  for (let epoch = Math.floor(first / step) * step + step; epoch < last; epoch += step) {
    if (epoch - first >= step / 2 && last - epoch >= step / 2) ticks.push(epoch)
  }
  if (last > first) ticks.push(last)
  return ticks
}

function tickStep(least: number): number {
  if (least <= 1) return 1
  const magnitude = 10 ** Math.floor(Math.log10(least))
  return [1, 2, 5, 10].map((factor) => factor * magnitude).find((step) => step >= least) ?? 10 * magnitude
}
