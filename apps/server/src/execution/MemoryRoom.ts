import type { RunProgress } from '@hourglass/protocol'
import type { LiveProgress } from '../runs/LiveProgress.js'
import type { Run } from '../runs/RunReader.js'

/** A run that trains: what it is expected to need, and what it has taken, in bytes. */
export interface MemoryTaken {
  readonly neededBytes: number
  readonly memoryBytes: number
}

/** `fits`; `waits`, where the end of runs that train would make room, so that no other may take it first; `crowdedOut` by other programs, so that others go on. */
export type Room = 'fits' | 'waits' | 'crowdedOut'

/** Tells what becomes of a run that needs so many bytes while so many are free; what runs that train will still take is theirs. */
export function roomFor(neededBytes: number, freeBytes: number, training: readonly MemoryTaken[]): Room {
  const left = freeBytes - sum(training.map((each) => Math.max(0, each.neededBytes - each.memoryBytes)))
  if (neededBytes <= left) return 'fits'
  const theirs = sum(training.map((each) => Math.max(each.neededBytes, each.memoryBytes)))
  return neededBytes <= left + theirs ? 'waits' : 'crowdedOut'
}

/** A run that was found to wait, and what it needs, in bytes. */
export interface WaitingRun {
  readonly run: Run
  readonly neededBytes: number
  readonly room: Room
}

/** Knows which queued runs wait for memory, and says what for. */
export class MemoryWaits {
  readonly #onChange: (runId: string) => void
  #waits: ReadonlyMap<string, LiveProgress> = new Map()

  constructor(onChange: (runId: string) => void) {
    this.#onChange = onChange
  }

  /** Whether any run waits. */
  get any(): boolean {
    return this.#waits.size > 0
  }

  /** The same object until something of it changes. */
  of(runId: string): LiveProgress | undefined {
    return this.#waits.get(runId)
  }

  /** Takes which runs were found to wait; no others do. */
  found(runs: readonly WaitingRun[], freeBytes: number): void {
    const before = this.#waits
    this.#waits = new Map(
      runs.map(({ run, neededBytes, room }) => {
        const message = describeWait({ neededBytes, freeBytes, room })
        const known = before.get(run.id)
        return [run.id, known?.waitingFor?.message === message ? known : waiting(run, message)]
      }),
    )
    for (const [id, wait] of this.#waits) if (before.get(id) !== wait) this.#onChange(id)
  }
}

function waiting({ epochs, epochsCompleted }: Run, message: string): LiveProgress {
  const nowhere = { step: 0, stepsPerEpoch: 0, imagesPerSecond: 0, secondsLeft: 0 }
  const start: RunProgress = { type: 'progress', stage: 'starting', epoch: epochsCompleted, epochs: epochs ?? 0, ...nowhere }
  return { ...start, waitingFor: { code: 'MEMORY_BUSY', message } }
}

function describeWait({
  neededBytes,
  freeBytes,
  room,
}: {
  readonly neededBytes: number
  readonly freeBytes: number
  readonly room: Room
}): string {
  const what = `Waiting for memory: the run needs about ${gigabytes(neededBytes)}, and ${gigabytes(Math.max(0, freeBytes))} are free.`
  const when =
    room === 'waits'
      ? 'It starts when runs that train have ended.'
      : 'Close other programs, or stop it and launch it with smaller batches; it starts when there is room.'
  return `${what} ${when}`
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`
