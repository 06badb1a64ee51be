import { InferenceSession, Tensor } from 'onnxruntime-node'
import { describe, expect, it } from 'vitest'
import { createState, encodeGraph, opsetVersion, traceGraph } from '../src/index.js'
import { ModelProto } from '../src/onnxSchema.js'
import { tf } from './eager.js'

const x = { shape: [2, 3], dtype: 'float32' } as const

describe('encodeGraph', () => {
  it('writes a model that any ONNX runtime loads, with the names of the function', async () => {
    const graph = traceGraph((inputs) => ({ rows: tf.sum(inputs.x, 1), largest: tf.max(inputs.x) }), { inputs: { x } })
    const session = await InferenceSession.create(encodeGraph(graph).model)
    expect(session.inputNames).toEqual(['x'])
    expect(session.outputNames).toEqual(['rows', 'largest'])
    const results = await session.run({ x: new Tensor('float32', Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3]) })
    expect(Array.from(results.rows?.data as Float32Array)).toEqual([6, 15])
    expect(Array.from(results.largest?.data as Float32Array)).toEqual([6])
    await session.release()
  })

  it('keeps the names of inputs, states, outputs and updates apart', () => {
    const variable = tf.variable(tf.zeros([2, 3]))
    const graph = traceGraph(
      (inputs) => {
        variable.assign(tf.add(variable, inputs.x))
        return { x: tf.neg(inputs.x) }
      },
      { inputs: { x }, state: createState({ x: variable }) },
    )
    variable.dispose()
    const { inputNames, stateNames, outputNames, updateNames } = encodeGraph(graph)
    expect([inputNames, stateNames, outputNames, updateNames]).toEqual([['x'], ['state:x'], ['output:x'], ['next:x']])
  })

  it('states the opset and the version of the file format', () => {
    const graph = traceGraph((inputs) => ({ y: tf.relu(inputs.x) }), { inputs: { x } })
    const model = ModelProto.toObject(ModelProto.decode(encodeGraph(graph).model), { longs: Number })
    expect(model.irVersion).toBe(8)
    expect(model.opsetImport).toEqual([{ version: opsetVersion }])
  })

  it('encodes the same graph to the same bytes', () => {
    const encode = () => encodeGraph(traceGraph((inputs) => ({ y: tf.softmax(tf.mul(inputs.x, 3)) }), { inputs: { x } })).model
    expect(encode()).toEqual(encode())
  })
})
