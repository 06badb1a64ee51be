import { type WorkerTaskCommand, type WorkerTaskName, type WorkerTaskReport, workerTasks } from '@hourglass/protocol'
import type { z } from 'zod'
import { taskWorkerPath } from '../projectPaths.js'
import { ForkedWorker, type WorkerExit } from './ForkedWorker.js'

export interface TaskOptions {
  /** Folder of what runs of the same data share. */
  readonly cacheFolder: string
  readonly niceness: number
}

export interface RunningTask<Name extends WorkerTaskName> {
  /** The report; how the process ended where it ended without one. */
  readonly finished: Promise<WorkerTaskReport<Name> | ({ readonly type: 'died' } & WorkerExit)>
  kill(): void
}

/** Does a short task in a process of its own. */
export function runTask<Name extends WorkerTaskName>(
  name: Name,
  command: WorkerTaskCommand<Name>,
  { cacheFolder, niceness }: TaskOptions,
): RunningTask<Name> {
  let answer: WorkerTaskReport<Name> | undefined
  const worker = new ForkedWorker<WorkerTaskCommand<Name>, WorkerTaskReport<Name>>({
    path: taskWorkerPath,
    args: [name, cacheFolder],
    reportSchema: workerTasks[name].report as unknown as z.ZodType<WorkerTaskReport<Name>>,
    niceness,
    onReport: async (report) => {
      answer = report
    },
  })
  worker.send(command)
  return { finished: worker.ended.then((exit) => answer ?? { type: 'died', ...exit }), kill: () => worker.kill() }
}
