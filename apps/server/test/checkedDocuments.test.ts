import { expect, it } from 'vitest'
import { CheckedDocuments } from '../src/api/graphql/CheckedDocuments.js'
import { collectGarbage } from './collectGarbage.js'

const MEGABYTE = 1024 ** 2
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index)

/** Documents of thousands of tokens, each its own: parsed, each takes a megabyte and more. */
const largeDocuments: Readonly<Record<string, (index: number) => string>> = {
  right: (index) => `{ ${numbers(600).map((place) => `a${index}x${place}: lab { b${place}: version }`)} }`,
  'right, of comments': (index) => `${'#\n'.repeat(50_000)}{ lab { a${index}: version } }`,
  wrong: (index) => `{ ${numbers(600).map((place) => `a${index}x${place}: lab { b${place}: nothing }`)} }`,
  'wrong in few names that are long': (index) => `{ ${numbers(60).map((place) => `a${index}x${place}${'y'.repeat(4_000)}`)} }`,
}

it.each(Object.entries(largeDocuments))('documents that are kept take no more memory than they may: %s', async (_, document) => {
  const documents = new CheckedDocuments([])
  documents.read(document(0))
  const before = await collectGarbage()
  for (const index of numbers(60)) documents.read(document(index))
  expect(documents.bytes).toBeLessThanOrEqual(16 * MEGABYTE)
  expect((await collectGarbage()) - before).toBeLessThan(20 * MEGABYTE)
  // The one that was asked for last is known.
  expect(documents.known(document(59))).toBeDefined()
})

it('what is wrong with a document is told again as it was found', () => {
  const documents = new CheckedDocuments([])
  const text = '{\n  lab { nothing }\n}'
  const [found] = documents.read(text) as readonly { toJSON(): unknown }[]
  const [known] = documents.known(text) as readonly { toJSON(): unknown }[]
  expect(found?.toJSON()).toEqual(known?.toJSON())
  expect(known?.toJSON()).toMatchObject({
    message: 'Cannot query field "nothing" on type "Lab".',
    locations: [{ line: 2, column: 9 }],
    extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
  })
})
