import { fromBase64Url, toBase64Url } from '../../ui/base64Url'

/** Longer ones make addresses that servers refuse. */
const MOST_CHARACTERS = 2_000
/** What follows is a bit for each example, or how far each is from the one before, less one, 7 bits a byte, more of them where the highest bit is set. */
const [BITS, STEPS] = ['b', 'd']
const MOST_ROW = 1_000_000

/** Writes rows of examples as a link part, whichever way is shorter; null for none and for more than a link holds. */
export function writeRows(rows: readonly number[]): string | null {
  const sorted = [...new Set(rows)].toSorted((a, b) => a - b)
  const last = sorted.at(-1)
  if (last === undefined) return null
  const bits = new Uint8Array((last >> 3) + 1)
  for (const row of sorted) bits[row >> 3] = (bits[row >> 3] as number) | (1 << (row & 7))
  const steps: number[] = []
  let before = -1
  for (const row of sorted) {
    let step = row - before - 1
    for (; step > 127; step >>>= 7) steps.push((step & 127) | 128)
    steps.push(step)
    before = row
  }
  const text = bits.length < steps.length ? BITS + toBase64Url(bits) : STEPS + toBase64Url(Uint8Array.from(steps))
  return text.length <= MOST_CHARACTERS ? text : null
}

/** Reads what {@link writeRows} wrote, ascending; none of what it did not write. */
export function readRows(text: string | null): readonly number[] {
  const bytes = text === null ? null : fromBase64Url(text.slice(1))
  if (!bytes) return []
  const rows: number[] = []
  if (text?.startsWith(BITS)) {
    for (const [at, byte] of bytes.entries()) for (let bit = 0; bit < 8; bit++) if (byte & (1 << bit)) rows.push(8 * at + bit)
  } else if (text?.startsWith(STEPS)) {
    let [row, step, shift] = [-1, 0, 0]
    for (const byte of bytes) {
      step += (byte & 127) * 2 ** shift
      shift += 7
      if (byte & 128) continue
      row += step + 1
      rows.push(row)
      step = 0
      shift = 0
    }
  }
  return (rows.at(-1) ?? 0) < MOST_ROW ? rows : []
}
