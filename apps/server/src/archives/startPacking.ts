import { type ChildProcess, spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { setPriority } from 'node:os'
import { join } from 'node:path'
import { PassThrough, type Readable } from 'node:stream'
import { UNFINISHED } from '../artifacts/sweepUnfinished.js'
import { createId } from '../createId.js'
import { errorCodes, HourglassError } from '../HourglassError.js'
import type { Log } from '../log.js'
import { watchIdling } from '../processes/watchIdling.js'
import { exporterPath } from '../projectPaths.js'
import type { Selection } from '../upkeep/copySelection.js'
import { ARCHIVE_NICENESS } from './archiveLimits.js'

export interface PackingOptions {
  readonly dataFolder: string
  readonly workFolder: string
  readonly log: Log
  readonly selection: Selection
  readonly signal: AbortSignal
  /** How long the process may be silent and use no processor before its first bytes, in seconds: then it is ended. */
  readonly silentSeconds: number
}

/**
 * Packs a run or an experiment in a process of its own; resolves when its first bytes are there. Throws ARCHIVE_FAILED. The stream fails where the rest cannot
 * be packed. Whoever reads no more destroys it, or aborts the signal: the process is ended, and what it has staged is removed, as that keeps deleted files on the
 * disk.
 */
export async function startPacking({ dataFolder, workFolder, log, selection, signal, silentSeconds }: PackingOptions): Promise<Readable> {
  signal.throwIfAborted()
  const staging = join(workFolder, `${createId()}${UNFINISHED}`)
  const child = startExporter([dataFolder, staging, selection.kind, selection.id])
  const { stdout, stderr } = child
  // Where the system has no room for it there is a child without streams.
  if (!stdout || !stderr) throw failed('')
  const output = new PassThrough()
  lowerPriority(child.pid)
  const leave = () => child.kill('SIGKILL')
  signal.addEventListener('abort', leave, { once: true })
  output.once('close', leave)
  // Who does not read it yet, or no more, is told of nothing.
  for (const stream of [output, stdout, stderr]) stream.on('error', () => undefined)
  let problem: string | undefined
  // From its first bytes on it may wait for whoever reads them.
  const stopWatching = watchIdling({
    pid: child.pid,
    subject: 'The process that packs',
    silentSeconds,
    onProblem: (message) => {
      problem = message
      leave()
    },
  })
  stdout.once('readable', stopWatching)
  let errors = ''
  stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-2_000)
  })
  stdout.pipe(output, { end: false })
  child.on('error', (error) => output.destroy(failed(error.message)))
  child.on('exit', () => {
    // What is packed has been written by then, or is wanted by nobody.
    for (const path of [staging, `${staging}${UNFINISHED}`]) {
      rm(path, { recursive: true, force: true }).catch((error: unknown) =>
        log.warn({ err: error, path }, 'what an archive has left cannot be removed'),
      )
    }
  })
  child.on('close', (code) => {
    stopWatching()
    signal.removeEventListener('abort', leave)
    // Who asks is not to learn where the lab keeps its data.
    const message = (errors.trim().split('\n').at(-1) ?? '').replaceAll(dataFolder, 'data folder')
    if (code === 0) {
      if (message !== '') log.warn({ selection, message }, 'archive lacks files')
      output.end()
    } else output.destroy(failed(problem ? `The archive could not be packed. ${problem} Try again.` : message))
  })
  await new Promise<void>((resolve, reject) => {
    output.once('readable', resolve)
    output.once('error', reject)
  })
  return output
}

function startExporter(args: readonly string[]): ChildProcess {
  try {
    return spawn(process.execPath, [exporterPath, ...args], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
  } catch (error) {
    // For want of memory, for example.
    throw failed(`The archive could not be packed: ${error instanceof Error ? error.message : String(error)}.`)
  }
}

function lowerPriority(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    setPriority(pid, ARCHIVE_NICENESS)
  } catch {
    // Some systems forbid it; it then competes at normal priority.
  }
}

function failed(message: string): HourglassError {
  return new HourglassError(errorCodes.archiveFailed, message === '' ? 'The archive could not be packed: its process was ended.' : message)
}
