import { describe, expect, it } from 'vitest'
import { besideEpoch, correctPin, moveCursor, nearestEpoch, neighbouringEpochs, shownEpoch } from '../src/entities/run/epochCursor'
import { epochTicks } from '../src/files/epochTicks'

const at = (pinned: number | null) => ({ pinned, playing: false })

describe('the epoch that a page shows', () => {
  it('follows the newest epoch as epochs arrive', () => {
    const cursor = at(null)
    expect(shownEpoch(cursor, [])).toBeNull()
    expect(shownEpoch(cursor, [1])).toBe(1)
    expect(shownEpoch(cursor, [1, 2, 3])).toBe(3)
  })

  it('stays where the reader put it while newer ones arrive, until told to follow again', () => {
    const picked = moveCursor(at(null), { type: 'pick', epoch: 2 })
    expect(shownEpoch(picked, [1, 2, 3])).toBe(2)
    expect(shownEpoch(picked, [1, 2, 3, 4, 5])).toBe(2)
    expect(shownEpoch(moveCursor(picked, { type: 'follow' }), [1, 2, 3, 4, 5])).toBe(5)
  })

  it('shows the nearest epoch there is for a link to one that there is not, the earlier of two as near', () => {
    expect(shownEpoch(at(12), [1, 2, 3])).toBe(3)
    expect(nearestEpoch(3, [2, 4])).toBe(2)
    expect(nearestEpoch(1, [])).toBeNull()
  })

  it.each([
    ['is not there', 99_999, { epochs: [1, 2, 3], live: false }, 3],
    ['is before the first', -4, { epochs: [1, 2, 3], live: false }, 1],
    ['lies between two', 5, { epochs: [2, 4, 8], live: true }, 4],
    ['is there', 2, { epochs: [1, 2, 3], live: true }, 2],
    ['is yet to come: the newest is followed', 4, { epochs: [1, 2, 3], live: true }, null],
    ['cannot be told from one that is there yet', 7, { epochs: [], live: false }, 7],
  ])('is corrected where the one that a link names %s', (_, pinned, at, expected) => {
    expect(correctPin(pinned, at)).toBe(expected)
    expect(correctPin(null, at)).toBeNull()
  })

  it('plays from where it is to the last epoch and stops there', () => {
    const epochs = [1, 2, 3]
    let cursor = moveCursor(at(2), { type: 'play', epochs })
    expect(cursor).toEqual({ pinned: 2, playing: true })
    cursor = moveCursor(cursor, { type: 'advance', epochs })
    expect(cursor).toEqual({ pinned: 3, playing: false })
    expect(moveCursor(cursor, { type: 'advance', epochs })).toEqual(cursor)
  })

  it('rests at the epoch whose model stands for the run where none is chosen', () => {
    expect(shownEpoch(at(null), [1, 2, 3, 4], 2)).toBe(2)
    expect(shownEpoch(at(3), [1, 2, 3, 4], 2)).toBe(3)
    expect(moveCursor(at(null), { type: 'play', epochs: [1, 2, 3, 4], rest: 2 })).toEqual({ pinned: 2, playing: true })
  })

  it('plays from the start when the last epoch is shown', () => {
    expect(moveCursor(at(null), { type: 'play', epochs: [1, 2, 3] })).toEqual({ pinned: 1, playing: true })
  })

  it('goes on playing past what was the last epoch when a newer one has arrived', () => {
    const playing = { pinned: 2, playing: true }
    expect(moveCursor(playing, { type: 'advance', epochs: [1, 2, 3, 4] })).toEqual({ pinned: 3, playing: true })
  })

  it('stops playing when the reader picks an epoch', () => {
    expect(moveCursor({ pinned: 2, playing: true }, { type: 'pick', epoch: 5 })).toEqual({ pinned: 5, playing: false })
  })

  it('does not play where there is nothing to show', () => {
    expect(moveCursor(at(null), { type: 'play', epochs: [] })).toEqual({ pinned: null, playing: false })
  })

  it('names the neighbours of an epoch, the later first', () => {
    expect(neighbouringEpochs(3, [1, 2, 3, 4, 5])).toEqual([4, 2, 5, 1])
    expect(neighbouringEpochs(1, [1, 2])).toEqual([2])
    expect(neighbouringEpochs(9, [1, 2])).toEqual([])
  })

  it('knows the epochs beside one that is not among them', () => {
    expect(besideEpoch(4, [1, 3, 6])).toEqual({ earlier: 3, later: 6 })
    expect(besideEpoch(3, [1, 3, 6])).toEqual({ earlier: 1, later: 6 })
    expect(besideEpoch(9, [1, 3])).toEqual({ earlier: 3, later: null })
    expect(besideEpoch(1, [])).toEqual({ earlier: null, later: null })
  })
})

describe('ticks of the scrubber', () => {
  it('marks every epoch while they fit', () => {
    expect(epochTicks({ first: 1, last: 5 })).toEqual([1, 2, 3, 4, 5])
    expect(epochTicks({ first: 1, last: 1 })).toEqual([1])
  })

  it('marks round epochs and both ends when they do not', () => {
    expect(epochTicks({ first: 1, last: 100, most: 12 })).toEqual([1, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100])
    expect(epochTicks({ first: 1, last: 10_000, most: 12 }).length).toBeLessThanOrEqual(12)
  })

  it('keeps the last mark clear of the one before', () => {
    expect(epochTicks({ first: 1, last: 52, most: 8 })).toEqual([1, 10, 20, 30, 40, 52])
  })
})
