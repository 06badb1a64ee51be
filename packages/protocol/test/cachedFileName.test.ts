import { describe, expect, it } from 'vitest'
import { cachedFileName, readCachedFileName } from '../src/index.js'

const sha256 = '0123456789abcdef'.repeat(4)

describe('the name of a file that is kept', () => {
  it('says what it was made of and what it holds', () => {
    const name = { key: 'mnist-random-256', sha256, extension: 'safetensors' }
    expect(cachedFileName(name)).toBe(`mnist-random-256.${sha256}.safetensors`)
    expect(readCachedFileName(cachedFileName(name))).toEqual(name)
  })

  it.each([
    'mnist-256.safetensors',
    `${sha256}.onnx`,
    `a.${sha256.slice(1)}.onnx`,
    `a.${sha256}.onnx.12.tmp`,
    `a.${sha256.toUpperCase()}.onnx`,
  ])('is not read where it holds no checksum or more: %s', (name) => {
    expect(readCachedFileName(name)).toBeNull()
  })
})
