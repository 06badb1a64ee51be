// Compares ways to compute the parts of a convolutional training step: as one ONNX operator with the batch first, and as the rewrite
// pass batchLast has it. All ways of one part take turns; figures are the fastest and the median time in milliseconds.
// node packages/tfjs-onnx/bench/formulations.mjs [threads] [batches, such as 1,16,128] [part]
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { GraphBuilder } from '../dist/graphBuilder.js'
import { encodeGraph, rewriteGraph } from '../dist/index.js'

const [threads = '1', batches = '128', only = ''] = process.argv.slice(2)
const milliseconds = 1200

const shapes = [
  { name: '28x28x1 to 14x14x16, 3x3 stride 2', side: 28, channels: 1, filters: 16, kernel: 3, stride: 2 },
  { name: '14x14x16 to 7x7x32, 3x3 stride 2', side: 14, channels: 16, filters: 32, kernel: 3, stride: 2 },
  { name: '28x28x16 to 28x28x16, 3x3', side: 28, channels: 16, filters: 16, kernel: 3, stride: 1 },
  { name: '32x32x3 to 16x16x32, 5x5 stride 2', side: 32, channels: 3, filters: 32, kernel: 5, stride: 2 },
  { name: '8x8x64 to 8x8x64, 3x3', side: 8, channels: 64, filters: 64, kernel: 3, stride: 1 },
]

const size = (shape) => shape.reduce((product, each) => product * each, 1)

async function prepare(shapesOfInputs, build, isRewritten) {
  const builder = new GraphBuilder()
  const inputs = shapesOfInputs.map((shape, index) => builder.input(`x${index}`, { dtype: 'float32', shape }))
  const traced = builder.build({ outputs: [{ name: 'y', value: build(builder, inputs) }], updates: [] })
  const graph = isRewritten ? rewriteGraph(traced) : traced
  const { model, inputNames, outputNames } = encodeGraph(graph)
  const session = await InferenceSession.create(model, {
    intraOpNumThreads: Number(threads),
    interOpNumThreads: 1,
    logSeverityLevel: 3,
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  })
  const tensor = (shape) =>
    new Tensor(
      'float32',
      Float32Array.from({ length: size(shape) }, (_, i) => ((i * 2654435761) % 1000) / 1000 - 0.5),
      [...shape],
    )
  const feeds = Object.fromEntries(graph.inputs.map(({ value }, index) => [inputNames[index], tensor(value.shape)]))
  const fetches = Object.fromEntries(graph.outputs.map(({ value }, index) => [outputNames[index], tensor(value.shape)]))
  return { run: () => session.run(feeds, fetches), release: () => session.release(), times: [] }
}

async function compare(ways) {
  const prepared = await Promise.all(Object.values(ways))
  for (const { run } of prepared) for (let index = 0; index < 2; index++) await run()
  for (const start = performance.now(); performance.now() - start < milliseconds; ) {
    for (const { run, times } of prepared) {
      const before = performance.now()
      await run()
      times.push(performance.now() - before)
    }
  }
  for (const { release } of prepared) await release()
  return Object.keys(ways).map((name, index) => {
    const sorted = prepared[index].times.sort((a, b) => a - b)
    return `${name} ${sorted[0].toFixed(3)} / ${sorted[Math.floor(sorted.length / 2)].toFixed(3)}`
  })
}

const transpose = (builder, x, perm) => builder.node('Transpose', [x], { perm })
const [toFirst, toLast] = [
  [3, 0, 1, 2],
  [1, 2, 3, 0],
]
const lastOf = ([batch, ...rest]) => [...rest, batch]

/** The operator on tensors that have the batch first, and the same between tensors that have it last, rewritten. */
function bothWays(op, images, filter, attributes) {
  const inputs = [...images, filter].filter(Boolean)
  const direct = (builder, values) => builder.node(op, values, attributes)
  const turned = (builder, values) => {
    const turnedImages = values.slice(0, images.length).map((value) => transpose(builder, value, toFirst))
    return transpose(builder, builder.node(op, [...turnedImages, ...values.slice(images.length)], attributes), toLast)
  }
  return {
    'batch first': prepare(inputs, direct, false),
    'batch last': prepare([...images.map(lastOf), ...(filter ? [filter] : [])], turned, true),
  }
}

const swap = [1, 0, 2, 3]

for (const batch of batches.split(',').map(Number)) {
  for (const { name, side, channels, filters, kernel, stride } of shapes) {
    const output = Math.ceil(side / stride)
    const total = Math.max(0, (output - 1) * stride + kernel - side)
    const pads = [Math.floor(total / 2), Math.floor(total / 2), Math.ceil(total / 2), Math.ceil(total / 2)]
    const image = [batch, channels, side, side]
    const result = [batch, filters, output, output]
    const filter = [filters, channels, kernel, kernel]
    const windows = { strides: [stride, stride], pads }
    const gradient = { dilations: [stride, stride], pads }
    const parts = {
      convolution: () => bothWays('Conv', [image], filter, windows),
      'transposed convolution': () => bothWays('ConvTranspose', [result], filter, windows),
      'gradient of the filter': () => ({
        'batch first': prepare(
          [image, result],
          (b, [x, dy]) => b.node('Conv', [transpose(b, x, swap), transpose(b, dy, swap)], gradient),
          false,
        ),
        'batch last': prepare(
          [lastOf(image), lastOf(result)],
          (b, [x, dy]) => b.node('Conv', [transpose(b, x, [0, 3, 1, 2]), transpose(b, dy, [0, 3, 1, 2])], gradient),
          true,
        ),
      }),
    }
    for (const [part, ways] of Object.entries(parts)) {
      if (only && !part.startsWith(only)) continue
      console.log(`${batch} | ${name} | ${part} | ${(await compare(ways())).join(' | ')}`)
    }
  }
}
