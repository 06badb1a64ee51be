import { readdirSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { presets } from '@hourglass/autoencoders'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'

const folder = fileURLToPath(new URL('../public/pictures/', import.meta.url))
const wanted = presets.flatMap(({ id }) => ['light', 'dark'].map((scheme) => `${id}-${scheme}.webp`))

describe('pictures of the chapter’s experiments', () => {
  it('are there for each experiment in both colour schemes, and for nothing else; `npm run pictures` takes them', () => {
    expect(readdirSync(folder).sort()).toEqual([...wanted].sort())
  })

  it.each(wanted)('%s has the size that cards show, few bytes, and something to see', async (name) => {
    const picture = sharp(`${folder}${name}`)
    expect(await picture.metadata()).toMatchObject({ format: 'webp', width: 560, height: 240 })
    expect(statSync(`${folder}${name}`).size).toBeLessThan(40_000)
    const { channels } = await picture.stats()
    expect(Math.max(...channels.map(({ stdev }) => stdev))).toBeGreaterThan(5)
  })
})
