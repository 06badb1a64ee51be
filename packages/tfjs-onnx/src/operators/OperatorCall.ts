import { CompileError } from '../errors.js'
import { type Constant, type DType, formatType, type OperatorUse, type Shape, type Value } from '../tensor.js'

/** Gives an operator's row typed access to one node: its inputs, its attributes, its constant operands. */
export class OperatorCall {
  constructor(
    readonly node: Pick<OperatorUse, 'op' | 'inputs' | 'attributes'>,
    readonly constantOf: (value: Value) => Constant | undefined,
  ) {}

  get inputs(): readonly Value[] {
    return this.node.inputs
  }

  input(index: number): Value {
    const value = this.node.inputs[index]
    return value ?? this.fail(`at least ${index + 1} inputs`, `${this.node.inputs.length}`)
  }

  /** Requires exactly `count` inputs, and input 0 to have one of `dtypes`; returns input 0. */
  expect(count: number, dtypes: readonly DType[]): Value {
    if (this.node.inputs.length !== count) this.fail(`${count} inputs`, `${this.node.inputs.length}`)
    return this.expectDType(0, dtypes)
  }

  expectDType(index: number, dtypes: readonly DType[]): Value {
    const value = this.input(index)
    return dtypes.includes(value.dtype) ? value : this.fail(`input ${index} to be ${dtypes.join(' or ')}`, value.dtype)
  }

  number(name: string, fallback: number): number {
    const value = this.node.attributes[name] ?? fallback
    return typeof value === 'number' ? value : this.fail(`attribute ${name} to be a number`, JSON.stringify(value))
  }

  flag(name: string, fallback: boolean): boolean {
    const value = this.number(name, fallback ? 1 : 0)
    return value === 0 || value === 1 ? value === 1 : this.fail(`attribute ${name} to be 0 or 1`, `${value}`)
  }

  /** Reads an attribute that names one of several behaviours. */
  text<Name extends string>(name: string, allowed: readonly Name[], fallback: Name): Name {
    const value = this.node.attributes[name] ?? fallback
    return allowed.find((each) => each === value) ?? this.fail(`attribute ${name} to be ${allowed.join(' or ')}`, JSON.stringify(value))
  }

  /** Reads `count` whole numbers, none below `least`; `fallback` for each where the attribute is absent. */
  sizes(name: string, count: number, { least, fallback }: { readonly least: number; readonly fallback?: number }): readonly number[] {
    const filled = fallback === undefined ? undefined : new Array<number>(count).fill(fallback)
    const value = this.node.attributes[name] ?? filled
    const isFit = Array.isArray(value) && value.length === count && value.every((each) => Number.isInteger(each) && each >= least)
    return isFit ? value : this.fail(`attribute ${name} to be ${count} whole numbers, none below ${least}`, JSON.stringify(value))
  }

  numbers(name: string): readonly number[] {
    const value = this.node.attributes[name]
    return Array.isArray(value) ? value : this.fail(`attribute ${name} to be a list`, JSON.stringify(value))
  }

  /** Reads an int64 operand that must be constant: a shape, axes, repeats. */
  integers(index: number): readonly number[] {
    const constant = this.constantOf(this.expectDType(index, ['int64']))
    return constant ? Array.from(constant.data, Number) : this.fail(`input ${index} to be constant`, 'a computed value')
  }

  /** Resolves an axis counted from either end. */
  axis(axis: number, rank: number): number {
    const resolved = axis < 0 ? axis + rank : axis
    return Number.isInteger(resolved) && resolved >= 0 && resolved < rank ? resolved : this.fail(`an axis of ${rank}`, `${axis}`)
  }

  broadcast(...shapes: readonly Shape[]): Shape {
    const rank = Math.max(...shapes.map((shape) => shape.length))
    return Array.from({ length: rank }, (_, position) => {
      let size = 1
      for (const shape of shapes) {
        const dimension = shape[position - rank + shape.length] ?? 1
        if (dimension === 1 || dimension === size) continue
        if (size !== 1) this.fail('shapes that broadcast', shapes.map((each) => `[${each.join(',')}]`).join(' and '))
        size = dimension
      }
      return size
    })
  }

  fail(expected: string, got: string): never {
    throw new CompileError('INVALID_GRAPH', { subject: this.toString(), expected, got })
  }

  toString(): string {
    return `${this.node.op}(${this.node.inputs.map(formatType).join(', ')})`
  }
}
