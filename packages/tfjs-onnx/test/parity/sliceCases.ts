import type { Tensor } from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { tf } from '../eager.js'
import { shapes } from './arbitraries.js'
import type { ParityCase, ParityInput } from './ParityCase.js'
import { of } from './structureCases.js'

const last = ({ shape }: Tensor) => shape[shape.length - 1] ?? 1
const size = fc.integer({ min: 1, max: 4 })
const indices = (shape: readonly number[], below: number): ParityInput => ({ shape, dtype: 'int32', range: [0, below - 1] })

/** A shape with a window on each axis. */
const cuts = fc
  .array(fc.tuple(size, fc.nat(), fc.nat()), { minLength: 1, maxLength: 4 })
  .map((axes) => axes.map(([length, a, b]) => ({ length, begin: a % length, size: 1 + (b % (length - (a % length))) })))

interface Stride {
  readonly length: number
  readonly begin: number
  readonly end: number
  readonly stride: number
}

/** Begins, ends and strides on each axis, of which something is left. */
const strided = fc
  .array(
    fc.record({
      length: size,
      begin: fc.integer({ min: -4, max: 4 }),
      end: fc.integer({ min: -4, max: 4 }),
      stride: fc.constantFrom(-2, -1, 1, 2),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .filter((axes) => axes.every(hasElements))

function hasElements({ length, begin, end, stride }: Stride): boolean {
  const info = tf.slice_util.sliceInfo([length], [begin], [end], [stride], 0, 0, 0, 0, 0)
  return !info.finalShape.includes(0)
}

const pads = fc.array(fc.tuple(size, fc.nat({ max: 3 }), fc.nat({ max: 3 })), { minLength: 1, maxLength: 4 })

/** Pads no longer than a mirror reaches. */
const mirrorPads = (reach: 0 | 1) =>
  fc
    .array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.nat(), fc.nat()), { minLength: 1, maxLength: 4 })
    .map((axes) => axes.map(([length, before, after]) => [length, before % (length + reach), after % (length + reach)] as const))

const gather = fc.record({
  before: fc.array(size, { maxLength: 2 }),
  axis: size,
  after: fc.array(size, { maxLength: 2 }),
  places: fc.array(size, { maxLength: 2 }),
})

const blocks = fc.tuple(size, size, size, size, fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }))

const scattered = fc
  .tuple(fc.array(size, { minLength: 1, maxLength: 3 }), fc.nat(), fc.integer({ min: 1, max: 6 }))
  .map(([shape, depth, count]) => ({ shape, depth: 1 + (depth % shape.length), count }))
  // All numbers of one index are drawn from the same range, so all indexed axes are of the same size.
  .map(({ shape, depth, count }) => ({ shape: shape.map((each, axis) => (axis < depth ? (shape[0] ?? 1) : each)), depth, count }))

export const sliceCases: readonly ParityCase[] = [
  {
    kernel: 'PadV2',
    example: pads.map((axes) => ({
      inputs: [{ shape: axes.map(([length]) => length) }],
      call: (x) =>
        tf.pad(
          x as Tensor,
          axes.map(([, before, after]): [number, number] => [before, after]),
          0.5,
        ),
    })),
  },
  ...(['reflect', 'symmetric'] as const).map(
    (mode): ParityCase => ({
      kernel: 'MirrorPad',
      title: mode,
      gradient: false,
      example: mirrorPads(mode === 'reflect' ? 0 : 1).map((axes) => ({
        inputs: [{ shape: axes.map(([length]) => length) }],
        call: (x) =>
          tf.mirrorPad(
            x as Tensor,
            axes.map(([, before, after]): [number, number] => [before, after]),
            mode,
          ),
      })),
    }),
  ),
  of('Concat', (x) => tf.concat([x, tf.neg(x), x], 0)),
  of('Concat', (x) => tf.concat([x, tf.neg(x)], x.rank - 1), { title: 'on the last axis' }),
  of('Pack', (x) => tf.stack([x, tf.neg(x)])),
  of('Pack', (x) => tf.stack([x, tf.neg(x)], -1 + x.rank), { title: 'on the last axis' }),
  of('Unpack', (x) => tf.addN(tf.unstack(x, 0)), { inputs: (shape) => [{ shape: [3, ...shape.slice(1)] }] }),
  of('Reverse', (x) => tf.reverse(x, 0)),
  of('Reverse', (x) => tf.reverse(x), { title: 'on all axes' }),
  {
    kernel: 'Slice',
    example: cuts.map((axes) => ({
      inputs: [{ shape: axes.map(({ length }) => length) }],
      call: (x) =>
        tf.slice(
          x as Tensor,
          axes.map(({ begin }) => begin),
          axes.map((axis) => axis.size),
        ),
    })),
  },
  of('SplitV', (x) => tf.neg(tf.split(x, 2, 0)[1] as Tensor), { inputs: (shape) => [{ shape: [4, ...shape.slice(1)] }] }),
  of('SplitV', (x) => tf.concat(tf.split(x, [1, 3], 0).toReversed(), 0), {
    title: 'by sizes',
    inputs: (shape) => [{ shape: [4, ...shape.slice(1)] }],
  }),
  {
    kernel: 'StridedSlice',
    gradient: false,
    example: strided.map((axes) => ({
      inputs: [{ shape: axes.map(({ length }) => length) }],
      call: (x) =>
        tf.stridedSlice(
          x as Tensor,
          axes.map(({ begin }) => begin),
          axes.map(({ end }) => end),
          axes.map(({ stride }) => stride),
        ),
    })),
  },
  of('StridedSlice', (x) => tf.stridedSlice(x, [0], [last(x)], [2]), { title: 'with ends', gradient: false }),
  of('StridedSlice', (x) => tf.stridedSlice(x, [1, 0], [2, 2], [1, 1], 0, 0, 0, 0, 1), {
    title: 'dropping an axis',
    inputs: () => [{ shape: [3, 2] }],
    gradient: false,
  }),
  of('Tile', (x) =>
    tf.tile(
      x,
      x.shape.map((_, axis) => axis + 2),
    ),
  ),
  of('Tile', (x) => tf.tile(x, [3, 1]), { title: 'of a row', inputs: (shape) => [{ shape: [1, shape[0] ?? 1] }] }),

  {
    kernel: 'GatherV2',
    gradient: false,
    example: gather.map(({ before, axis, after, places }) => ({
      inputs: [{ shape: [...before, axis, ...after] }, indices(places, axis)],
      call: (x, at) => tf.gather(x as Tensor, at as Tensor, before.length),
    })),
  },
  {
    kernel: 'GatherV2',
    title: 'with batches',
    gradient: false,
    example: fc.tuple(gather, shapes).map(([{ before, axis, after, places }, batch]) => ({
      inputs: [{ shape: [...batch, ...before, axis, ...after] }, indices([...batch, ...places], axis)],
      call: (x, at) => tf.gather(x as Tensor, at as Tensor, batch.length + before.length, batch.length),
    })),
  },
  {
    kernel: 'UnsortedSegmentSum',
    title: 'in the gradient of gather',
    gradient: false,
    example: gather.map(({ before, axis, after, places }) => ({
      inputs: [{ shape: [...before, axis, ...after] }, indices([...places, 2], axis)],
      call: (x, at) => tf.grad((each) => tf.sum(tf.square(tf.gather(each, at as Tensor, before.length))))(x as Tensor),
    })),
  },
  {
    kernel: 'UnsortedSegmentSum',
    title: 'with segments of its own',
    example: shapes.map(([rows = 1, ...rest]) => ({
      inputs: [{ shape: [rows, ...rest] }, { shape: [rows], dtype: 'int32', range: [0, 3] }],
      call: (x, ids) => tf.unsortedSegmentSum(x as Tensor, ids as tf.Tensor1D, 5),
    })),
  },
  {
    kernel: 'GatherNd',
    gradient: false,
    example: scattered.map(({ shape, depth, count }) => ({
      inputs: [{ shape }, indices([count, depth], shape[0] ?? 1)],
      call: (x, at) => tf.gatherND(x as Tensor, at as Tensor),
    })),
  },
  {
    kernel: 'ScatterNd',
    gradient: false,
    example: scattered.map(({ shape, depth, count }) => ({
      inputs: [{ shape: [count, ...shape.slice(depth)] }, indices([count, depth], shape[0] ?? 1)],
      call: (updates, at) => tf.scatterND(at as Tensor, updates as Tensor, shape),
    })),
  },
  {
    kernel: 'TensorScatterUpdate',
    gradient: false,
    example: scattered.map(({ shape, depth, count }) => ({
      inputs: [{ shape }, { shape: [count, ...shape.slice(depth)] }, indices([count, depth], shape[0] ?? 1)],
      call: (x, updates, at) => tf.tensorScatterUpdate(x as Tensor, at as Tensor, updates as Tensor),
    })),
  },
  {
    kernel: 'TopK',
    gradient: false,
    example: fc.tuple(shapes, fc.nat()).map(([shape, k]) => ({
      inputs: [{ shape, dtype: 'int32', range: [-2, 2] }],
      call: (x) => {
        const { values, indices: at } = tf.topk(x as Tensor, 1 + (k % (shape.at(-1) ?? 1)))
        return tf.concat([values, at], 0)
      },
    })),
  },

  {
    kernel: 'SpaceToBatchND',
    example: blocks.map(([batch, height, width, channels, rows, columns]) => ({
      inputs: [{ shape: [batch, height * rows + rows - 1, width * columns, channels] }],
      call: (x) =>
        tf.spaceToBatchND(
          x as Tensor,
          [rows, columns],
          [
            [1, 0],
            [columns, 0],
          ],
        ),
    })),
  },
  {
    kernel: 'BatchToSpaceND',
    example: blocks.map(([batch, height, width, channels, rows, columns]) => ({
      inputs: [{ shape: [batch * rows * columns, height, width, channels] }],
      call: (x) =>
        tf.batchToSpaceND(
          x as Tensor,
          [rows, columns],
          [
            [0, rows - 1],
            [columns - 1, 0],
          ],
        ),
    })),
  },
  {
    kernel: 'DepthToSpace',
    gradient: false,
    example: blocks.map(([batch, height, width, channels, block]) => ({
      inputs: [{ shape: [batch, height, width, channels * (block + 1) ** 2] }],
      call: (x) => tf.depthToSpace(x as tf.Tensor4D, block + 1),
    })),
  },
]
