import { completeRunConfig, presets, type RunConfigInput } from '@hourglass/autoencoders'
import { describe, expect, it } from 'vitest'
import { type ClassTask, decodeTask, encodeTask } from '../src/entities/task/ClassTask'
import { toBase64Url } from '../src/ui/base64Url'

const taskOf = (runs: readonly { readonly label: string; readonly config: RunConfigInput }[]): ClassTask => ({
  title: 'Größe der Codes ∂',
  question: 'At which size?\nWhy?',
  runs: runs.map(({ label, config }) => ({ label, config: completeRunConfig(config) })),
  free: ['architecture.latentDimension', 'optimizer'],
})
const written = (value: unknown) => toBase64Url(new TextEncoder().encode(JSON.stringify(value)))

describe('a task in an address', () => {
  it.each(presets)('is read as it was written: $id', ({ runs }) => {
    const task = taskOf(runs)
    const text = encodeTask(task)
    expect(text).toMatch(/^[\w.-]+$/)
    expect(decodeTask(text)).toEqual(task)
  })

  it('says of its runs what is not usual alone', () => {
    const task = { ...taskOf([{ label: 'a', config: { training: { epochs: 3 } } }]), question: '' }
    expect(encodeTask(task).length).toBeLessThan(200)
  })

  it.each([
    ['nothing', ''],
    ['no text', '%%%'],
    ['a part of it', encodeTask(taskOf([{ label: 'a', config: {} }])).slice(0, -7)],
    ['another version', written([2, 'a', 'b', [['', {}]], []])],
    ['no runs', written([1, 'a', 'b', [], []])],
    ['a configuration that there is not', written([1, 'a', 'b', [['', { training: { epochs: -1 } }]], []])],
    ['more runs than an experiment has', written([1, 'a', 'b', Array(201).fill(['', {}]), []])],
    ['paths that are none', written([1, 'a', 'b', [['', {}]], [3]])],
  ])('is refused where it is not whole: %s', (_, text) => {
    expect(decodeTask(text)).toBeNull()
  })
})
