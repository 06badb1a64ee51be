import { presets } from '@hourglass/autoencoders'
import { claims } from '@hourglass/autoencoders/claims'
import { listTerms } from '@hourglass/autoencoders/glossary'
import { describe, expect, it } from 'vitest'
import { chapter, type Part } from '../src/index.js'

const parts = chapter.flatMap((section) => section.parts)
const experiments = parts.flatMap((part) => (part.kind === 'experiment' ? [part] : []))

describe('the chapter', () => {
  it('has every experiment of the lab in one place', () => {
    expect(experiments.map(({ preset }) => preset).sort()).toEqual(presets.map(({ id }) => id).sort())
  })

  it('has sections that are told apart by their addresses', () => {
    const ids = chapter.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const id of ids) expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/)
  })

  it('has no two parts of a section that are the same', () => {
    for (const { title, parts } of chapter) {
      const written = parts.map((part) => JSON.stringify(part))
      expect(new Set(written).size, title).toBe(written.length)
    }
  })

  it('leads to terms that the glossary has', () => {
    const known = new Set(listTerms().map(({ id }) => id))
    const asked = parts.flatMap((part) => (part.kind === 'text' ? [...part.text.matchAll(/\]\(term:([^)]*)\)/g)] : []))
    expect(asked.length).toBeGreaterThan(15)
    expect(asked.flatMap(([, id = '']) => (known.has(id) ? [] : [id]))).toEqual([])
  })

  it.each(parts.filter((part): part is Extract<Part, { kind: 'network' }> => part.kind === 'network'))(
    'draws the network of a run that there is: $preset, $run',
    ({ preset, run }) => {
      const labels = presets.find(({ id }) => id === preset)?.runs.map(({ label }) => label) ?? []
      expect(labels).toContain(run ?? labels[0])
    },
  )
})

describe.each(experiments)('the question before $preset', ({ preset, question }) => {
  it('is asked wherever some number tells', () => {
    const canBeJudged = (claims[preset] ?? []).some(({ cases }) => cases)
    // What PCA comes to is no surprise: it is solved for.
    expect(question !== undefined).toBe(canBeJudged && preset !== 'pca')
  })

  if (question === undefined) return
  it('is answered by the verdict on a claim, each of its answers by another', () => {
    expect(claims[preset]?.find(({ id }) => id === question?.claim)?.cases).toBeDefined()
    const outcomes = question?.answers.map(({ outcome }) => outcome) ?? []
    expect(new Set(outcomes).size).toBe(outcomes.length)
    expect(outcomes).toEqual(expect.arrayContaining(['HOLDS', 'DOES_NOT_HOLD']))
    const texts = question?.answers.map(({ text }) => text) ?? []
    expect(new Set(texts).size).toBe(texts.length)
  })
})

it('does not give its answers away by their order', () => {
  const first = experiments.flatMap(({ question }) => question?.answers[0].outcome ?? [])
  const held = first.filter((outcome) => outcome === 'HOLDS').length
  expect(held / first.length).toBeGreaterThan(0.2)
  expect(held / first.length).toBeLessThan(0.6)
})
