import { type WorkerTaskCommand, type WorkerTaskName, type WorkerTaskReport, workerTasks } from '@hourglass/autoencoders/calls'
import { type Alive, aliveSchema } from '@hourglass/protocol'
import { z } from 'zod'
import { taskWorkerPath } from '../projectPaths.js'
import { ForkedWorker, type WorkerExit } from './ForkedWorker.js'
import { WorkerWatch } from './WorkerWatch.js'

/** What all tasks of a lab have in common. */
export interface TaskSettings {
  /** Folder of what runs of the same data share. */
  readonly cacheFolder: string
  /** How long a task may be silent and use no processor before it is ended, in seconds. */
  readonly silentSeconds: number
}

export interface TaskOptions extends TaskSettings {
  readonly niceness: number
}

interface TaskFailure {
  readonly type: 'failed'
  readonly code: string
  readonly message: string
}

export interface RunningTask<Name extends WorkerTaskName> {
  /** The report; how the process ended where it ended without one. */
  readonly finished: Promise<WorkerTaskReport<Name> | TaskFailure | ({ readonly type: 'died' } & WorkerExit)>
  /** Undefined where it could not start. */
  readonly pid: number | undefined
  kill(): void
}

/** Does a short task in a process of its own, however long that takes while it computes; one that hangs is ended, and has failed. */
export function runTask<Name extends WorkerTaskName>(
  name: Name,
  command: WorkerTaskCommand<Name>,
  { cacheFolder, silentSeconds, niceness }: TaskOptions,
): RunningTask<Name> {
  let answer: WorkerTaskReport<Name> | TaskFailure | undefined
  const worker = new ForkedWorker<WorkerTaskCommand<Name>, WorkerTaskReport<Name> | Alive>({
    path: taskWorkerPath,
    args: [name, cacheFolder],
    reportSchema: z.union([aliveSchema, workerTasks[name].report]) as unknown as z.ZodType<WorkerTaskReport<Name> | Alive>,
    niceness,
    onHeard: (report) => watch.heard(report),
    onReport: async (report) => {
      if (report.type !== 'alive') answer = report
    },
  })
  const watch = new WorkerWatch({
    pid: worker.pid,
    subject: `The process of the task ${name}`,
    silentSeconds,
    memoryBytes: Number.POSITIVE_INFINITY,
    // It says nothing before it is done: it may compute for as long as it takes.
    threads: Number.POSITIVE_INFINITY,
    onProblem: ({ code, message }) => {
      answer ??= { type: 'failed', code, message }
      worker.kill()
    },
  })
  worker.send(command)
  const finished = worker.ended.finally(() => watch.close()).then((exit) => answer ?? { type: 'died' as const, ...exit })
  return { finished, pid: worker.pid, kill: () => worker.kill() }
}
