import Papa from 'papaparse'

/** Codes to be taken away, with what is known of the examples that they are of. */
export interface CodesToSave {
  /** `[count, size]` */
  readonly codes: Float32Array
  readonly size: number
  /** Class of each. */
  readonly labels: ArrayLike<number>
  /** Name of each, such as `test example 12`. */
  readonly nameOf: (index: number) => string
  /** Error of each reconstruction; null where these are not known. */
  readonly errors: ArrayLike<number> | null
}

export type CodeFormat = 'csv' | 'npy' | 'parquet' | 'tsv'

/** A file of codes, or one of those that belong together. */
export interface CodeFile {
  /** What its name ends with. */
  readonly ending: string
  readonly content: string | Uint8Array<ArrayBuffer>
  readonly type: string
}

/** How codes are written in each format. Numbers are as exact as the 32-bit floats that they are. */
const writers: Readonly<Record<CodeFormat, (saved: CodesToSave) => Promise<readonly CodeFile[]>>> = {
  csv: async (saved) => [{ ending: 'csv', content: writeTable(saved, ','), type: 'text/csv;charset=utf-8' }],
  npy: async (saved) => [{ ending: 'npy', content: writeNpy(saved), type: 'application/octet-stream' }],
  parquet: async (saved) => [{ ending: 'parquet', content: await writeParquet(saved), type: 'application/vnd.apache.parquet' }],
  tsv: async (saved) => [
    { ending: 'tensors.tsv', content: writeTensors(saved), type: 'text/tab-separated-values;charset=utf-8' },
    { ending: 'metadata.tsv', content: writeMetadata(saved), type: 'text/tab-separated-values;charset=utf-8' },
  ],
}

/** Writes codes as the files of a format; those of the TensorBoard projector are two. */
export function writeCodes(format: CodeFormat, saved: CodesToSave): Promise<readonly CodeFile[]> {
  return writers[format](saved)
}

const countOf = ({ labels }: CodesToSave) => labels.length
const unitsOf = ({ size }: CodesToSave) => Array.from({ length: size }, (_, unit) => `z${unit + 1}`)
const codeOf = ({ codes, size }: CodesToSave, index: number) => codes.subarray(index * size, (index + 1) * size)
/** Nine digits name a 32-bit float. */
const exact = (value: number) => Number(value.toPrecision(9))

function writeTable(saved: CodesToSave, delimiter: string): string {
  const { labels, nameOf, errors } = saved
  const columns = ['example', 'label', ...(errors ? ['error'] : []), ...unitsOf(saved)]
  const rows = Array.from({ length: countOf(saved) }, (_, index) => [
    nameOf(index),
    labels[index],
    ...(errors ? [exact(errors[index] ?? Number.NaN)] : []),
    ...Array.from(codeOf(saved, index), exact),
  ])
  return `${Papa.unparse([columns, ...rows], { delimiter, newline: '\n' })}\n`
}

/** The projector wants vectors without a heading, and a heading over what else is known. */
function writeTensors(saved: CodesToSave): string {
  return Array.from({ length: countOf(saved) }, (_, index) => `${Array.from(codeOf(saved, index), exact).join('\t')}\n`).join('')
}

function writeMetadata({ labels, nameOf, errors }: CodesToSave): string {
  const heading = ['example', 'label', ...(errors ? ['error'] : [])].join('\t')
  const rows = Array.from(labels, (label, index) =>
    [nameOf(index), label, ...(errors ? [exact(errors[index] ?? Number.NaN)] : [])].join('\t'),
  )
  return `${[heading, ...rows].join('\n')}\n`
}

const NPY_MAGIC = [0x93, ...Array.from('NUMPY', (letter) => letter.charCodeAt(0)), 1, 0]
const NPY_ALIGNMENT = 64

/** Writes an array `[count, size]` as NumPy does. Source: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html */
function writeNpy(saved: CodesToSave): Uint8Array<ArrayBuffer> {
  const head = `{'descr': '<f4', 'fortran_order': False, 'shape': (${countOf(saved)}, ${saved.size}), }`
  const before = NPY_MAGIC.length + 2
  const length = Math.ceil((before + head.length + 1) / NPY_ALIGNMENT) * NPY_ALIGNMENT - before
  const file = new Uint8Array(before + length + saved.codes.byteLength)
  file.set(NPY_MAGIC)
  new DataView(file.buffer).setUint16(NPY_MAGIC.length, length, true)
  file.set(new TextEncoder().encode(`${head.padEnd(length - 1)}\n`), before)
  // Machines that browsers run on store the lowest byte first.
  file.set(new Uint8Array(saved.codes.buffer, saved.codes.byteOffset, saved.codes.byteLength), before + length)
  return file
}

async function writeParquet(saved: CodesToSave): Promise<Uint8Array<ArrayBuffer>> {
  // Loaded for whoever wants one.
  const { parquetWriteBuffer } = await import('hyparquet-writer')
  const { labels, nameOf, errors, codes, size } = saved
  const count = countOf(saved)
  const of = <Value>(read: (index: number) => Value) => Array.from({ length: count }, (_, index) => read(index))
  const buffer = parquetWriteBuffer({
    columnData: [
      { name: 'example', data: of(nameOf), type: 'STRING' },
      { name: 'label', data: of((index) => labels[index] ?? 0), type: 'INT32' },
      ...(errors ? [{ name: 'error', data: of((index) => errors[index] ?? Number.NaN), type: 'FLOAT' } as const] : []),
      ...unitsOf(saved).map((name, unit) => ({ name, data: of((index) => codes[index * size + unit] ?? 0), type: 'FLOAT' }) as const),
    ],
  })
  return new Uint8Array(buffer)
}
