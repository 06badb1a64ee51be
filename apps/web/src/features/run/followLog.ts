import { nothingRead, type ReadLog, readLogOn } from './readLog'

/** A log is read on at most so often, in milliseconds. */
const PAUSE = 500
/** Until when the last words of a worker are in its log once its run has ended. */
const LAST_WORDS = 1_500

export interface LogReaders {
  /** Takes all of the log that is known; null where there is none. */
  readonly onRead: (log: ReadLog | null) => void
  readonly onFailure: () => void
}

/** Reads on in a log each time that `look` is called, and once more a moment later; requests keep a distance. */
export function followLog(url: string, { onRead, onFailure }: LogReaders): { readonly look: () => void; readonly stop: () => void } {
  const ending = new AbortController()
  let known: ReadLog = nothingRead
  let readAt = Number.NEGATIVE_INFINITY
  let isReading = false
  let isAsked = false
  let next: ReturnType<typeof setTimeout> | undefined
  let last: ReturnType<typeof setTimeout> | undefined
  const read = async () => {
    next = undefined
    isReading = true
    isAsked = false
    readAt = performance.now()
    try {
      const log = await readLogOn(url, { known, signal: ending.signal })
      known = log ?? nothingRead
      if (!ending.signal.aborted) onRead(log)
    } catch {
      if (!ending.signal.aborted) onFailure()
    }
    isReading = false
    if (isAsked) plan()
  }
  const plan = () => {
    isAsked = true
    if (isReading || ending.signal.aborted) return
    next ??= setTimeout(() => void read(), Math.max(0, PAUSE - (performance.now() - readAt)))
  }
  return {
    look: () => {
      plan()
      clearTimeout(last)
      last = setTimeout(plan, LAST_WORDS)
    },
    stop: () => {
      ending.abort()
      clearTimeout(next)
      clearTimeout(last)
    },
  }
}
