/** Chooses ticks 1, 2, 5, 10, … between two positive rates for a logarithmic axis. */
export function rateTicks(least: number, most: number): { readonly x: number; readonly label: string }[] {
  if (!(least > 0 && most >= least && Number.isFinite(most))) return []
  const ticks = []
  for (let decade = Math.floor(Math.log10(least)); decade <= Math.ceil(Math.log10(most)); decade++) {
    for (const digit of [1, 2, 5]) {
      const x = Number((digit * 10 ** decade).toPrecision(1))
      if (x >= least && x <= most) ticks.push({ x, label: String(x) })
    }
  }
  return ticks
}
