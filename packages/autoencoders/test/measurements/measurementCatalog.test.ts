import { describe, expect, it } from 'vitest'
import { chartTitles, epochCatalog, measurementCatalog, metricCatalog } from '../../src/index.js'

describe('the catalog of measurements', () => {
  it('names each once, in a form that GraphQL takes, and says what it is in a sentence', () => {
    const ids = measurementCatalog.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { id, title, description, formula, digits } of measurementCatalog) {
      expect(id).toMatch(/^[a-z][A-Za-z]*$/)
      expect(title.length).toBeLessThan(25)
      expect(description).toMatch(/^[A-Z].*\.$/)
      expect(formula).not.toBe('')
      expect(digits).toBeGreaterThan(0)
    }
  })

  it('says of each where it is measured, in one order everywhere', () => {
    const measuredAt = (...places: string[]) => measurementCatalog.filter(({ at }) => places.includes(at)).map(({ id }) => id)
    expect(epochCatalog.map(({ id }) => id)).toEqual(measuredAt('epoch', 'both'))
    expect(metricCatalog.map(({ id }) => id)).toEqual(measuredAt('analysis', 'both'))
  })

  it('names what its rows refer to: a title of every chart that several share, and what one repeats', () => {
    const charts = epochCatalog.map(({ id, chart }) => chart ?? id)
    const shared = charts.filter((chart, index) => charts.indexOf(chart) !== index)
    for (const chart of shared) expect(Object.keys(chartTitles)).toContain(chart)
    for (const { repeats } of epochCatalog) if (repeats !== undefined) expect(epochCatalog.map(({ id }) => id as string)).toContain(repeats)
    for (const { bounds } of [...epochCatalog, ...metricCatalog]) if (bounds) expect(bounds[0]).toBeLessThan(bounds[1])
  })
})
