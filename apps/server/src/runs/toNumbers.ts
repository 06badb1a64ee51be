/** JSON has no numbers that are not finite: reports write null for them, series keep NaN. */
export function toNumbers(values: Readonly<Record<string, number | null>>): Record<string, number> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value ?? Number.NaN]))
}
