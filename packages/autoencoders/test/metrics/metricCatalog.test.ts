import { expect, it } from 'vitest'
import { metricCatalog } from '../../src/metrics/metricCatalog.js'

it('names each metric once, in a form that GraphQL takes, and says what it is in a sentence', () => {
  const ids = metricCatalog.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  for (const { id, title, description, formula } of metricCatalog) {
    expect(id).toMatch(/^[a-z][A-Za-z]*$/)
    expect(title.length).toBeLessThan(25)
    expect(description).toMatch(/^[A-Z].*\.$/)
    expect(formula).not.toBe('')
  }
})
