export interface Collected {
  (): void
  readonly cancel: () => void
}

/** Makes a burst of calls into one, in milliseconds after its first, and leaves a pause between two. */
export function collected(action: () => void, settle: number, pause = 0): Collected {
  let timeout: ReturnType<typeof setTimeout> | undefined
  let last = Number.NEGATIVE_INFINITY
  const later = () => {
    const wait = Math.max(settle, last + pause - performance.now())
    timeout ??= setTimeout(() => {
      timeout = undefined
      last = performance.now()
      action()
    }, wait)
  }
  return Object.assign(later, { cancel: () => clearTimeout(timeout) })
}
