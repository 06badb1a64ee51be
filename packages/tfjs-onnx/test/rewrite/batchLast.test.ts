import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Attributes } from '../../src/graph.js'
import { GraphBuilder } from '../../src/graphBuilder.js'
import { checkGraph, type Graph, portablePasses, rewriteGraph } from '../../src/index.js'
import type { OperatorName } from '../../src/operators/index.js'
import { batchLast } from '../../src/rewrite/batchLast/batchLast.js'
import { deadCode } from '../../src/rewrite/deadCode.js'
import { expectClose } from '../numbers.js'
import { runGraph } from './runGraph.js'

const tolerance = 1e-5

interface Given {
  readonly op: OperatorName
  readonly shapes: readonly (readonly number[])[]
  readonly attributes: Attributes
}

/** A graph of one operator; undefined where the operator does not take these shapes. */
function graphOf({ op, shapes, attributes }: Given): Graph | undefined {
  const builder = new GraphBuilder()
  const inputs = shapes.map((shape, index) => builder.input(`x${index}`, { dtype: 'float32', shape }))
  try {
    return builder.build({ outputs: [{ name: 'y', value: builder.node(op, inputs, attributes) }], updates: [] })
  } catch {
    return undefined
  }
}

/** Rewrites; fails unless the results stay the same. Returns the operators that there are now. */
async function rewriteSafely(given: Given): Promise<readonly OperatorName[]> {
  const graph = graphOf(given)
  fc.pre(graph !== undefined)
  const rewritten = deadCode.rewrite(batchLast.rewrite(graph))
  checkGraph(rewritten)
  expectClose((await runGraph(rewritten)).y ?? [], (await runGraph(graph)).y ?? [], tolerance)
  return rewritten.nodes.map(({ op }) => op)
}

const small = fc.integer({ min: 1, max: 3 })
const pair = <Each>(each: fc.Arbitrary<Each>) => fc.tuple(each, each)
const batch = fc.integer({ min: 16, max: 18 })
const windows = fc.record({
  strides: pair(small),
  pads: fc.tuple(fc.nat({ max: 2 }), fc.nat({ max: 2 }), fc.nat({ max: 2 }), fc.nat({ max: 2 })),
})
const side = fc.integer({ min: 1, max: 7 })
const kernel = pair(fc.integer({ min: 1, max: 4 }))
const runs = { seed: 5, numRuns: 15, endOnFailure: true }

describe('batchLast keeps the results of', () => {
  it('convolutions, and makes them one image', async () => {
    const seen = new Set<string>()
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          batch,
          channels: small,
          filters: small,
          height: side,
          width: side,
          kernel,
          windows,
          dilations: pair(small),
          bias: fc.boolean(),
        }),
        async ({ batch, channels, filters, height, width, kernel, windows, dilations, bias }) => {
          const shapes = [[batch, channels, height, width], [filters, channels, ...kernel], ...(bias ? [[filters]] : [])]
          const operators = await rewriteSafely({ op: 'Conv', shapes, attributes: { ...windows, dilations } })
          seen.add(operators.join(' '))
        },
      ),
      runs,
    )
    expect([...seen]).toContain('Transpose Reshape Reshape Conv Reshape Transpose')
  })

  it('convolutions in groups', async () => {
    const shapes = [
      [16, 6, 5, 5],
      [9, 2, 3, 3],
    ]
    const operators = await rewriteSafely({ op: 'Conv', shapes, attributes: { group: 3, strides: [2, 1], pads: [1, 0, 0, 1] } })
    expect(operators).toContain('Reshape')
  })

  it('the gradients of filters, and makes them products', async () => {
    const seen = new Set<string>()
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          images: small,
          filters: small,
          depth: batch,
          windows,
          kernel: pair(fc.integer({ min: 2, max: 5 })),
          extra: pair(fc.nat({ max: 3 })),
          dilations: pair(small),
        }),
        async ({ images, filters, depth, windows, kernel, extra, dilations }) => {
          const size = (axis: 0 | 1) => Math.max(1, (kernel[axis] - 1) * dilations[axis] + 1 + extra[axis] - windows.pads[axis])
          const shapes = [
            [images, depth, size(0), size(1)],
            [filters, depth, ...kernel],
          ]
          seen.add((await rewriteSafely({ op: 'Conv', shapes, attributes: { ...windows, dilations } })).join(' '))
        },
      ),
      runs,
    )
    expect([...seen].some((operators) => operators.includes('Gather') && operators.includes('Gemm'))).toBe(true)
  })

  it.each([
    ['to many channels, and makes them convolutions', fc.integer({ min: 8, max: 9 }), ['Conv', 'ConvTranspose']],
    ['to few channels, and adds up the shares of a product', small, ['Conv', 'ConvTranspose', 'Gemm']],
  ] as const)('transposed convolutions %s', async (_, channels, expected) => {
    const seen = new Set<string>()
    const drawn = fc.record({
      batch,
      channels,
      depth: small,
      height: side,
      width: side,
      kernel,
      windows,
      extra: pair(fc.nat({ max: 2 })),
      bias: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(drawn, async ({ batch, channels, depth, height, width, kernel, windows, extra, bias }) => {
        const shapes = [[batch, depth, height, width], [depth, channels, ...kernel], ...(bias ? [[channels]] : [])]
        const attributes = { ...windows, output_padding: extra.map((each, axis) => Math.min(each, (windows.strides[axis] ?? 1) - 1)) }
        const operators = await rewriteSafely({ op: 'ConvTranspose', shapes, attributes })
        const [product = ''] = operators.filter((op) => op === 'Conv' || op === 'Gemm' || op === 'ConvTranspose')
        seen.add(product)
      }),
      { ...runs, numRuns: 30 },
    )
    expect([...seen].sort()).toEqual(expected)
  })

  it.each(['MaxPool', 'AveragePool'] as const)('%s', async (op) => {
    await fc.assert(
      fc.asyncProperty(fc.record({ batch, channels: small, height: side, width: side, kernel, windows }), async (drawn) => {
        const shapes = [[drawn.batch, drawn.channels, drawn.height, drawn.width]]
        const operators = await rewriteSafely({ op, shapes, attributes: { ...drawn.windows, kernel_shape: drawn.kernel } })
        expect(operators).toEqual(['Transpose', 'Reshape', op, 'Reshape', 'Transpose'])
      }),
      runs,
    )
  })
})

describe('batchLast leaves', () => {
  it('few images to ONNX Runtime', async () => {
    const shapes = [
      [4, 3, 8, 8],
      [2, 3, 3, 3],
    ]
    expect(await rewriteSafely({ op: 'Conv', shapes, attributes: {} })).toEqual(['Conv'])
    expect(await rewriteSafely({ op: 'ConvTranspose', shapes: [shapes[0] ?? [], [3, 2, 3, 3]], attributes: {} })).toEqual(['ConvTranspose'])
    expect(await rewriteSafely({ op: 'MaxPool', shapes: shapes.slice(0, 1), attributes: { kernel_shape: [2, 2] } })).toEqual(['MaxPool'])
  })

  it('a gradient whose matrix would take too much memory', () => {
    const graph = graphOf({
      op: 'Conv',
      shapes: [
        [64, 128, 64, 64],
        [64, 128, 62, 62],
      ],
      attributes: {},
    })
    expect(graph && batchLast.rewrite(graph).nodes.map(({ op }) => op)).not.toContain('Gather')
  })

  it('models that are exported as any runtime knows them', () => {
    expect(portablePasses.map(({ name }) => name)).not.toContain('batchLast')
    const graph = graphOf({
      op: 'Conv',
      shapes: [
        [32, 3, 8, 8],
        [2, 3, 3, 3],
      ],
      attributes: {},
    })
    expect(graph && rewriteGraph(graph, portablePasses).nodes.map(({ op }) => op)).toEqual(['Conv'])
  })
})
