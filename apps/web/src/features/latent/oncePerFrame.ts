export interface FrameTask {
  /** Asks for the work to be done on account of an input at a time. */
  request(at: number): void
  cancel(): void
}

export interface FrameClock {
  requestAnimationFrame(callback: () => void): number
  cancelAnimationFrame(handle: number): void
}

/**
 * Runs work at most once a frame and never late: the first request of a frame runs at once, those that follow share one run before the
 * next paint. The work is told when the earliest input that it answers happened.
 */
export function oncePerFrame(work: (earliest: number) => void, clock: FrameClock = globalThis): FrameTask {
  let frame: number | null = null
  let earliest: number | null = null

  const onFrame = () => {
    frame = null
    if (earliest !== null) run()
  }
  const run = () => {
    const at = earliest
    earliest = null
    frame = clock.requestAnimationFrame(onFrame)
    if (at !== null) work(at)
  }
  return {
    request(at) {
      earliest ??= at
      if (frame === null) run()
    },
    cancel() {
      if (frame !== null) clock.cancelAnimationFrame(frame)
      frame = null
      earliest = null
    },
  }
}
