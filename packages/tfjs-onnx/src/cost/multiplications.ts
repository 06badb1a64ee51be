import { type GraphNode, sizeOf } from '../graph.js'
import type { OperatorName } from '../operators/index.js'
import type { MultiplicationKind } from './GraphCost.js'

/** Operators that multiply and add: how many multiplications one application takes. */
interface Product {
  readonly kind: MultiplicationKind
  readonly count: (node: GraphNode) => number
}

const sizeAt = ({ inputs }: GraphNode, index: number) => sizeOf(inputs[index]?.shape ?? [])
const sizeOfResult = ({ outputs }: GraphNode) => sizeOf(outputs[0]?.shape ?? [])
/** The multiplications that each element of input 0 or of the output takes part in: a filter [a, b, ...kernel] without its first axis. */
const perElement = ({ inputs }: GraphNode) => sizeOf(inputs[1]?.shape.slice(1) ?? [])

/** A'·B' of [rows, inner] and [inner, columns]. */
function countGemm(node: GraphNode): number {
  const [rows = 0, inner = 0] = node.inputs[0]?.shape ?? []
  return sizeOfResult(node) * (node.attributes.transA === 1 ? rows : inner)
}

/** Each letter's size once: what is not in the output is summed over. */
function countEinsum({ inputs, attributes }: GraphNode): number {
  const terms = `${attributes.equation}`.split('->')[0]?.split(',') ?? []
  const sizes = new Map(inputs.flatMap(({ shape }, index) => shape.map((size, axis) => [terms[index]?.[axis] ?? '', size] as const)))
  return sizeOf([...sizes.values()])
}

export const products: Readonly<Partial<Record<OperatorName, Product>>> = {
  Gemm: { kind: 'matrix', count: countGemm },
  MatMul: { kind: 'matrix', count: (node) => sizeOfResult(node) * (node.inputs[0]?.shape.at(-1) ?? 0) },
  Einsum: { kind: 'matrix', count: countEinsum },
  // Filter [out, in / group, ...kernel]: every element of the output is a product with one filter.
  Conv: { kind: 'convolution', count: (node) => sizeOfResult(node) * perElement(node) },
  // Filter [in, out / group, ...kernel]: every element of the input is spread by one filter.
  ConvTranspose: { kind: 'transposedConvolution', count: (node) => sizeAt(node, 0) * perElement(node) },
}
