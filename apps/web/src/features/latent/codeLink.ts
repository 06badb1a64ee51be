import { fromBase64Url, toBase64Url } from '../../ui/base64Url'

/** Codes with more moved dimensions than this are written whole, in a form that is not for reading. */
const MOST_NAMED = 64
/** Longer codes are not written into links: servers refuse addresses of 8 kB. */
const MOST_WHOLE = 1024
const SEPARATOR = '_'
/** Between codes, and what stands for the mean. */
const [NEXT, MEAN] = ['~', 'm']
/** Longer lists of codes are not written either. */
const MOST_CHARACTERS = 3_000
/** Begins a whole code; pairs begin with a digit. */
const WHOLE = 'b'

/**
 * Writes a code as a link part: index and value of every dimension that differs from its mean, `3_1.25_7_-0.5`, or all its values as base64url of
 * little-endian floats where many differ. Returns null for the mean code and for codes that are too long for a link.
 */
export function writeCode(code: ArrayLike<number>, means: ArrayLike<number>): string | null {
  const parts: string[] = []
  for (let index = 0; index < code.length; index++) {
    const value = shortest(code[index] ?? 0)
    if (value !== shortest(means[index] ?? 0)) parts.push(String(index), value)
  }
  if (parts.length === 0) return null
  if (parts.length <= 2 * MOST_NAMED) return parts.join(SEPARATOR)
  return code.length <= MOST_WHOLE ? WHOLE + toBase64(Float32Array.from(code)) : null
}

/** Reads what {@link writeCode} wrote onto the mean code; whatever is not a pair of a known index and a finite number, or no whole code of this length, is ignored. */
export function readCode(text: string | null, means: ArrayLike<number>): Float32Array {
  const code = Float32Array.from(means)
  if (text?.startsWith(WHOLE)) {
    const whole = fromBase64(text.slice(WHOLE.length))
    return whole?.length === code.length && whole.every(Number.isFinite) ? whole : code
  }
  const parts = text?.split(SEPARATOR) ?? []
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const index = Number(parts[at] || Number.NaN)
    const value = Number(parts[at + 1] || Number.NaN)
    if (Number.isInteger(index) && index >= 0 && index < code.length && Number.isFinite(Math.fround(value))) code[index] = value
  }
  return code
}

/** Writes codes one behind the other, each as {@link writeCode} does; null for none, and for more than a link holds. */
export function writeCodes(codes: readonly ArrayLike<number>[], means: ArrayLike<number>): string | null {
  if (codes.length === 0 || means.length > MOST_WHOLE) return null
  const text = codes.map((code) => writeCode(code, means) ?? MEAN).join(NEXT)
  return text.length <= MOST_CHARACTERS ? text : null
}

/** Reads what {@link writeCodes} wrote. */
export function readCodes(text: string | null, means: ArrayLike<number>): readonly Float32Array[] {
  return text === null ? [] : text.split(NEXT).map((part) => readCode(part, means))
}

/** Writes a number with as few digits, of at least four, as name the same 32-bit float. */
export function shortest(value: number): string {
  const float = Math.fround(value)
  for (let digits = 4; digits < 9; digits++) {
    const rounded = Number(float.toPrecision(digits))
    if (Math.fround(rounded) === float) return String(rounded)
  }
  return String(Number(float.toPrecision(9)))
}

function toBase64(values: Float32Array): string {
  const view = new DataView(new ArrayBuffer(4 * values.length))
  for (const [index, value] of values.entries()) view.setFloat32(4 * index, value, true)
  return toBase64Url(new Uint8Array(view.buffer))
}

function fromBase64(text: string): Float32Array | null {
  const bytes = fromBase64Url(text)
  if (!bytes) return null
  const view = new DataView(bytes.buffer)
  return Float32Array.from({ length: Math.floor(bytes.length / 4) }, (_, index) => view.getFloat32(4 * index, true))
}
