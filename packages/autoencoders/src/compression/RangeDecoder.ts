import { BYTE, type Interval, RENORMALIZE_BELOW, WORD } from './RangeEncoder.js'

/** Decodes what RangeEncoder coded, given the same intervals in the same order. */
export class RangeDecoder {
  #position = 0
  #range = WORD - 1
  /** The message's value above the bottom of the interval. */
  #offset = 0

  constructor(private readonly bytes: Uint8Array) {
    for (let byte = 0; byte < 4; byte++) this.#offset = this.#offset * BYTE + this.#nextByte()
  }

  /** Returns a number below total that lies in the interval of the next symbol. */
  peek(total: number): number {
    return Math.min(total - 1, Math.floor(this.#offset / Math.floor(this.#range / total)))
  }

  /** Moves past a symbol, whose interval is the one that holds what peek returned. */
  consume({ start, size, total }: Interval): void {
    const unit = Math.floor(this.#range / total)
    this.#offset -= unit * start
    this.#range = unit * size
    while (this.#range < RENORMALIZE_BELOW) {
      this.#offset = this.#offset * BYTE + this.#nextByte()
      this.#range *= BYTE
    }
  }

  /** Past the end of a message come zeros. */
  #nextByte(): number {
    return this.bytes[this.#position++] ?? 0
  }
}
