import { expect, test } from 'vitest'
import { relativeTime, shortAge } from '../src/ui/relativeTime'

const now = Date.UTC(2026, 0, 10, 12)

// The wording belongs to the JavaScript engine; the unit and the number are ours.
test.each([
  [0, /^now$/],
  [59, /^now$/],
  [61, /^1 min.* ago$/],
  [3 * 3600 + 1700, /^3 (hr|hour).* ago$/],
  [30 * 3600, /^yesterday$/],
  [5 * 86_400, /^5 days ago$/],
  [-20, /^now$/],
])('%d seconds ago reads like %s', (seconds, expected) => {
  expect(relativeTime(now - seconds * 1000, now)).toMatch(expected)
})

test.each([
  [59, 'now'],
  [-20, 'now'],
  [61, '1 min'],
  [5 * 3600, '5 h'],
  [346 * 86_400, '346 d'],
])('%d seconds ago are short enough for a column: %s', (seconds, expected) => {
  expect(shortAge(now - seconds * 1000, now)).toBe(expected)
})
