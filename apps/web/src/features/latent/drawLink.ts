import { type ChosenNoise, offeredNoise } from '@hourglass/autoencoders/latent'
import { shortest } from './codeLink'

const SEPARATOR = '_'
/** Begins the coordinates of a point; images are base64url, in which this is no beginning that bytes of ours have. */
const POINT = '('
/** Bytes that come in runs on images. */
const RUNS = [0, 255]
const LONGEST_RUN = 255
/** Servers refuse addresses of 8 kB. */
const MOST_LETTERS = 4000

/** What of a drawing a link says. */
export interface DrawLink {
  /** The example: an image of bytes, or the coordinates of a point. */
  readonly drawn: string | null
  /** `gaussian-0.3-1`: kind, level and seed. */
  readonly noise: string | null
  /** Which values are rubbed out. */
  readonly rubbed: string | null
}

/** Writes an image of values in 0…1, as bytes whose runs of black and of white are counted, or the coordinates of a point; null where it is too long for a link. */
export function writeDrawn(example: Float32Array | null, isImage: boolean): string | null {
  if (example === null) return null
  if (!isImage) return POINT + Array.from(example, shortest).join(SEPARATOR)
  const text = writeBytes(Uint8Array.from(example, (value) => Math.round(255 * Math.min(1, Math.max(0, value)))))
  return text.length <= MOST_LETTERS ? text : null
}

/** Reads what {@link writeDrawn} wrote; null for anything else than an example of this size. */
export function readDrawn(text: string | null, size: number): Float32Array | null {
  if (text === null) return null
  if (text.startsWith(POINT)) {
    const words = text.slice(POINT.length).split(SEPARATOR)
    const values = Float32Array.from(words, (word) => (word === '' ? Number.NaN : Number(word)))
    return values.length === size && values.every(Number.isFinite) ? values : null
  }
  const bytes = readBytes(text, size)
  return bytes && Float32Array.from(bytes, (byte) => byte / 255)
}

/** Writes which values are rubbed out; null for none. */
export function writeRubbed(rubbed: Uint8Array): string | null {
  return rubbed.some((value) => value === 1) ? writeBytes(rubbed.map((value) => 255 * value)) : null
}

/** Reads what {@link writeRubbed} wrote; null for anything else. */
export function readRubbed(text: string | null, size: number): Uint8Array | null {
  const bytes = text === null ? null : readBytes(text, size)
  return bytes?.map((byte) => (byte === 255 ? 1 : 0)) ?? null
}

/** Writes noise; null for none. */
export function writeNoise({ kind, level, seed }: ChosenNoise): string | null {
  return level > 0 ? `${kind}-${Number(level.toFixed(4))}-${seed}` : null
}

/** Reads what {@link writeNoise} wrote; null for anything else, and for levels that are not offered. */
export function readNoise(text: string | null): ChosenNoise | null {
  const [, kind, level, seed] = /^([a-zA-Z]+)-(\d+(?:\.\d+)?)-(\d{1,9})$/.exec(text ?? '') ?? []
  const offer = offeredNoise.find((offered) => offered.kind === kind)
  return offer && Number(level) <= offer.most ? { kind: offer.kind, level: Number(level), seed: Number(seed) } : null
}

function writeBytes(bytes: Uint8Array): string {
  const written: number[] = []
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at] as number
    let run = 1
    while (RUNS.includes(byte) && run < LONGEST_RUN && bytes[at + run] === byte) run++
    written.push(...(RUNS.includes(byte) ? [byte, run] : [byte]))
    at += run
  }
  return btoa(String.fromCharCode(...written))
    .replaceAll('+', '-')
    .replaceAll('/', '.')
    .replaceAll('=', '')
}

function readBytes(text: string, size: number): Uint8Array | null {
  let packed: string
  try {
    packed = atob(text.replaceAll('-', '+').replaceAll('.', '/'))
  } catch {
    return null
  }
  const bytes = new Uint8Array(size)
  let length = 0
  for (let at = 0; at < packed.length; at++) {
    const byte = packed.charCodeAt(at)
    const run = RUNS.includes(byte) ? packed.charCodeAt(++at) : 1
    // A run that is cut off has no length.
    if (!(run > 0) || length + run > size) return null
    bytes.fill(byte, length, length + run)
    length += run
  }
  return length === size ? bytes : null
}
