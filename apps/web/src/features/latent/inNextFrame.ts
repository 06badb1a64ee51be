import type { FrameClock } from './oncePerFrame'

export interface NextFrameTask {
  readonly request: () => void
  readonly cancel: () => void
}

/** Runs work in the next frame, once however often it is asked for: what follows the hand at a distance then never holds up what the hand is on. */
export function inNextFrame(work: () => void, clock: FrameClock = globalThis): NextFrameTask {
  let frame: number | null = null
  return {
    request() {
      frame ??= clock.requestAnimationFrame(() => {
        frame = null
        work()
      })
    },
    cancel() {
      if (frame !== null) clock.cancelAnimationFrame(frame)
      frame = null
    },
  }
}
