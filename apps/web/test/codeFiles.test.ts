import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tableFromIPC } from 'apache-arrow'
import Papa from 'papaparse'
import { readParquet } from 'parquet-wasm/node'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { type CodesToSave, writeCodes } from '../src/features/latent/codeFiles'
import { writeGif } from '../src/features/latent/writeGif'

const saved: CodesToSave = {
  codes: Float32Array.of(1 / 3, -2, 1e-20, 4, 5.5, 123_456.789),
  size: 2,
  labels: [7, 1, 9],
  errors: Float32Array.of(0.1, 0.2, 0.3),
  nameOf: (index) => `test example ${index}`,
}
const rowsOf = (text: string, delimiter: string) => Papa.parse<string[]>(text.trimEnd(), { delimiter }).data
const floats = (texts: readonly (string | undefined)[]) => texts.map((text) => Math.fround(Number(text)))
const python = process.env.HOURGLASS_PYTHON ?? 'python3'
const hasNumpy = spawnSync(python, ['-c', 'import numpy']).status === 0

describe('codes that are taken away', () => {
  it('are read from CSV as they are', async () => {
    const [file] = await writeCodes('csv', saved)
    const [columns, ...rows] = rowsOf(String(file?.content), ',')
    expect(columns).toEqual(['example', 'label', 'error', 'z1', 'z2'])
    expect(rows.map(([name]) => name)).toEqual(['test example 0', 'test example 1', 'test example 2'])
    expect(rows.flatMap((row) => floats(row.slice(3)))).toEqual([...saved.codes])
  })

  it('are read from the files of the projector: numbers without a heading, and what is known under one', async () => {
    const [tensors, metadata] = await writeCodes('tsv', saved)
    expect([tensors?.ending, metadata?.ending]).toEqual(['tensors.tsv', 'metadata.tsv'])
    expect(rowsOf(String(tensors?.content), '\t').flatMap(floats)).toEqual([...saved.codes])
    expect(rowsOf(String(metadata?.content), '\t')).toEqual([
      ['example', 'label', 'error'],
      ['test example 0', '7', '0.100000001'],
      ['test example 1', '1', '0.200000003'],
      ['test example 2', '9', '0.300000012'],
    ])
  })

  it('are read from Parquet by another library', async () => {
    const [file] = await writeCodes('parquet', saved)
    const table = tableFromIPC(readParquet(file?.content as Uint8Array).intoIPCStream())
    expect(table.schema.fields.map(({ name }) => name)).toEqual(['example', 'label', 'error', 'z1', 'z2'])
    expect(Array.from(table.getChild('example') ?? [])).toEqual(['test example 0', 'test example 1', 'test example 2'])
    expect(Array.from(table.getChild('label') ?? [])).toEqual([7, 1, 9])
    expect(Array.from(table.getChild('z2') ?? [])).toEqual([...saved.codes].filter((_, at) => at % 2 === 1))
  })

  it('are laid out in NPY as its format says', async () => {
    const [file] = await writeCodes('npy', saved)
    const bytes = file?.content as Uint8Array
    const length = new DataView(bytes.buffer).getUint16(8, true)
    const head = new TextDecoder('latin1').decode(bytes.subarray(0, 10 + length))
    expect((10 + length) % 64).toBe(0)
    expect(head.slice(0, 8)).toBe(String.fromCharCode(0x93, 78, 85, 77, 80, 89, 1, 0))
    expect(head.slice(10).trimEnd()).toBe("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), }")
    expect(new Float32Array(bytes.slice(10 + length).buffer)).toEqual(saved.codes)
  })

  it.runIf(hasNumpy)('are read from NPY by NumPy', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'codes-'))
    try {
      const [file] = await writeCodes('npy', saved)
      const path = join(folder, 'codes.npy')
      writeFileSync(path, file?.content as Uint8Array)
      const script = 'import sys, json, numpy; a = numpy.load(sys.argv[1]); print(json.dumps([str(a.dtype), a.tolist()]))'
      const [type, rows] = JSON.parse(execFileSync(python, ['-c', script, path], { encoding: 'utf8' })) as [string, number[][]]
      expect([type, rows.flat()]).toEqual(['float32', [...saved.codes]])
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe('an animation that is taken away', () => {
  it('is a GIF that another library reads, frame by frame, and that runs for ever', async () => {
    const values = Float32Array.of(0, 1, 1, 0, 1, 1, 0, 0)
    const gif = await writeGif({ values, count: 2, exampleShape: [2, 2] }, { magnification: 3, delay: 50 })
    const image = sharp(gif, { animated: true })
    expect(await image.metadata()).toMatchObject({ format: 'gif', width: 6, pageHeight: 6, pages: 2, loop: 0, delay: [50, 50] })
    const { data, info } = await image.removeAlpha().greyscale().raw().toBuffer({ resolveWithObject: true })
    // The middle of each of the four pixels of both frames.
    const at = (frame: number, row: number, column: number) => data[((frame * 6 + row * 3 + 1) * 6 + column * 3 + 1) * info.channels] ?? 0
    const shown = [0, 1].flatMap((frame) => [at(frame, 0, 0), at(frame, 0, 1), at(frame, 1, 0), at(frame, 1, 1)])
    for (const [index, value] of shown.entries()) expect(Math.abs(value / 255 - (values[index] ?? 0))).toBeLessThan(0.03)
  })
})
