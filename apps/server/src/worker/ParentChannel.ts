/** Connects a worker to the server that forked it, and ends the worker when the server is gone. */
export class ParentChannel<Command, Report> {
  constructor(onCommand: (command: Command) => void) {
    process.on('message', (message) => onCommand(message as Command))
    process.on('disconnect', () => process.exit(0))
  }

  /** Resolves once the report has left this process. */
  send(report: Report): Promise<void> {
    return new Promise((resolve, reject) => {
      if (!process.send) return reject(new Error('Expected to be forked by the server, got no parent process'))
      process.send(report, undefined, {}, (error) => (error ? reject(error) : resolve()))
    })
  }
}
