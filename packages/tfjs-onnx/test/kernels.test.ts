import { describe, expect, it } from 'vitest'
import { supportedKernels } from '../src/index.js'
import { adviceFor, unsupportedKernels } from '../src/unsupportedKernels.js'
import { tf } from './eager.js'

/** tfjs-core exports each kernel's name under that name. */
const kernelNames = Object.entries(tf as Readonly<Record<string, unknown>>)
  .filter(([name, value]) => name === value)
  .map(([name]) => name)

describe('the kernels of tfjs-core', () => {
  it('each have a rule, or advice on what to use in its place, and never both', () => {
    expect([...supportedKernels(), ...Object.keys(unsupportedKernels)].sort()).toEqual(kernelNames.sort())
  })

  it('get general advice where somebody registers one of their own', () => {
    expect(adviceFor('Frobnicate')).toContain('add a row to the rules')
  })
})
