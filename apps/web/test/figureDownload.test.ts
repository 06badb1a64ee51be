import { completeRunConfig } from '@hourglass/autoencoders'
import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import { pointsTable } from '../src/entities/run/runFigures'
import { mapExamples } from '../src/features/latent/mapExamples'
import { planeLayout } from '../src/features/latent/mapLayout'
import { mapTable } from '../src/features/latent/mapTable'
import { type FigureSource, figureFileName } from '../src/ui/FigureSource'
import { addPngText } from '../src/ui/pngText'
import { writeFigureCsv } from '../src/ui/writeFigureCsv'

const config = completeRunConfig({ architecture: { kind: 'dense', latentDimension: 2 } })
const source: FigureSource = {
  title: 'Losses of run 3: Tiefe Übung, “2-D”',
  path: '/runs/abc',
  runs: [{ number: 3, name: 'Tiefe\nÜbung', summary: 'MNIST · Dense', config }],
}
/** The smallest PNG: one transparent pixel. */
const pixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64')

interface Chunk {
  readonly type: string
  readonly data: Buffer
  readonly checkSum: number
}

function chunksOf(png: Uint8Array): readonly Chunk[] {
  const bytes = Buffer.from(png)
  const chunks: Chunk[] = []
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at)
    const end = at + 8 + length
    chunks.push({ type: bytes.toString('latin1', at + 4, at + 8), data: bytes.subarray(at + 8, end), checkSum: bytes.readUInt32BE(end) })
    at = end + 4
  }
  return chunks
}

describe('the text in an image', () => {
  test('stands right after the header, in UTF-8, under its keyword', () => {
    const [header, title, settings, ...rest] = chunksOf(addPngText(pixel, { Title: 'Übung', Configuration: '{}' }))
    expect([header?.type, title?.type, settings?.type]).toEqual(['IHDR', 'iTXt', 'iTXt'])
    expect(title?.data.toString('utf8')).toBe('Title\0\0\0\0\0Übung')
    expect(settings?.data.toString('utf8')).toBe('Configuration\0\0\0\0\0{}')
    expect(rest.map(({ type }) => type)).toEqual(['IDAT', 'IEND'])
  })

  test('has the check sum that the format asks for', () => {
    // Computed with zlib.crc32 of Python 3 over b'iTXt' and the data.
    const [, text] = chunksOf(addPngText(pixel, { Title: 'Hourglass' }))
    expect(text?.checkSum).toBe(3_504_065_144)
  })

  test('is refused for what is no PNG, and under what is no keyword', () => {
    expect(() => addPngText(new Uint8Array(40), { Title: 'x' })).toThrow(/expected a PNG image/)
    expect(() => addPngText(pixel, { 'Größe ': 'x' })).toThrow(/printable ASCII/)
  })
})

describe('the table of a figure', () => {
  const csv = writeFigureCsv(source, {
    columns: ['epoch', 'loss', 'note'],
    rows: [
      [1, 0.5, 'a, "b"'],
      [2, Number.NaN, '=1+1'],
      [3, -1e-9, null],
      [4, -2.5, '-2.5'],
      [5, -2.5, '-2.5 0.1'],
    ],
  })

  test('begins with what made it, the whole configuration as JSON', () => {
    const comments = csv.split('\r\n').filter((line) => line.startsWith('#'))
    expect(comments.slice(0, 2)).toEqual(['# Hourglass: Losses of run 3: Tiefe Übung, “2-D”', '# Page: /runs/abc'])
    expect(JSON.parse(comments[2]?.slice('# #3 Tiefe Übung: '.length) ?? '')).toEqual(config)
  })

  test('says after its page what the runs say to what was expected of them', () => {
    const findings = ['Expected: less. Found: Holds for 2 of 4 seeds.']
    const lines = writeFigureCsv({ ...source, findings }, { columns: ['epoch'], rows: [] }).split('\r\n')
    expect(lines[2]).toBe('# Expected: less. Found: Holds for 2 of 4 seeds.')
  })

  test('is read back by others as it was, what is missing or not finite empty, and no cell is a formula', () => {
    const { data } = Papa.parse<string[]>(csv, { comments: '#', skipEmptyLines: true })
    expect(data).toEqual([
      ['epoch', 'loss', 'note'],
      ['1', '0.5', 'a, "b"'],
      ['2', '', "'=1+1"],
      ['3', '-1e-9', ''],
      ['4', '-2.5', '-2.5'],
      ['5', '-2.5', "'-2.5 0.1"],
    ])
  })

  test('lists points row by row, and a map as it is shown', () => {
    const points = { epoch: 4, size: 2, originals: Float32Array.of(1, 2, 3, 4), reconstructions: Float32Array.of(5, 6, 7, 8) }
    expect(pointsTable(points).rows).toEqual([
      [0, 4, 1, 2, 5, 6],
      [1, 4, 3, 4, 7, 8],
    ])
    const codes = { codes: Float32Array.of(1, 2, 3, 4, 5, 6), labels: [7, 9, 7], trainingCodes: Float32Array.of(8, 0) }
    const training = { codes: Float32Array.of(8, 0), labels: [7] }
    const plane = { origin: new Float32Array(2), across: Float32Array.of(0, 1), up: Float32Array.of(1, 0), names: ['z2', 'z1'] as const }
    const map = {
      epoch: 3,
      examples: mapExamples(codes, { training, size: 2, testCount: 5 }),
      layout: planeLayout(plane),
      counts: [5, 10, 0] as const,
      hidden: [9],
    }
    expect(mapTable({ ...map, errors: Float32Array.of(0.5, 0.25, 0.125), clusters: [1, 0, -1] })).toEqual({
      columns: ['split', 'example', 'label', 'epoch', 'z2', 'z1', 'error', 'cluster'],
      rows: [
        ['test', 0, 7, 3, 2, 1, 0.5, 1],
        ['test', 2, 7, 3, 6, 5, 0.125, null],
        ['training', 0, 7, 3, 0, 8, null, null],
      ],
    })
    expect(mapTable({ ...map, layout: planeLayout({ ...plane, up: null }), errors: null, clusters: null }).rows[0]).toEqual([
      'test',
      0,
      7,
      3,
      2,
    ])
  })

  test('is saved under a name that every file system takes', () => {
    expect(figureFileName(source, 'csv')).toBe('losses-of-run-3-tiefe-u-bung-2-d.csv')
    expect(figureFileName({ ...source, title: '数' }, 'png')).toBe('figure.png')
  })
})
