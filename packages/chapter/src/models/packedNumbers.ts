/** Numbers as text: each 8 bits between two limits, or 32 bits, little-endian, in Base64. */
export type PackedNumbers =
  | { readonly bits: 8; readonly least: number; readonly most: number; readonly base64: string }
  | { readonly bits: 32; readonly base64: string }

const STEPS = 255

/** Packs numbers; with 8 bits each comes back to within half of a 255th of their range. */
export function packNumbers(values: Float32Array, bits: PackedNumbers['bits']): PackedNumbers {
  if (bits === 32) return { bits, base64: toBase64(new Uint8Array(values.slice().buffer)) }
  const [least, most] = values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity])
  const scale = most > least ? STEPS / (most - least) : 0
  return { bits, least, most, base64: toBase64(Uint8Array.from(values, (value) => Math.round((value - least) * scale))) }
}

/** Gives back what {@link packNumbers} packed. */
export function unpackNumbers(packed: PackedNumbers): Float32Array<ArrayBuffer> {
  const bytes = Uint8Array.from(atob(packed.base64), (character) => character.charCodeAt(0))
  if (packed.bits === 32) return new Float32Array(bytes.buffer)
  const step = (packed.most - packed.least) / STEPS
  return Float32Array.from(bytes, (byte) => packed.least + byte * step)
}

function toBase64(bytes: Uint8Array): string {
  // One call for all of them would have more arguments than an engine takes.
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}
