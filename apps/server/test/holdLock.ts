import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

/** How another program holds a database: for so long, so often, in milliseconds; once where no pause is given. */
export interface Hold {
  readonly milliseconds: number
  readonly pause?: number
  readonly begin?: 'BEGIN IMMEDIATE' | 'BEGIN EXCLUSIVE'
}

const script = `
  const SqliteDatabase = require('better-sqlite3')
  const [path, milliseconds, pause, begin] = process.argv.slice(1)
  const database = new SqliteDatabase(path, { timeout: 30000 })
  const wait = (time) => new Promise((resolve) => setTimeout(resolve, Number(time)))
  void (async () => {
    for (let times = 0; times === 0 || pause !== ''; times++) {
      database.exec(begin)
      if (times === 0) process.send('held')
      await wait(milliseconds)
      database.exec('COMMIT')
      await wait(pause)
    }
    process.disconnect()
  })()
`

/** Holds a database's write lock from a process of its own, as a viewer or a backup does. Resolves once it is held. */
export async function holdLock(path: string, { milliseconds, pause, begin = 'BEGIN IMMEDIATE' }: Hold): Promise<AsyncDisposable> {
  const child: ChildProcess = spawn(
    process.execPath,
    ['-e', script, '--', path, String(milliseconds), pause === undefined ? '' : String(pause), begin],
    { cwd: import.meta.dirname, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
  )
  const exited = once(child, 'exit')
  await Promise.race([
    once(child, 'message'),
    exited.then(([code]) => Promise.reject(new Error(`expected a held lock, got exit code ${code}`))),
  ])
  return {
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL')
      await exited
    },
  }
}
