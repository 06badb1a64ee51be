import { encodeConstant, encodeNode } from '../encode.js'
import { CompileError } from '../errors.js'
import { type Constant, type GraphNode, toTensorData, type Value } from '../graph.js'
import { onnxAttributeTypes } from '../onnxSchema.js'
import { takesAxesAsAttribute } from './opsets.js'
import { formatSize, isConstantSize, type SizeExpression } from './SizeExpression.js'
import { dependsOnSizes, type SymbolicGraph } from './SymbolicGraph.js'
import { findDimension, type SymbolicInputs } from './SymbolicInput.js'

interface Emitted {
  /** The name of the output; the node's own where this is left out. */
  readonly output?: string
  readonly attribute?: readonly object[]
}

interface EncodedNode {
  readonly opType: string
  readonly name: string
  readonly input: readonly string[]
  readonly output: readonly string[]
  readonly attribute?: readonly object[]
}

/** Writes the nodes and the initializers of a model; what depends on the size of a named dimension, it has the model compute. */
export class ModelWriter {
  readonly nodes: EncodedNode[] = []
  readonly initializers: ReturnType<typeof encodeConstant>[] = []
  readonly #source: SymbolicGraph
  readonly #inputs: SymbolicInputs
  readonly #opset: number
  readonly #constants: ReadonlyMap<Value, Constant>
  readonly #names = new Map<Value, string>()
  readonly #taken = new Set<string>()
  /** Names of what is written once however often it is used, by what it is. */
  readonly #shared = new Map<string, string>()

  constructor(parts: { source: SymbolicGraph; inputs: SymbolicInputs; opset: number }) {
    this.#source = parts.source
    this.#inputs = parts.inputs
    this.#opset = parts.opset
    this.#constants = new Map(parts.source.graph.constants.map((constant) => [constant.value, constant]))
  }

  /** Gives a value, or an output that is a copy of one, the name that was chosen for it; throws INVALID_INPUT where that is taken. */
  claim(name: string, value?: Value): void {
    if (name === '' || this.#taken.has(name)) {
      throw new CompileError('INVALID_INPUT', {
        subject: `name ${JSON.stringify(name)} in the exported model`,
        expected: 'the inputs, outputs and weights to have names that occur once',
        got: name === '' ? 'an empty name' : 'one that occurs twice',
        advice: 'Give outputs other names with outputNames.',
      })
    }
    this.#taken.add(name)
    if (value) this.#names.set(value, name)
  }

  isNamed(value: Value): boolean {
    return this.#names.has(value)
  }

  /** Adds the data of a value that has a name. */
  addWeight(weight: Constant): void {
    this.initializers.push(encodeConstant(weight, this.#nameOf(weight.value)))
  }

  addNode(node: GraphNode): void {
    const name = this.#unique(`${node.op}_${this.nodes.length + 1}`)
    node.outputs.forEach((output, index) => {
      if (!this.isNamed(output)) this.#names.set(output, index === 0 ? name : this.#unique(`${name}_${index + 1}`))
    })
    const { opType, attribute } = encodeNode(node, () => '')
    const output = node.outputs.map((value) => this.#nameOf(value))
    const [x, axes] = node.inputs
    const fixedAxes = axes && takesAxesAsAttribute(node.op, this.#opset) ? this.#constants.get(axes) : undefined
    if (x && fixedAxes) {
      const ints = Array.from(fixedAxes.data, Number)
      const withAxes = [...attribute, { name: 'axes', type: onnxAttributeTypes.ints, ints }]
      this.nodes.push({ opType, name, input: [this.#operand(x)], output, attribute: withAxes })
      return
    }
    const input = node.inputs.map((value, index) => (node.op === 'Reshape' && index === 1 ? this.#target(value) : this.#operand(value)))
    this.nodes.push({ opType, name, input, output, attribute })
  }

  /** Adds an output that no node computes under its own name. */
  addCopy(value: Value, name: string): void {
    this.#emit('Identity', [this.#operand(value)], { output: name })
  }

  #operand(value: Value): string {
    const known = this.#names.get(value)
    if (known !== undefined) return known
    const sized = this.#source.sizedConstants.get(value)
    const name = sized
      ? sized.kind === 'sizes'
        ? this.#vector(sized.sizes)
        : this.#emit('Expand', [this.#addConstant(sized.element), this.#vector(sized.shape)])
      : this.#addConstant(this.#constants.get(value))
    this.#names.set(value, name)
    return name
  }

  /** Writes the shape that a Reshape makes. One size that is not fixed is left to be worked out from the others, which a model need not compute. */
  #target(value: Value): string {
    const sized = this.#source.sizedConstants.get(value)
    if (sized?.kind !== 'sizes') return this.#operand(value)
    const fixed = sized.sizes.map((size) => (size && isConstantSize(size) ? size.constant : -1))
    const canBeInferred = fixed.filter((size) => size === -1).length === 1 && !fixed.includes(0)
    return canBeInferred ? this.#integers(fixed) : this.#operand(value)
  }

  /** Computes a vector of sizes. */
  #vector(sizes: readonly (SizeExpression | undefined)[]): string {
    if (!sizes.every((size) => size !== undefined)) throw dependsOnSizes('a size that is no sum of multiples of it')
    return this.#once(`[${sizes.map(formatSize).join()}]`, () => {
      const parts = sizes.map((size) => this.#size(size))
      return parts.length === 1 ? (parts[0] ?? '') : this.#emit('Concat', parts, { attribute: [intAttribute('axis', 0)] })
    })
  }

  /** Computes one size, as a vector of one element. */
  #size({ constant, multiples }: SizeExpression): string {
    const terms = multiples.map(({ dimension, factor }) => {
      const size = this.#dimension(dimension)
      return factor === 1 ? size : this.#emit('Mul', [size, this.#integers([factor])])
    })
    if (constant !== 0 || terms.length === 0) terms.push(this.#integers([constant]))
    return terms.reduce((sum, term) => this.#emit('Add', [sum, term]))
  }

  #dimension(name: string): string {
    return this.#once(`size of ${name}`, () => {
      const { input, axis } = findDimension(this.#inputs, name)
      return this.#emit('Gather', [this.#emit('Shape', [input]), this.#integers([axis])], { attribute: [intAttribute('axis', 0)] })
    })
  }

  #integers(values: readonly number[]): string {
    const value = { id: -1, dtype: 'int64', shape: [values.length] } as const
    return this.#once(`int64 ${values.join()}`, () => this.#addConstant({ value, data: toTensorData('int64', values) }))
  }

  #addConstant(constant: Constant | undefined): string {
    if (!constant) throw new CompileError('INVALID_GRAPH', { subject: 'export', expected: 'operands that are defined', got: 'another' })
    const name = this.#unique(`constant_${this.initializers.length + 1}`)
    this.initializers.push(encodeConstant(constant, name))
    return name
  }

  #emit(opType: string, input: readonly string[], { output, attribute = [] }: Emitted = {}): string {
    const name = this.#unique(`${opType}_${this.nodes.length + 1}`)
    this.nodes.push({ opType, name, input, output: [output ?? name], attribute })
    return output ?? name
  }

  #once(key: string, write: () => string): string {
    const name = this.#shared.get(key) ?? write()
    this.#shared.set(key, name)
    return name
  }

  #nameOf(value: Value): string {
    return this.#names.get(value) ?? ''
  }

  #unique(wish: string): string {
    let name = wish
    while (this.#taken.has(name)) name += '_'
    this.#taken.add(name)
    return name
  }
}

function intAttribute(name: string, i: number): object {
  return { name, type: onnxAttributeTypes.int, i }
}
