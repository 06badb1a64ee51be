/** Reads a code that somebody typed or pasted: numbers in JSON, or between commas, semicolons or spaces. Throws an Error that says what is wrong with it. */
export function parseCode(text: string, size: number): Float32Array {
  const words = text
    .trim()
    .replace(/^\[|\]$/g, '')
    .split(/[\s,;]+/)
    .filter((word) => word !== '')
  if (words.length !== size) throw new Error(`Expected ${size === 1 ? 'one number' : `${size} numbers`}, got ${words.length}.`)
  const code = Float32Array.from(words, Number)
  requireFinite(code, (place) => words[place] ?? '')
  return code
}

/** Throws an Error that names the first coordinate of a code that is no finite number. */
export function requireFinite(code: Float32Array, write = (place: number) => String(code[place])): void {
  const place = code.findIndex((value) => !Number.isFinite(value))
  if (place !== -1) throw new Error(`Expected a finite number for z${place + 1}, got ${write(place)}.`)
}
