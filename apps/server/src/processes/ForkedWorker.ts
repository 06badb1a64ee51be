import { type ChildProcess, type ForkOptions, fork } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { setPriority } from 'node:os'
import type { z } from 'zod'
import { BoundedLog } from './BoundedLog.js'
import { onLines } from './onLines.js'

export interface WorkerExit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  /** Last line that the worker wrote to its standard error. */
  readonly lastErrorLine: string | undefined
  /** Why the system did not start it; undefined for one that ran. */
  readonly refusal?: string
}

export interface ForkedWorkerOptions<Report> {
  /** Script that the process runs. */
  readonly path: string
  readonly args?: readonly string[]
  /** Options of Node itself, such as a limit of memory. @default none */
  readonly nodeOptions?: readonly string[]
  readonly reportSchema: z.ZodType<Report>
  /** Reports are handled one after another, in order. A handler that throws kills the worker. */
  readonly onReport: (report: Report) => Promise<void>
  /** Called with each report as it arrives, unchecked, before those ahead of it are handled. */
  readonly onHeard?: (report: unknown) => void
  /** File that the lines of the worker's output are appended to. */
  readonly logPath?: string
  /** Niceness, so that the server stays quick while workers compute: 0 is normal, 19 the lowest priority. */
  readonly niceness: number
}

/** Added to what Linux ends processes by, from -1000 to 1000. */
const OOM_SCORE = '800'

/** Runs a script in a process of its own that reports over IPC and ends when this process does. */
export class ForkedWorker<Command extends object, Report> {
  /** Resolves when the process is gone and its reports are handled; rejects with what a handler threw. */
  readonly ended: Promise<WorkerExit>
  /** Undefined where the system threw rather than start it. */
  readonly #child: ChildProcess | undefined
  readonly #log: BoundedLog | undefined

  constructor({ path, args = [], nodeOptions = [], reportSchema, onReport, onHeard, logPath, niceness }: ForkedWorkerOptions<Report>) {
    this.#log = logPath === undefined ? undefined : new BoundedLog(logPath)
    const child = tryFork(path, args, {
      serialization: 'advanced',
      stdio: ['ignore', this.#log ? 'pipe' : 'ignore', 'pipe', 'ipc'],
      execArgv: [...nodeOptions],
    })
    if (child instanceof Error) {
      this.ended = Promise.resolve(refused(child))
      return
    }
    this.#child = child
    this.#lowerPriority(niceness)
    this.#giveWayInMemory()
    const errors = this.#collectOutput(child)
    let handled: Promise<void> = Promise.resolve()
    child.on('message', (message) => {
      onHeard?.(message)
      handled = handled.then(() => onReport(reportSchema.parse(message)))
      handled.catch(() => this.kill())
    })
    this.ended = new Promise<WorkerExit>((resolve) => {
      child.on('error', (error) => {
        errors.lastLine ??= error.message
        // One that never started closes nothing. With one whose channel fails nobody can speak.
        if (child.pid === undefined) resolve(refused(error))
        else endProcess(child.pid)
      })
      child.once('close', (code, signal) => resolve({ code, signal, lastErrorLine: errors.lastLine }))
    }).then(async (exit) => {
      await this.#log?.stored()
      await handled
      return exit
    })
    // Whoever started the worker handles the failure; until then it must not count as unhandled.
    this.ended.catch(() => undefined)
  }

  get pid(): number | undefined {
    return this.#child?.pid
  }

  /** Sends a command; one to a process that is gone is dropped, its end says so. */
  send(command: Command): void {
    if (this.#child?.connected) this.#child.send(command, () => undefined)
  }

  /** Adds a line to its log, as one that it might have printed. */
  note(line: string): void {
    this.#log?.write(line)
  }

  kill(): void {
    this.#child?.kill('SIGKILL')
  }

  #lowerPriority(niceness: number): void {
    if (this.pid === undefined) return
    try {
      setPriority(this.pid, niceness)
    } catch {
      // Some systems forbid it; the worker then competes at normal priority.
    }
  }

  /** Where memory runs out, Linux is to end the worker rather than the server. */
  #giveWayInMemory(): void {
    if (this.pid === undefined || process.platform !== 'linux') return
    try {
      writeFileSync(`/proc/${this.pid}/oom_score_adj`, OOM_SCORE)
    } catch {
      // A sandbox may forbid it; the system then chooses by itself.
    }
  }

  /** Writes what the worker prints to its log, and remembers the last line of its errors. */
  #collectOutput({ stdout, stderr }: ChildProcess): { lastLine: string | undefined } {
    const errors: { lastLine: string | undefined } = { lastLine: undefined }
    if (stdout) onLines(stdout, (line) => this.#log?.write(line))
    if (stderr) {
      onLines(stderr, (line) => {
        this.#log?.write(line)
        if (line.trim() !== '') errors.lastLine = line.trim().slice(0, 500)
      })
    }
    return errors
  }
}

/** The system refuses some processes with an event, and others, as for want of memory, with an exception. */
function tryFork(path: string, args: readonly string[], options: ForkOptions): ChildProcess | Error {
  try {
    return fork(path, [...args], options)
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

const refused = ({ message }: Error): WorkerExit => ({ code: null, signal: null, lastErrorLine: message, refusal: message })

/** Ends a process that may be gone already; `ChildProcess.kill` would answer a failure with another error event. */
function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It is gone.
  }
}
