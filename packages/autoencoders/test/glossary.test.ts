import { describe, expect, it } from 'vitest'
import { glossaryGroups, listTerms } from '../src/glossary.js'
import { epochCatalog, measurementTerm, metricCatalog, settingTerm, subjects, subjectTerm } from '../src/index.js'

const terms = listTerms()
const ids = new Set(terms.map(({ id }) => id))

describe('the glossary', () => {
  it('names each term once, in words that an address takes', () => {
    expect(ids.size).toBe(terms.length)
    for (const { id } of terms) expect(id).toMatch(/^[A-Za-z][A-Za-z0-9-]*$/)
  })

  it('says one thing by one word: no two terms of the field have a title in common', () => {
    const own = terms.filter(({ group }) => group !== 'Settings' && group !== 'Measurements' && group !== 'Compared with')
    const titles = own.flatMap(({ title, elsewhere = [] }) => [title, ...elsewhere]).map((title) => title.toLowerCase())
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([])
  })

  it.each(glossaryGroups)('has whole sentences for all of %s', (group) => {
    const own = terms.filter((term) => term.group === group)
    expect(own.length).toBeGreaterThan(1)
    for (const { title, definition } of own) expect([title, definition]).toEqual([title, expect.stringMatching(/^[A-Z0-9‖].*\.$/s)])
  })

  it('has every setting, every measurement by its title, and everything that models are compared with', () => {
    for (const path of ['data.dataset', 'architecture', 'architecture.latentDimension', 'optimizer.schedule', 'training.seed']) {
      expect(ids).toContain(settingTerm(path))
    }
    const titles = new Set(terms.filter(({ group }) => group === 'Measurements').map(({ title }) => title))
    for (const { title } of [...epochCatalog, ...metricCatalog]) expect(titles).toContain(title)
    for (const { id } of [...epochCatalog, ...metricCatalog]) expect(ids).toContain(measurementTerm(id))
    for (const subject of subjects) expect(ids).toContain(subjectTerm(subject))
  })
})
