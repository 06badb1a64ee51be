import { describe, expect, it } from 'vitest'
import { Arena } from '../../src/updates/Arena.js'

describe('an arena', () => {
  it('hands out zeroed blocks on cache lines that do not overlap', () => {
    const arena = new Arena()
    const blocks = [1, 16, 17, 0, 1000].map((length) => arena.allocate(length))
    for (const { offset } of blocks) expect(offset % 64).toBe(0)
    for (const [index, block] of blocks.entries()) arena.floats(block).fill(index + 1)
    expect(blocks.map((block) => new Set(arena.floats(block)))).toEqual([1, 2, 3, 4, 5].map((value) => new Set(value === 4 ? [] : [value])))
  })

  it('uses freed blocks again, joined and zeroed', () => {
    const arena = new Arena()
    const blocks = Array.from({ length: 4 }, () => arena.allocate(100_000))
    const bytes = arena.buffer.byteLength
    for (const block of blocks) arena.floats(block).fill(7)
    for (const index of [2, 0, 1]) arena.free(blocks[index] ?? { offset: 0, length: 0 })
    const joined = arena.allocate(300_000)
    expect(joined.offset).toBe(blocks[0]?.offset)
    expect(arena.floats(joined).every((value) => value === 0)).toBe(true)
    expect(arena.buffer.byteLength).toBe(bytes)
    expect(arena.floats(blocks[3] ?? joined)[0]).toBe(7)
  })

  it('keeps its contents when it grows, under a new buffer', () => {
    const arena = new Arena()
    const block = arena.allocate(4)
    arena.floats(block).set([1, 2, 3, 4])
    const { buffer } = arena
    arena.allocate(1_000_000)
    expect(arena.buffer).not.toBe(buffer)
    expect([...arena.floats(block)]).toEqual([1, 2, 3, 4])
  })

  it('keeps its contents and its places when it moves to memory that threads share, and when that grows', () => {
    const arena = new Arena()
    const block = arena.allocate(4)
    arena.floats(block).set([1, 2, 3, 4])
    arena.share()
    expect(Object.prototype.toString.call(arena.buffer)).toBe('[object SharedArrayBuffer]')
    const { memory } = arena
    arena.share()
    arena.allocate(1_000_000)
    expect(arena.memory).toBe(memory)
    expect([...arena.floats(block)]).toEqual([1, 2, 3, 4])
  })

  it('says what did not fit', () => {
    const arena = new Arena()
    expect(() => arena.allocate(2 ** 31)).toThrow(
      expect.objectContaining({ code: 'OUT_OF_MEMORY', message: expect.stringContaining('8192 MiB') }),
    )
    expect(arena.allocate(4).length).toBe(4)
  })
})
