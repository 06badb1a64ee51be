import type { z } from 'zod'

/** Connects a worker to the process that forked it, and ends the worker when that is gone, or where a command fails and not even that can be told. */
export class ParentChannel<Command, Report> {
  constructor(schema: z.ZodType<Command>, onCommand: (command: Command) => Promise<void>) {
    // What this prints is read by a process that may be gone before this one.
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
    process.on('disconnect', () => process.exit(0))
    process.on('message', (message) => {
      onCommand(schema.parse(message)).catch(endWithout)
    })
  }

  /** Resolves once the report has left this process. */
  report(report: Report): Promise<void> {
    return new Promise((resolve, reject) => {
      if (!process.send) return reject(new Error('Expected to be forked by the server, got no parent process'))
      process.send(report, undefined, {}, (error) => (error ? reject(error) : resolve()))
    })
  }
}

/** A process that ends without a word counts as crashed. */
function endWithout(error: unknown): void {
  console.error(error)
  process.exit(1)
}
