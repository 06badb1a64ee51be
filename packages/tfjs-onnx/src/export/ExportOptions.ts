import type { State } from '../state.js'
import type { SymbolicInputs } from './SymbolicInput.js'

export interface ExportOptions<Inputs extends SymbolicInputs> {
  /** The model's inputs; a name in place of a size, as in `['batch', 784]`, lets the dimension have any. */
  readonly inputs: Inputs
  /** The weights: what the function reads of it is in the model under its name. @default none */
  readonly state?: Pick<State, 'variables' | 'read'>
  /** Other names for outputs, by those that the function gives them. @default none */
  readonly outputNames?: Readonly<Record<string, string>>
  /** The version of ONNX's operators. @default the oldest from 13 on that has all of them */
  readonly opset?: number
  /** @default 'model' */
  readonly name?: string
  /** What the model is and what goes in and out, for whoever opens it. @default none */
  readonly description?: string
  /** @default hourglass */
  readonly producer?: { readonly name: string; readonly version?: string }
  /** Further facts for programs to read. @default none */
  readonly metadata?: Readonly<Record<string, string>>
}
