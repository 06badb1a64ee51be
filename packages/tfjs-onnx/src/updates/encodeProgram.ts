import { control, f32, f32x4, i32, local, ModuleBuilder } from '@hourglass/wasm'
import { CompileError } from '../errors.js'
import { type GraphNode, sizeOf, type Value } from '../graph.js'
import type { OperatorName } from '../operators/index.js'
import type { Block } from './Arena.js'
import { elementOperators, importedFunctions } from './elementOperators.js'
import type { UpdateLoop, UpdateProgram } from './UpdateProgram.js'

/** Where a program finds what it reads and puts what it updates. */
export interface ProgramAddresses {
  /** The element of a constant that has only one. */
  readonly constantOf: (value: Value) => number | undefined
  /** The elements of a state, an input, a constant or a value of the body. */
  readonly sourceOf: (value: Value) => Block
  /** The elements of the state of a name. */
  readonly stateOf: (name: string) => Block
  /** Whether several threads work on the memory. @default false */
  readonly isShared?: boolean
}

/** Vectors of four float32 in one iteration: enough for one division to run while the next one starts. */
const UNROLLED = 2
const VECTOR_BYTES = 16
const FLOAT_BYTES = 4

/** Encodes a program as a WebAssembly module; its function `run` works on the memory that holds the addresses. */
export function encodeProgram(program: UpdateProgram, addresses: ProgramAddresses): Uint8Array<ArrayBuffer> {
  return new ProgramEncoder(program, addresses).encode()
}

class ProgramEncoder {
  readonly #module = new ModuleBuilder()
  /** The local variable of each value with one element. */
  readonly #scalars = new Map<Value, number>()

  constructor(
    private readonly program: UpdateProgram,
    private readonly addresses: ProgramAddresses,
  ) {}

  encode(): Uint8Array<ArrayBuffer> {
    const { scalars, scalarUpdates, loops } = this.program
    for (const node of scalars) this.#computeScalar(node)
    for (const { value } of scalarUpdates) this.#scalar(value)
    for (const loop of loops) if (loop.length > 0) this.#loop(loop)
    for (const { name, value } of scalarUpdates) {
      const { offset } = this.addresses.stateOf(name)
      this.#module.emit(i32.constant(0), local.get(this.#scalar(value)), f32.store(offset))
    }
    return this.#module.encode({ isShared: this.addresses.isShared ?? false })
  }

  /** The local that holds a value with one element; it is loaded when first asked for. */
  #scalar(value: Value): number {
    const known = this.#scalars.get(value)
    if (known !== undefined) return known
    const constant = this.addresses.constantOf(value)
    if (constant !== undefined) this.#module.emit(f32.constant(constant))
    else this.#module.emit(i32.constant(0), f32.load(this.addresses.sourceOf(value).offset))
    return this.#keepScalar(value)
  }

  #keepScalar(value: Value): number {
    const index = this.#module.local('f32')
    this.#module.emit(local.set(index))
    this.#scalars.set(value, index)
    return index
  }

  #computeScalar({ op, inputs, outputs }: GraphNode): void {
    const module = this.#module
    const operator = elementOperators[op]
    if (!operator) throw notElementwise(op)
    const operands = inputs.map((input) => this.#scalar(input))
    if ('imported' in operator) {
      const { imported: name } = operator
      for (const operand of operands) module.emit(local.get(operand), f32.promote)
      module.emit(control.call(module.import({ name, parameters: importedFunctions[name].length })), f32.demote)
    } else {
      if (operator.firstOperand !== undefined) module.emit(f32.constant(operator.firstOperand))
      for (const operand of operands) module.emit(local.get(operand))
      module.emit(f32.arithmetic(operator.instruction))
    }
    for (const output of outputs) this.#keepScalar(output)
  }

  #loop({ length, nodes, updates }: UpdateLoop): void {
    const module = this.#module
    const values = [...nodes.flatMap(({ inputs }) => inputs), ...updates.map(({ value }) => value)]
    const splats = new Map<Value, number>()
    for (const value of values) if (sizeOf(value.shape) === 1 && !splats.has(value)) splats.set(value, this.#splat(this.#scalar(value)))

    const position = module.local('i32')
    module.emit(i32.constant(0), local.set(position), control.loop)
    for (let vector = 0; vector < UNROLLED; vector++)
      this.#iteration({ nodes, updates }, { position, shift: vector * VECTOR_BYTES, splats })
    module.emit(local.get(position), i32.constant(UNROLLED * VECTOR_BYTES), i32.add, local.tee(position))
    module.emit(i32.constant(length * FLOAT_BYTES), i32.lessThan, control.repeatIf, control.end)
  }

  #splat(scalar: number): number {
    const index = this.#module.local('v128')
    this.#module.emit(local.get(scalar), f32x4.splat, local.set(index))
    return index
  }

  /** Computes four elements of a loop: all loads and arithmetic, then all stores. */
  #iteration(
    { nodes, updates }: Pick<UpdateLoop, 'nodes' | 'updates'>,
    { position, shift, splats }: { position: number; shift: number; splats: ReadonlyMap<Value, number> },
  ): void {
    const module = this.#module
    const locals = new Map(splats)
    const keep = (value: Value): number => {
      const index = module.local('v128')
      module.emit(local.set(index))
      locals.set(value, index)
      return index
    }
    const load = (value: Value): number => {
      const known = locals.get(value)
      if (known !== undefined) return known
      module.emit(local.get(position), f32x4.load(this.addresses.sourceOf(value).offset + shift))
      return keep(value)
    }
    for (const { op, inputs, outputs } of nodes) {
      const operator = elementOperators[op]
      if (!operator || !('instruction' in operator)) throw notElementwise(op)
      const operands = inputs.map(load)
      if (operator.firstOperand !== undefined) module.emit(f32.constant(operator.firstOperand), f32x4.splat)
      for (const operand of operands) module.emit(local.get(operand))
      module.emit(f32x4.arithmetic(operator.instruction))
      for (const output of outputs) keep(output)
    }
    const results = updates.map(({ name, value }) => ({ index: load(value), offset: this.addresses.stateOf(name).offset + shift }))
    for (const { index, offset } of results) module.emit(local.get(position), local.get(index), f32x4.store(offset))
  }
}

/** A node that splitUpdates must not have moved: left out, it would be a silently wrong update. */
function notElementwise(op: OperatorName): CompileError {
  return new CompileError('INVALID_GRAPH', { subject: 'update program', expected: 'operators that its loops compute', got: op })
}
