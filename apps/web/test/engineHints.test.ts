import { describe, expect, it } from 'vitest'
import { engineHints } from '../src/features/launch/engineHints'
import { toEngineWords } from '../src/features/run/optionWords'

const names = ['onnx', 'tensorflow', 'cpu']
const there = (name: string) => ({ name, available: true, runtime: null, reason: null })

describe('the engines of the launch form', () => {
  it('say nothing where all are there, or none is known yet', () => {
    expect(engineHints(names, ['ONNX', 'TENSORFLOW', 'CPU'].map(there))).toEqual([])
    expect(engineHints(names, [])).toEqual([])
  })

  it('say why the native library is not called in the fastest way', () => {
    const engine = {
      name: 'ONNX',
      available: true,
      runtime: 'node',
      reason: 'the native library is called through onnxruntime-node: no koffi',
    }
    expect(engineHints(names, [engine])).toEqual([
      'ONNX Runtime runs slower than it could: the native library is called through onnxruntime-node: no koffi.',
    ])
  })

  it('say why one is missing, and why one is slower than it could be', () => {
    const engines = [
      { name: 'ONNX', available: true, runtime: 'wasm', reason: 'the native library does not load here: no such file' },
      {
        name: 'TENSORFLOW',
        available: false,
        runtime: null,
        reason: 'engine tensorflow: expected its package, got none; read the manual.',
      },
      there('CPU'),
    ]
    expect(engineHints(names, engines)).toEqual([
      'ONNX Runtime runs in WebAssembly: the native library does not load here: no such file.',
      'TensorFlow is not on this machine: expected its package, got none; read the manual.',
    ])
  })
})

it('a run’s engine is named with its runtime where that is not the usual one', () => {
  expect(toEngineWords('onnx', 'native')).toBe('ONNX Runtime')
  expect(toEngineWords('onnx', 'node')).toBe('ONNX Runtime')
  expect(toEngineWords('onnx', 'wasm')).toBe('ONNX Runtime in WebAssembly')
  expect(toEngineWords('cpu', null)).toBe('TensorFlow.js on the CPU')
})
