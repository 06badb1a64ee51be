import { expect, test } from 'vitest'
import { type Move, reordered, targetOf } from '../src/features/queue/queueOrder'

const ids = ['a', 'b', 'c', 'd']
const moved = (id: string, move: Move) => {
  const target = targetOf({ ids, count: ids.length }, id, move)
  return target && reordered(ids, id, target).join('')
}

test('runs of a queue move by a place, to its ends, or beside another', () => {
  expect(['first', 'up', 'down', 'last'].map((move) => moved('c', move as Move))).toEqual(['cabd', 'acbd', 'abdc', 'abdc'])
  expect([moved('a', { after: 'c' }), moved('d', { before: 'b' }), moved('d', { after: 'a' })]).toEqual(['bcad', 'adbc', 'adbc'])
})

test('nothing is asked of the server for a run that waits there already', () => {
  expect([moved('a', 'first'), moved('a', 'up'), moved('d', 'down'), moved('d', 'last')]).toEqual([null, null, null, null])
  expect([moved('b', { after: 'a' }), moved('b', { before: 'c' }), moved('b', { after: 'b' }), moved('b', { after: 'gone' })]).toEqual([
    null,
    null,
    null,
    null,
  ])
  expect(targetOf({ ids, count: ids.length }, 'gone', 'up')).toBeNull()
})

test('the end of a queue is behind all that wait, shown or not', () => {
  expect(targetOf({ ids, count: 300 }, 'd', 'last')).toEqual({ last: true })
  expect(targetOf({ ids, count: 300 }, 'd', 'down')).toBeNull()
  expect(reordered(ids, 'b', { last: true }).join('')).toBe('acdb')
})
