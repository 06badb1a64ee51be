/** The narrowest that an axis gets beside labels of runs, the widest that a character is, and what is left free between two labels; in CSS pixels. */
const AXIS = 175
const CHARACTER = 6.2
const GAP = 6

/** Chooses the ticks of an axis that have a label: all, or every so many where labels would run into each other. */
export function labelledTicks(ticks: readonly number[], format: (value: number) => string): readonly number[] {
  const widest = Math.max(0, ...ticks.map((tick) => format(tick).length)) * CHARACTER
  const apart = AXIS / Math.max(1, ticks.length - 1)
  const stride = Math.ceil((widest + GAP) / apart)
  return ticks.filter((_, index) => index % stride === 0)
}
