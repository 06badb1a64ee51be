/** The process that trains one run: `train.js FOLDER CACHE`, the folders of the run's files and of what runs share. Reports over IPC. */
import { type RunAssignment, type RunCommand, type RunReport, runCommandSchema } from '@hourglass/protocol'
import { describeFailure } from './describeFailure.js'
import { FolderArtifacts } from './FolderArtifacts.js'
import { keepAlive } from './keepAlive.js'
import { ParentChannel } from './ParentChannel.js'
import { say, sayFailure, warn } from './say.js'
import { trainRun } from './trainRun.js'

const [folder = '', cacheFolder = ''] = process.argv.slice(2)
const stopping = new AbortController()
let confirmStored: (() => void) | undefined

const reporter = new ParentChannel<RunCommand, RunReport>(runCommandSchema, async (command) => {
  if (command.type === 'run') await run(command)
  else if (command.type === 'stop') {
    say('Asked to stop')
    stopping.abort()
  } else confirmStored?.()
})

keepAlive(reporter)

async function run(assignment: RunAssignment): Promise<void> {
  const whenStored = () =>
    new Promise<void>((resolve) => {
      confirmStored = resolve
    })
  try {
    const artifacts = new FolderArtifacts(folder, assignment.attempt, {
      patienceSeconds: assignment.patienceSeconds,
      signal: stopping.signal,
      onWaiting: (reason) => {
        warn(reason ? `Waits: ${reason.message}` : 'Files can be written again')
        return reporter.report({ type: 'waiting', reason })
      },
    })
    await trainRun({ assignment, reporter, artifacts, cacheFolder, signal: stopping.signal, whenStored })
    say(`${stopping.signal.aborted ? 'Stopped' : 'Completed'}: ${describeUsage()}`)
    await reporter.report({ type: 'ended', reason: stopping.signal.aborted ? 'stopped' : 'completed' })
  } catch (error) {
    sayFailure(error)
    await reporter.report({ type: 'failed', ...describeFailure(error) })
  }
  process.exit(0)
}

/** Says what this process took of the machine. */
function describeUsage(): string {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  const processorSeconds = (userCPUTime + systemCPUTime) / 1e6
  // maxRSS counts kilobytes of 1,024 bytes.
  const megabytes = Math.round((maxRSS * 1024) / 1e6)
  return `${process.uptime().toFixed(1)} s, ${processorSeconds.toFixed(1)} s of processor time, at most ${megabytes} MB of memory`
}
