import { expect, test } from 'vitest'
import { matches } from '../src/shell/matches'

test('what is typed matches a text that has all of its words, in any case and order', () => {
  expect([matches('', 'Runs'), matches('SWEEP new', 'New sweep'), matches('new run', 'New sweep')]).toEqual([true, true, false])
})
