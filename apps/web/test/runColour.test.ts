import { describe, expect, test } from 'vitest'
import { type ColourScheme, runColour, runColourStyleSheet, runColours } from '../src/entities/run/runColour'

type Triple = readonly [number, number, number]

const backgrounds = { light: '#ffffff', dark: '#131519' } as const

/** Severity 1 of Machado, Oliveira and Fernandes 2009, on linear RGB. */
const visions = {
  normal: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protan: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deutan: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
}

function linear(hex: string): Triple {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [channel(1), channel(3), channel(5)]
}

function seenBy(matrix: readonly number[], [r, g, b]: Triple): Triple {
  const row = (at: number) => Math.min(1, Math.max(0, (matrix[at] ?? 0) * r + (matrix[at + 1] ?? 0) * g + (matrix[at + 2] ?? 0) * b))
  return [row(0), row(3), row(6)]
}

function oklab([r, g, b]: Triple): Triple {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

function contrast(a: string, b: string): number {
  const luminance = (hex: string) => {
    const [r, g, blue] = linear(hex)
    return 0.2126 * r + 0.7152 * g + 0.0722 * blue + 0.05
  }
  return Math.max(luminance(a), luminance(b)) / Math.min(luminance(a), luminance(b))
}

describe.each(['light', 'dark'] as const)('the colours of runs on a %s page', (scheme: ColourScheme) => {
  const colours = runColours.map((colour) => colour[scheme])

  test('stand out from the page by 3:1', () => {
    for (const colour of colours) expect(contrast(colour, backgrounds[scheme])).toBeGreaterThanOrEqual(3)
  })

  test.each(Object.entries(visions))('are told apart by %s vision', (_name, matrix) => {
    const seen = colours.map((colour) => oklab(seenBy(matrix, linear(colour))))
    for (const [index, a] of seen.entries()) {
      for (const b of seen.slice(0, index)) expect(Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])).toBeGreaterThan(0.09)
    }
  })
})

test('a run keeps its colour, and runs ten apart share one', () => {
  expect(runColour(7)).toBe(runColour(7))
  expect(runColour(1)).not.toBe(runColour(2))
  expect(runColour(3)).toBe(runColour(13))
})

test('every colour that a run refers to is declared', () => {
  for (let number = 1; number <= 10; number++) {
    const name = /--[\w-]+/.exec(runColour(number))?.[0]
    expect(runColourStyleSheet().split(`${name}:`)).toHaveLength(3)
  }
})
