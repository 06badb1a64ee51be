import { createRandom } from '@hourglass/datasets'
import { memory, tensor, tensor2d, tidy } from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { findPython, runInPython } from '../../../tfjs-onnx/test/export/runInPython.js'
import { runModel } from '../../../tfjs-onnx/test/export/runModel.js'
import { createNetwork } from '../../src/architectures/createNetwork.js'
import { exportModel } from '../../src/export.js'
import {
  completeRunConfig,
  createDecoder,
  createEncoder,
  initializeParameters,
  latentDimensionOf,
  type ModelDescription,
  type ModelPart,
  modelParts,
} from '../../src/index.js'
import { architectureCases } from '../architectureCases.js'

const exampleShape = [28, 28]

function modelOf(name: string): ModelDescription {
  const { architecture: config } = completeRunConfig({ architecture: architectureCases[name] })
  return { config, exampleShape, parameters: initializeParameters(config, { exampleShape, seed: 5 }) }
}

function draw(count: number, size: number, stream: string) {
  const values = new Float32Array(count * size)
  createRandom(1, stream).fillUniform(values, { low: 0, high: 1 })
  return { shape: [count, size], values }
}

/** Inputs of a part, and what it makes of them in TensorFlow.js. */
async function computeEagerly(model: ModelDescription, part: ModelPart, count: number) {
  const [encoder, decoder] = [await createEncoder(model), await createDecoder(model)]
  try {
    const examples = draw(count, 784, 'examples')
    const encoded = encoder.encode(examples.values, count)
    const given = draw(count, latentDimensionOf(model.config, exampleShape), 'codes')
    if (part === 'encoder') return { inputs: { examples }, outputs: { codes: encoded, ...deviationsOf(model, examples.values, count) } }
    if (part === 'decoder') return { inputs: { codes: given }, outputs: { reconstructions: decoder.decode(given.values, count) } }
    return { inputs: { examples }, outputs: { reconstructions: decoder.decode(encoded, count), codes: encoded } }
  } finally {
    encoder.dispose()
    decoder.dispose()
  }
}

/** Standard deviations of the codes that a variational encoder gives. */
function deviationsOf({ config, parameters }: ModelDescription, examples: Float32Array, count: number) {
  return tidy((): { standardDeviations?: Float32Array } => {
    const tensors = Object.fromEntries(
      Object.entries(parameters).map(([name, { shape, values }]) => [name, tensor(values.slice(), [...shape])]),
    )
    const distribution = createNetwork(config, exampleShape).encodeDistribution?.(tensors, tensor2d(examples, [count, 784]))
    return distribution ? { standardDeviations: distribution.logVariance.dataSync<'float32'>().map((value) => Math.exp(value / 2)) } : {}
  })
}

type Outputs = Awaited<ReturnType<typeof runModel>>

function expectOutputs(actual: Outputs, expected: Readonly<Record<string, Float32Array | undefined>>): void {
  expect(Object.keys(actual)).toEqual(Object.keys(expected))
  for (const [name, values = new Float32Array()] of Object.entries(expected)) {
    expect(actual[name]?.values).toHaveLength(values.length)
    const worst = values.reduce((most, value, index) => Math.max(most, Math.abs(value - (actual[name]?.values[index] ?? Number.NaN))), 0)
    expect([name, worst < 1e-5]).toEqual([name, true])
  }
}

describe.each(Object.keys(architectureCases))('the architecture %s', (name) => {
  const model = modelOf(name)

  it.each(modelParts)('is exported as %s, which computes for batches of any size what TensorFlow.js does', async (part) => {
    const file = exportModel(model, part)
    for (const count of [1, 3, 16]) {
      const { inputs, outputs } = await computeEagerly(model, part, count)
      expectOutputs(await runModel('onnxruntime-node', file, inputs), outputs)
      expectOutputs(await runModel('onnxruntime-web', file, inputs), outputs)
    }
    expect(memory().numTensors).toBe(0)
  })

  const { python, reason } = findPython()
  it.skipIf(!python)(`passes ONNX’s checker and computes the same in Python ${reason && `(skipped: ${reason})`}`, async () => {
    const runs = await Promise.all(
      modelParts.map(async (part) => ({ model: exportModel(model, part), ...(await computeEagerly(model, part, 5)) })),
    )
    const answers = runInPython(python ?? '', runs)
    for (const [index, { outputs }] of runs.entries()) expectOutputs(answers[index] ?? {}, outputs)
  })
})

describe('exportModel', () => {
  it('tells what the file is', () => {
    const text = Buffer.from(exportModel(modelOf('dense'), 'decoder', { metadata: { epoch: '7' } })).toString('latin1')
    expect(text).toContain('The decoder of a dense autoencoder: codes [batch, 8] to reconstructions [batch, 784]')
    for (const fact of ['epoch', '7', 'part', 'decoder', '"latentDimension":8', 'decoder/0/kernel', 'hourglass'])
      expect(text).toContain(fact)
    expect(text).not.toContain('encoder/0/kernel')
  })

  it('gives the same bytes each time', () => {
    expect(exportModel(modelOf('dense'), 'autoencoder')).toEqual(exportModel(modelOf('dense'), 'autoencoder'))
  })

  it('refuses the parameters of another model', () => {
    const model = modelOf('dense')
    expect(() => exportModel({ ...model, exampleShape: [2] }, 'encoder')).toThrow(
      expect.objectContaining({
        code: 'PARAMETERS_MISMATCH',
        message: expect.stringContaining('parameter encoder/0/kernel: expected shape [2, 32]'),
      }),
    )
    expect(memory().numTensors).toBe(0)
  })
})
