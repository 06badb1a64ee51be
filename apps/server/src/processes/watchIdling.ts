import { WorkerWatch } from './WorkerWatch.js'

export interface IdlingOptions {
  readonly pid: number | undefined
  /** Begins the sentence that says why it is ended. */
  readonly subject: string
  /** How long it may use no processor, in seconds. */
  readonly silentSeconds: number
  /** Called once, with that sentence. */
  readonly onProblem: (message: string) => void
}

/** Watches a process that says nothing until it is done, and may work for as long as it takes: tells when it has not for a while. Returns how to stop. */
export function watchIdling({ onProblem, ...watched }: IdlingOptions): () => void {
  const unlimited = Number.POSITIVE_INFINITY
  const watch = new WorkerWatch({ ...watched, memoryBytes: unlimited, threads: unlimited, onProblem: ({ message }) => onProblem(message) })
  watch.expect({ stepSeconds: unlimited, passSeconds: unlimited })
  return () => watch.close()
}
