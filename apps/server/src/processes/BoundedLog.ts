import { constants } from 'node:fs'
import { appendFile, open, rename, rm, stat, writeFile } from 'node:fs/promises'
import { UNFINISHED } from '../artifacts/sweepUnfinished.js'

export interface BoundedLogOptions {
  /** Bytes that the file may have. @default 2 MB */
  readonly mostBytes?: number
}

const MOST_BYTES = 2_000_000
/** A line that is longer is cut: nobody reads it, and it may be endless. */
const LONGEST_LINE = 4_000
/** Of the bytes that may be there, what stays of the beginning and of the end once there are more. */
const KEPT_SHARE = 1 / 4
/** Never through a symbolic link, where the system can tell: whoever can write into the folder must not have other files written. */
const NOT_THROUGH_LINKS = constants.O_NOFOLLOW ?? 0
const APPENDING = constants.O_APPEND | constants.O_CREAT | constants.O_WRONLY | NOT_THROUGH_LINKS
/** The line that stands for the middle that was left out before. */
const GAP = /^\S+ WARNING (\d+) bytes of the log are left out here.*\n/m
/** More bytes than such a line has. */
const GAP_BYTES = 200

/**
 * Appends lines to a file that stays within a bound: once it would be larger its middle is left out, and a line says so there. Lines that come faster than the
 * disk takes them are left out too. A disk that takes none costs the lines and nothing else.
 */
export class BoundedLog {
  readonly #path: string
  readonly #mostBytes: number
  #waiting: string[] = []
  #waitingBytes = 0
  #lost = 0
  #writing: Promise<void> = Promise.resolve()
  #isPlanned = false

  constructor(path: string, { mostBytes = MOST_BYTES }: BoundedLogOptions = {}) {
    this.#path = path
    this.#mostBytes = mostBytes
  }

  write(line: string): void {
    const cut = line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}… (${line.length - LONGEST_LINE} more characters)` : line
    const bytes = Buffer.byteLength(cut) + 1
    if (this.#waitingBytes + bytes > this.#mostBytes * KEPT_SHARE) {
      this.#lost++
      return
    }
    this.#waiting.push(cut)
    this.#waitingBytes += bytes
    if (this.#isPlanned) return
    this.#isPlanned = true
    this.#writing = this.#writing.then(() => this.#store()).catch(() => undefined)
  }

  /** Resolves when all that was written is in the file. */
  stored(): Promise<void> {
    return this.#writing
  }

  async #store(): Promise<void> {
    this.#isPlanned = false
    const lines = this.#lost > 0 ? [...this.#waiting, leftOut(`${this.#lost} lines`)] : this.#waiting
    this.#waiting = []
    this.#waitingBytes = 0
    this.#lost = 0
    const text = lines.map((line) => `${line}\n`).join('')
    const present = await stat(this.#path).then(
      ({ size }) => size,
      () => 0,
    )
    if (present + Buffer.byteLength(text) > this.#mostBytes) await this.#leaveMiddleOut(present)
    await appendFile(this.#path, text, { flag: APPENDING })
  }

  async #leaveMiddleOut(present: number): Promise<void> {
    const kept = Math.floor(this.#mostBytes * KEPT_SHARE)
    const file = await open(this.#path, constants.O_RDONLY | NOT_THROUGH_LINKS)
    try {
      const [head, tail] = [Buffer.alloc(Math.min(kept + GAP_BYTES, present)), Buffer.alloc(Math.min(kept, present))]
      await file.read(head, 0, head.length, 0)
      await file.read(tail, 0, tail.length, present - tail.length)
      // A character a byte, so that places are those of bytes.
      const earlier = GAP.exec(head.toString('latin1'))
      // Whole lines: up to what was left out before or the last end of one, and from the first on.
      const first = head.subarray(0, earlier?.index ?? head.lastIndexOf('\n', kept - 1) + 1)
      const last = tail.subarray(tail.indexOf('\n') + 1)
      const missing = present - first.length - last.length - (earlier?.[0].length ?? 0) + Number(earlier?.[1] ?? 0)
      const next = `${this.#path}${UNFINISHED}`
      await rm(next, { force: true })
      await writeFile(next, Buffer.concat([first, Buffer.from(`${leftOut(`${missing} bytes`)}\n`), last]), { flag: 'wx' })
      await rename(next, this.#path)
    } finally {
      await file.close()
    }
  }
}

function leftOut(what: string): string {
  return `${new Date().toISOString()} WARNING ${what} of the log are left out here: it is kept short`
}
