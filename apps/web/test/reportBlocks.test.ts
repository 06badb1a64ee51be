import Papa from 'papaparse'
import { expect, test } from 'vitest'
import { movedBlock, nameOfBlock } from '../src/features/reports/blockNames'
import { readFigureCsv } from '../src/features/reports/readFigureCsv'
import { writeFigureCsv } from '../src/ui/writeFigureCsv'

test('the block that was dragged is told with the one that it stands behind', () => {
  const before = ['a', 'b', 'c', 'd']
  expect(movedBlock(before, ['a', 'c', 'd', 'b'])).toEqual({ block: 'b', after: 'd' })
  expect(movedBlock(before, ['d', 'a', 'b', 'c'])).toEqual({ block: 'd', after: null })
  expect(movedBlock(before, before)).toBeNull()
  // Of two that change places either may have been dragged: what comes out is the same.
  const swapped = movedBlock(before, ['b', 'a', 'c', 'd'])
  const others = before.filter((id) => id !== swapped?.block)
  others.splice(others.indexOf(swapped?.after ?? '') + 1, 0, swapped?.block ?? '')
  expect(others).toEqual(['b', 'a', 'c', 'd'])
})

test('a block of text is named by its first words, without the signs of Markdown', () => {
  const text = (words: string) => nameOfBlock({ __typename: 'ReportBlock', id: 'a', text: words, figure: null })
  expect(text('# What was *tried*')).toBe('What was tried')
  expect(text('')).toBe('empty text')
  expect(text('word '.repeat(40))).toMatch(/^(word ){7}wor…$|^(word )+word…$/)
})

test('numbers of a figure are read as they were written', () => {
  const source = { title: 'Losses', path: '/compare', runs: [] }
  const written = writeFigureCsv(source, {
    columns: ['run', 'name'],
    rows: [
      [1, 'a, "quoted" name'],
      [2, null],
      ['#3 z = 8', '# 4'],
    ],
  })
  expect(readFigureCsv(written)).toEqual({
    columns: ['run', 'name'],
    rows: [
      ['1', 'a, "quoted" name'],
      ['2', ''],
      ['#3 z = 8', '# 4'],
    ],
  })
})

test('what begins with the sign of comments is no comment to those who skip these', () => {
  const source = { title: 'Comparison', path: '/compare', runs: [] }
  const written = writeFigureCsv(source, { columns: ['run', 'loss'], rows: [['#1 z = 8', 0.5]] })
  expect(written.trimEnd().split('\r\n').at(-1)).toBe('"#1 z = 8",0.5')
  expect(Papa.parse(written.trimEnd(), { comments: '#' }).data).toEqual([
    ['run', 'loss'],
    ['#1 z = 8', '0.5'],
  ])
})
