export interface NewestTask {
  /** Asks for the work to be done with what is newest, on account of an input at a time; null is nobody's input. */
  request(at: number | null): void
  /** Forgets what is on its way. */
  cancel(): void
}

interface Outcome<Result> {
  /** Told when the earliest input that the result answers happened. */
  readonly done: (result: Result, earliest: number | null) => void
  readonly failed: (error: Error) => void
}

/**
 * Runs work that takes a while on the newest state alone: requests that come while it runs share one run after it, however many they are. So
 * slow work is late by one run and never by a queue of them. What began before a cancel is of an older generation, and heard of no more.
 */
export function oneAtATime<Result>(work: () => Promise<Result>, { done, failed }: Outcome<Result>): NewestTask {
  let generation = 0
  let isRunning = false
  let waiting: { readonly earliest: number | null } | null = null

  const run = (earliest: number | null) => {
    const own = generation
    isRunning = true
    const end = (tell: () => void) => {
      if (own !== generation) return
      isRunning = false
      const next = waiting
      waiting = null
      if (next) run(next.earliest)
      tell()
    }
    work().then(
      (result) => end(() => done(result, earliest)),
      (error: Error) => end(() => failed(error)),
    )
  }
  return {
    request(at) {
      if (isRunning) waiting = { earliest: waiting?.earliest ?? at }
      else run(at)
    },
    cancel() {
      generation++
      isRunning = false
      waiting = null
    },
  }
}
