import { describe, expect, it } from 'vitest'
import { completeQuery } from '../src/index.js'
import { book } from './keys.js'

/** Completes at the bar. */
const at = (marked: string) => {
  const cursor = marked.indexOf('|')
  return completeQuery(marked.replace('|', ''), cursor, book)
}
const textsAt = (marked: string) => at(marked).options.map(({ text }) => text)

describe('completion', () => {
  it('offers keys where a condition begins, by short names, parts and titles', () => {
    expect(textsAt('|')).toEqual(expect.arrayContaining(['z', 'psnr', 'status', '"grad norm"', 'not', 'is', 'has']))
    expect(textsAt('|')).not.toContain('and')
    expect(textsAt('opt|').slice(0, 2)).toEqual(['optimizer', 'lr'])
    expect(textsAt('z < 3 and ps|')).toEqual(['psnr', 'test.psnr'])
    expect(textsAt('z < 3 and not (learn|')[0]).toBe('lr')
    expect(textsAt('has ps|')).toEqual(['psnr', 'test.psnr'])
    expect(at('laun|').options[0]).toEqual({ text: 'created', kind: 'key', title: 'Launched' })
  })

  it('offers and, or, and further conditions behind one that is complete', () => {
    expect(textsAt('z <= 32 |').slice(0, 2)).toEqual(['and', 'or'])
    expect(textsAt('z <= 32 |')).toContain('psnr')
    expect(textsAt('(z <= 32) o|')[0]).toBe('or')
  })

  it('offers the operators that a key has', () => {
    expect(textsAt('z |').slice(0, 4)).toEqual(['<=', '>=', '=', '!='])
    expect(textsAt('z <|')).toEqual(['<=', '<'])
    expect(textsAt('z |')).not.toContain('~')
    expect(textsAt('name |').slice(0, 4)).toEqual(['=', '!=', '~', '!~'])
  })

  it('offers values, or says whose values to ask for', () => {
    expect(textsAt('status = r|')).toEqual(['running'])
    expect(textsAt('status in (running, |')).toEqual(['queued', 'running', 'stopped', 'completed', 'failed'])
    expect(textsAt('created > 7|')).toEqual(['7 days ago'])
    expect(textsAt('is |')).toEqual(['starred', 'archived', 'deleted'])
    expect(at('tag = lec|')).toMatchObject({ options: [], valuesOf: { key: 'tag', written: 'lec' }, from: 6, to: 9 })
    expect(at('(tag in (a, "b c|')).toMatchObject({ valuesOf: { key: 'tag', written: 'b c' }, from: 12, to: 16 })
    expect(at('z < |')).toMatchObject({ options: [], valuesOf: null })
  })

  it('takes the place of the word that the cursor is in, whatever stands behind it', () => {
    expect(at('z < 3 and opt|imi = adam')).toMatchObject({ from: 10, to: 16, options: [{ text: 'optimizer' }, { text: 'lr' }] })
    expect(at('tag = "le|ct" and')).toMatchObject({ from: 6, to: 12, valuesOf: { key: 'tag', written: 'le' } })
  })

  it('offers nothing where nothing fits', () => {
    for (const wrong of ['= |', 'z in 3 |', ') |']) expect(at(wrong)).toMatchObject({ options: [], valuesOf: null })
  })
})
