/** The thread that writes a table as Parquet: asks for portions of rows, and hands over parts of the file as they are taken. */
import { once } from 'node:events'
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { type BasicType, ByteWriter, parquetWriteRows } from 'hyparquet-writer'
import type { TableRow } from './readTable.js'
import type { TableColumn } from './tableColumns.js'

export type ParquetColumn = Pick<TableColumn, 'name' | 'type'>

/** What the thread says; each time it waits for an answer. */
export type ParquetReport =
  /** Answered with the next rows, or with null behind the last ones. */
  | { readonly type: 'wants' }
  /** Answered once it is taken. */
  | { readonly type: 'part'; readonly bytes: Uint8Array }
  | { readonly type: 'over' }

/** Runs of one group of the file: so many are held in memory. */
const GROUP = 1_000

const types = { id: 'STRING', number: 'DOUBLE', text: 'STRING', time: 'TIMESTAMP' } as const satisfies Record<
  TableColumn['type'],
  BasicType
>

/** Hands on what was written after each group. */
class PortWriter extends ByteWriter {
  readonly #port: MessagePort

  constructor(port: MessagePort) {
    super()
    this.#port = port
  }

  async flush(): Promise<void> {
    const bytes = new Uint8Array(this.buffer.slice(0, this.index))
    this.index = 0
    await ask(this.#port, { type: 'part', bytes }, [bytes.buffer])
  }

  override async finish(): Promise<void> {
    await this.flush()
  }
}

async function ask(port: MessagePort, report: ParquetReport, moved: readonly ArrayBuffer[] = []): Promise<unknown> {
  const answered = once(port, 'message')
  port.postMessage(report, moved)
  const [answer] = await answered
  return answer
}

async function* rowsOf(port: MessagePort, columns: readonly ParquetColumn[]) {
  for (;;) {
    const rows = (await ask(port, { type: 'wants' })) as readonly TableRow[] | null
    if (rows === null) return
    for (const row of rows) yield Object.fromEntries(columns.map(({ name, type }, index) => [name, toValue(row[index] ?? null, type)]))
  }
}

const toValue = (cell: TableRow[number], type: TableColumn['type']) => (type === 'time' && typeof cell === 'number' ? new Date(cell) : cell)

if (!parentPort) throw new Error('Expected to be started as a thread, got no port')
const port = parentPort
const columns = workerData as readonly ParquetColumn[]
await parquetWriteRows({
  writer: new PortWriter(port),
  columns: columns.map(({ name, type }) => ({ name, type: types[type], nullable: type !== 'id' })),
  rows: rowsOf(port, columns),
  rowGroupSize: GROUP,
  createdBy: 'Hourglass',
})
port.postMessage({ type: 'over' } satisfies ParquetReport)
port.close()
