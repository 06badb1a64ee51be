import { PassThrough, type Readable } from 'node:stream'
import { type BasicType, ByteWriter, parquetWriteRows } from 'hyparquet-writer'
import type { Cell } from './readCells.js'
import type { TableRow } from './readTable.js'
import type { TableColumn } from './tableColumns.js'

/** Runs of one group of the file: so many are held in memory. */
const GROUP = 1_000

const types = { id: 'STRING', number: 'DOUBLE', text: 'STRING', time: 'TIMESTAMP' } as const satisfies Record<
  TableColumn['type'],
  BasicType
>

/** Writes a table as Apache Parquet, group by group as fast as it is read. The stream fails where the table cannot be read. */
export function writeParquet(columns: readonly TableColumn[], portions: AsyncIterable<readonly TableRow[]>): Readable {
  const output = new PassThrough()
  const written = parquetWriteRows({
    writer: new StreamWriter(output),
    columns: columns.map(({ name, type }) => ({ name, type: types[type], nullable: type !== 'id' })),
    rows: rowsOf(columns, portions),
    rowGroupSize: GROUP,
    createdBy: 'Hourglass',
  })
  Promise.resolve(written).then(
    () => output.end(),
    (error: unknown) => output.destroy(error instanceof Error ? error : new Error(String(error))),
  )
  return output
}

async function* rowsOf(columns: readonly TableColumn[], portions: AsyncIterable<readonly TableRow[]>) {
  for await (const rows of portions) {
    for (const row of rows) yield Object.fromEntries(columns.map(({ name, type }, index) => [name, toValue(row[index] ?? null, type)]))
  }
}

const toValue = (cell: Cell, type: TableColumn['type']) => (type === 'time' && typeof cell === 'number' ? new Date(cell) : cell)

/** Hands on what was written after each group, and waits while nobody reads it. */
class StreamWriter extends ByteWriter {
  readonly #output: PassThrough

  constructor(output: PassThrough) {
    super()
    this.#output = output
  }

  async flush(): Promise<void> {
    if (this.#output.destroyed) throw new Error('the reader of the table has left')
    const bytes = this.buffer.slice(0, this.index)
    this.index = 0
    if (this.#output.write(new Uint8Array(bytes))) return
    await new Promise<void>((resolve) => {
      this.#output.once('drain', resolve)
      this.#output.once('close', resolve)
    })
  }

  override async finish(): Promise<void> {
    await this.flush()
  }
}
