import { readFile } from 'node:fs/promises'
import { claims } from '@hourglass/autoencoders/claims'
import { describe, expect, it } from 'vitest'
import { apart } from './chapter/apart.mjs'
import { renderScience } from './chapter/renderScience.mjs'

const read = (name: string) => readFile(new URL(`../../docs/${name}`, import.meta.url), 'utf8')

describe('docs/science.md', () => {
  it('is what was measured, written as npm run science writes it', async () => {
    expect(await read('science.md')).toBe(renderScience(JSON.parse(await read('science.json'))))
  })
})

describe('what verdicts are checked by', () => {
  it('works out every claim that numbers tell, and no other', () => {
    const judged = Object.entries(claims).flatMap(([preset, all]) => all.filter(({ cases }) => cases).map(({ id }) => `${preset}: ${id}`))
    const worked = Object.entries(apart).flatMap(([preset, all]) => Object.keys(all).map((id) => `${preset}: ${id}`))
    expect(worked.sort()).toEqual(judged.sort())
  })
})
