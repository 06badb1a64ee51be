/** Codes with more moved dimensions than this are not written into links; URLs stay short. */
const MOST_IN_A_LINK = 64
const SEPARATOR = '_'

/**
 * Writes a code as a short link part: index and value of every dimension that differs from its mean, `3_1.25_7_-0.5`, with four
 * significant digits. Returns null for the mean code and for codes with too many moved dimensions.
 */
export function writeCode(code: ArrayLike<number>, means: ArrayLike<number>): string | null {
  const parts: string[] = []
  for (let index = 0; index < code.length; index++) {
    const value = shortest(code[index] ?? 0)
    if (value !== shortest(means[index] ?? 0)) parts.push(String(index), value)
  }
  return parts.length === 0 || parts.length > 2 * MOST_IN_A_LINK ? null : parts.join(SEPARATOR)
}

/** Reads what {@link writeCode} wrote onto the mean code; whatever is not a pair of a known index and a finite number is ignored. */
export function readCode(text: string | null, means: ArrayLike<number>): Float32Array {
  const code = Float32Array.from(means)
  const parts = text?.split(SEPARATOR) ?? []
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const index = Number(parts[at] || Number.NaN)
    const value = Number(parts[at + 1] || Number.NaN)
    if (Number.isInteger(index) && index >= 0 && index < code.length && Number.isFinite(value)) code[index] = value
  }
  return code
}

function shortest(value: number): string {
  return String(Number(value.toPrecision(4)))
}
