/** Frequencies of one message must sum to at most this, so that no symbol's share of the range rounds to nothing. */
export const LARGEST_TOTAL = 2 ** 16

/** One symbol's share of the range: [start, start + size) out of total. */
export interface Interval {
  readonly start: number
  readonly size: number
  readonly total: number
}

/** The range is kept above this by moving finished bytes out. */
export const RENORMALIZE_BELOW = 2 ** 24
export const BYTE = 2 ** 8
export const WORD = 2 ** 32

/**
 * Codes symbols into bytes at nearly log₂(total / size) bits each: an arithmetic coder that works on integers and moves whole bytes.
 * Source: Martin 1979, with carries resolved by holding back a byte and the 255s after it, so that nothing is lost to them.
 */
export class RangeEncoder {
  readonly #bytes: number[] = []
  /** Bottom of the interval; at most WORD + a carry. */
  #low = 0
  #range = WORD - 1
  /** The last byte that a carry may still change, and how many bytes of 255 follow it. */
  #held: number | undefined
  #full = 0

  encode({ start, size, total }: Interval): void {
    const unit = Math.floor(this.#range / total)
    this.#low += unit * start
    this.#range = unit * size
    while (this.#range < RENORMALIZE_BELOW) {
      this.#moveByteOut()
      this.#range *= BYTE
    }
  }

  /** Ends the message; the encoder cannot go on. */
  finish(): Uint8Array {
    for (let byte = 0; byte < 4; byte++) this.#moveByteOut()
    this.#release(0)
    return Uint8Array.from(this.#bytes)
  }

  #moveByteOut(): void {
    const carry = this.#low >= WORD ? 1 : 0
    const word = this.#low - carry * WORD
    const byte = Math.floor(word / RENORMALIZE_BELOW)
    if (carry === 0 && byte === BYTE - 1) this.#full += 1
    else {
      this.#release(carry)
      this.#held = byte
    }
    this.#low = (word % RENORMALIZE_BELOW) * BYTE
  }

  #release(carry: number): void {
    if (this.#held !== undefined) this.#bytes.push(this.#held + carry)
    for (; this.#full > 0; this.#full--) this.#bytes.push((BYTE - 1 + carry) % BYTE)
  }
}
