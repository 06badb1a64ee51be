/** The process that does one short task: `task.js NAME CACHE`, its name and the folder of what runs share. Reports over IPC. */
import { type WorkerTaskCommand, type WorkerTaskName, type WorkerTaskReport, workerTasks } from '@hourglass/autoencoders/calls'
import type { Alive } from '@hourglass/protocol'
import { describeFailure } from './describeFailure.js'
import { keepAlive } from './keepAlive.js'
import { ParentChannel } from './ParentChannel.js'
import { checkEngine } from './tasks/checkEngine.js'
import { computeBaseline } from './tasks/computeBaseline.js'
import { measureRate } from './tasks/measureRate.js'

type Tasks = {
  readonly [Name in WorkerTaskName]: (command: WorkerTaskCommand<Name>, cacheFolder: string) => Promise<WorkerTaskReport<Name>>
}

const tasks: Tasks = { baseline: computeBaseline, engine: checkEngine, rate: measureRate }

const [name = '', cacheFolder = ''] = process.argv.slice(2)
if (!Object.hasOwn(tasks, name)) throw new TypeError(`task: expected one of ${Object.keys(tasks).join(', ')}, got ${name}`)
start(name as WorkerTaskName)

function start<Name extends WorkerTaskName>(task: Name): void {
  const { command: schema } = workerTasks[task]
  const channel = new ParentChannel<WorkerTaskCommand<WorkerTaskName>, WorkerTaskReport<WorkerTaskName> | Alive>(
    schema,
    async (command) => {
      try {
        await channel.report(await tasks[task](command as WorkerTaskCommand<Name>, cacheFolder))
      } catch (error) {
        await channel.report({ type: 'failed', ...describeFailure(error) })
      }
      process.exit(0)
    },
  )
  keepAlive(channel)
}
