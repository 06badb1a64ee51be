import { expect, it } from 'vitest'
import { foldText, orderKey } from '../src/index.js'

it('texts compare in any case and script, however they are composed', () => {
  const pairs = [
    ['Übergröße', 'übergröße'],
    ['Москва', 'мОСКВА'],
    ['caf\u00e9', 'cafe\u0301'],
    ['STRASSE', 'straße'],
    ['ΟΔΟΣ', 'οδος'],
    ['ｆｕｌｌ', 'full'],
    ['İ', 'i\u0307'],
  ] as const
  for (const [one, other] of pairs) expect(foldText(one), `${one} ${other}`).toBe(foldText(other))
  expect(foldText('uber')).not.toBe(foldText('über'))
})

it('folding a folded text changes nothing', () => {
  for (const text of ['Übergröße', 'ΟΔΟΣ', 'ŉ ǰ ΐ ﬁ ß ẞ', 'Ǆ', '각']) expect(foldText(foldText(text))).toBe(foldText(text))
})

it('names sort as in a dictionary, and numbers in them by what they are', () => {
  const sorted = [
    'adam',
    'Adam z = 4',
    'adam z = 16',
    'Äpfel',
    'B 007',
    'b 8',
    'ecole',
    'école',
    'ökonomisch',
    'Øst',
    'overcomplete',
    'Zoë',
    'αλφα',
    'ёж',
    'Москва',
  ]
  const shuffled = [...sorted].reverse()
  const inOrder = shuffled.sort((a, b) => (orderKey(a) < orderKey(b) ? -1 : 1))
  expect(inOrder).toEqual(sorted)
  expect([...sorted].reverse().sort(new Intl.Collator('en', { numeric: true }).compare)).toEqual(sorted)
})
