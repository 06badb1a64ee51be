import { Session } from 'node:inspector/promises'
import { performance } from 'node:perf_hooks'
import { getHeapStatistics } from 'node:v8'

/** How often it looks, in milliseconds. */
const PERIOD = 10_000
/** What must have been allocated since the last collection for another to be worth its 0.2 s, in bytes. */
const WORTHWHILE = 32 * 1024 ** 2
/** The part of a period up to which the process counts as idle. */
const IDLE = 0.2

export interface HeapTrimmerOptions {
  /** @default 10,000 */
  readonly period?: number
  /** Hears what was used before and after, in bytes. */
  readonly onTrimmed?: (used: { readonly before: number; readonly after: number }) => void
}

/**
 * Collects garbage, and gives its memory back to the machine, once the process is idle. V8 by itself collects when something is allocated: what a burst of requests
 * leaves, up to three times what is held, would stay until the next one, while runs wait for memory.
 */
export class HeapTrimmer {
  readonly #onTrimmed: HeapTrimmerOptions['onTrimmed']
  readonly #timer: NodeJS.Timeout
  #utilization = performance.eventLoopUtilization()
  /** Of what was used when it was last looked, the least since the last collection. */
  #held = Number.POSITIVE_INFINITY
  #isCollecting = false

  constructor({ period = PERIOD, onTrimmed }: HeapTrimmerOptions = {}) {
    this.#onTrimmed = onTrimmed
    this.#timer = setInterval(() => this.#look(), period).unref()
  }

  close(): void {
    clearInterval(this.#timer)
  }

  #look(): void {
    const utilization = performance.eventLoopUtilization()
    const isIdle = performance.eventLoopUtilization(utilization, this.#utilization).utilization < IDLE
    this.#utilization = utilization
    const before = usedBytes()
    this.#held = Math.min(this.#held, before)
    if (isIdle && before - this.#held >= WORTHWHILE && !this.#isCollecting) void this.#collect(before)
  }

  async #collect(before: number): Promise<void> {
    this.#isCollecting = true
    await collectGarbage()
    this.#isCollecting = false
    this.#held = usedBytes()
    this.#onTrimmed?.({ before, after: this.#held })
  }
}

function usedBytes(): number {
  const { used_heap_size: heap, external_memory: external } = getHeapStatistics()
  return heap + external
}

/** Asks as a debugger does: what Node calls `gc` gives back half as much, and needs a flag. */
async function collectGarbage(): Promise<void> {
  const session = new Session()
  session.connect()
  await session.post('HeapProfiler.collectGarbage')
  session.disconnect()
}
