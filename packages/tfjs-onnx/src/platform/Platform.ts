import type { SecondThread } from '../halves/thread/SecondThread.js'
import type { OnnxRuntime, OnnxRuntimeName } from '../session/Session.js'

/** What is asked of where the program runs: Node or a browser. The package's `imports` choose between the two. */
export interface Platform {
  /** How many threads a compiled function has where it was not said. */
  threads(): number
  /** Starts the thread that computes second halves, or takes the one that runs; undefined where there can be none. */
  secondThread(): Promise<SecondThread | undefined>
  /** The name of the runtime that was chosen from outside; undefined where the first that loads is taken. */
  chosenRuntime(): string | undefined
  /** How to load the runtimes that there can be, fastest first; each rejects where its package is not installed or does not load. */
  readonly loaders: Readonly<Partial<Record<OnnxRuntimeName, () => Promise<OnnxRuntime>>>>
  /** What to do where none of them loads; a whole sentence. */
  readonly advice: string
}
