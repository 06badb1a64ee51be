import { describe, expect, test } from 'vitest'
import { makeCache } from '../src/data/makeCache'
import { idsOf, writePage } from './cachedLists'
import { makeRow } from './runFixtures'

describe('pages of runs', () => {
  const rows = (...ids: string[]) => ids.map((id) => makeRow({ id }))

  test('follow one another; one that moved is where it was read last', () => {
    const cache = makeCache()
    writePage(cache, rows('d', 'c'))
    writePage(cache, rows('d', 'b'), { after: '11' })
    expect(idsOf(cache)).toEqual(['c', 'd', 'b'])
  })

  test('are not put behind a list that ends elsewhere by now', () => {
    const cache = makeCache()
    writePage(cache, rows('d', 'c'))
    writePage(cache, rows('b', 'a'), { after: '13' })
    expect(idsOf(cache)).toEqual(['d', 'c'])
  })

  test('give way to the list as it is read again', () => {
    const cache = makeCache()
    writePage(cache, rows('d', 'c'))
    writePage(cache, rows('b', 'a'), { after: '11' })
    writePage(cache, rows('e', 'd', 'c'))
    expect(idsOf(cache)).toEqual(['e', 'd', 'c'])
  })
})
