/** Sums up the values of the indices below a count. */
export function sumOver(count: number, value: (index: number) => number): number {
  let sum = 0
  for (let index = 0; index < count; index++) sum += value(index)
  return sum
}
