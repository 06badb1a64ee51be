import type { FrameClock } from './oncePerFrame'

export interface BehindFrameTask {
  readonly request: () => void
  readonly cancel: () => void
}

/** Runs work once the next frame is drawn, once however often it is asked for: what follows the hand at a distance then never holds up what the hand is on. */
export function behindFrame(work: () => void, clock: FrameClock = globalThis): BehindFrameTask {
  let frame: number | null = null
  let task: ReturnType<typeof setTimeout> | undefined
  return {
    request() {
      frame ??= clock.requestAnimationFrame(() => {
        // A task of its own is begun after the frame's painting.
        task = setTimeout(() => {
          frame = null
          work()
        })
      })
    },
    cancel() {
      if (frame !== null) clock.cancelAnimationFrame(frame)
      clearTimeout(task)
      frame = null
    },
  }
}
