import type { Scalar, Tensor } from '@tensorflow/tfjs-core'

/** What of a step a rule may look at. */
export interface OptimizerStep {
  /** Counts from 1. */
  readonly step: Scalar
  /** The learning rate of this step; a tensor where a schedule changes it. */
  readonly rate: number | Tensor
}

/** Computes one parameter's next value and its next slots from its gradient; all have the parameter's shape. */
export type ParameterUpdate<Slot extends string> = (
  parameter: Tensor,
  gradient: Tensor,
  about: { readonly slots: Readonly<Record<Slot, Tensor>>; readonly isBias: boolean },
) => { readonly parameter: Tensor; readonly slots: Readonly<Record<Slot, Tensor>> }

/** An optimizer as a pure function: all its memory is in its slots, which start at zero, and in the step. */
export interface OptimizerRule<Config, Slot extends string = string> {
  /** Names of the tensors it keeps for each parameter. */
  slots(config: Config): readonly Slot[]
  /** Prepares what all parameters share in one step. */
  createUpdate(config: Config, at: OptimizerStep): ParameterUpdate<Slot>
}
