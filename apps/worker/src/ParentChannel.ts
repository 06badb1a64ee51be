import type { z } from 'zod'

/** Connects a worker to the process that forked it, and ends the worker when that is gone. */
export class ParentChannel<Command, Report> {
  constructor(schema: z.ZodType<Command>, onCommand: (command: Command) => void) {
    process.on('message', (message) => onCommand(schema.parse(message)))
    process.on('disconnect', () => process.exit(0))
  }

  /** Resolves once the report has left this process. */
  report(report: Report): Promise<void> {
    return new Promise((resolve, reject) => {
      if (!process.send) return reject(new Error('Expected to be forked by the server, got no parent process'))
      process.send(report, undefined, {}, (error) => (error ? reject(error) : resolve()))
    })
  }
}
