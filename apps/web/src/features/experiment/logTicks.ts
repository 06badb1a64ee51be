import { formatCount } from '../../ui/formatQuantity'

/** Marks a logarithmic axis of whole numbers at 1, 2, 5, 10, 20, 50… within a range, or at its ends where fewer than two of them lie there. */
export function logTicks(least: number, most: number): { readonly x: number; readonly label: string }[] {
  if (!(least > 0 && Number.isFinite(most))) return []
  const [first, last] = [Math.floor(Math.log10(least)), Math.ceil(Math.log10(most))]
  const decades = Array.from({ length: last - first + 1 }, (_, index) => 10 ** (first + index))
  const inside = (marks: readonly number[]) => marks.filter((x) => x >= least && x <= most)
  const powers = inside(decades)
  const marks = powers.length > 3 ? powers : inside(decades.flatMap((decade) => [decade, 2 * decade, 5 * decade]))
  const shown = marks.length > 1 ? marks : [...new Set([least, most])]
  return shown.map((x) => ({ x, label: formatCount(x) }))
}
