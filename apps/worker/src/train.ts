/** The process that trains one run: `train.js FOLDER CACHE`, the folders of the run's files and of what runs share. Reports over IPC. */
import { type RunAssignment, type RunCommand, type RunReport, runCommandSchema } from '@hourglass/protocol'
import { describeFailure } from './describeFailure.js'
import { FolderArtifacts } from './FolderArtifacts.js'
import { ParentChannel } from './ParentChannel.js'
import { trainRun } from './trainRun.js'

const [folder = '', cacheFolder = ''] = process.argv.slice(2)
const stopping = new AbortController()
let confirmStored: (() => void) | undefined

const reporter = new ParentChannel<RunCommand, RunReport>(runCommandSchema, async (command) => {
  if (command.type === 'run') await run(command)
  else if (command.type === 'stop') stopping.abort()
  else confirmStored?.()
})

/** How often whoever records hears that this process answers, in milliseconds. */
const HEARTBEAT = 1000

// A timer of the event loop, which training leaves free between two steps.
setInterval(() => {
  reporter.report({ type: 'alive', memoryBytes: process.memoryUsage.rss() }).catch(() => undefined)
}, HEARTBEAT).unref()

async function run(assignment: RunAssignment): Promise<void> {
  const whenStored = () =>
    new Promise<void>((resolve) => {
      confirmStored = resolve
    })
  try {
    const artifacts = new FolderArtifacts(folder, assignment.attempt, {
      patienceSeconds: assignment.patienceSeconds,
      signal: stopping.signal,
      onWaiting: (reason) => reporter.report({ type: 'waiting', reason }),
    })
    await trainRun({ assignment, reporter, artifacts, cacheFolder, signal: stopping.signal, whenStored })
    await reporter.report({ type: 'ended', reason: stopping.signal.aborted ? 'stopped' : 'completed' })
  } catch (error) {
    console.error(error)
    await reporter.report({ type: 'failed', ...describeFailure(error) })
  }
  process.exit(0)
}
