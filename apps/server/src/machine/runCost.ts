import type { RunConfig } from '@hourglass/autoencoders'
import { estimateCounted, type MachineSpeed, type RunWork, typicalMachine } from '@hourglass/autoencoders/training'
import { datasetCatalog } from '@hourglass/datasets'

/** What a run costs, by stage. */
export interface RunCost {
  /** Of what comes before the first epoch. */
  readonly setUp: number
  /** Of all epochs together. */
  readonly epochs: number
  /** Of measuring the run after the last of them. */
  readonly analysis: number
  /** Whether these are seconds of this machine; those of a typical one are good for comparing runs alone. */
  readonly isMeasured: boolean
}

export interface CostingOptions {
  /** Undefined where the machine was not measured. */
  readonly speed: MachineSpeed | undefined
  /** How long a worker takes to start on a machine that was measured. */
  readonly startSeconds: number
  /** Whether runs are measured after their last epoch. */
  readonly analyzes: boolean
}

/** Stands in on a machine that was not measured. */
const TYPICAL_START = 1

/** Works out what a run costs of its counted work, where the machine's speed may not be known. */
export function runCost(config: RunConfig, work: RunWork, { speed, startSeconds, analyzes }: CostingOptions): RunCost {
  const { engine } = config.training
  const machine = (engine === 'onnx' ? speed : undefined) ?? typicalMachine(1)
  const isMeasured = machine === speed
  const onnx: RunConfig = { ...config, training: { ...config.training, engine: 'onnx' } }
  const sizes = datasetCatalog[config.data.dataset]
  const { compilation, pretraining, training, evaluation, analysis } = estimateCounted(onnx, work, { sizes, machine })
  return {
    setUp: (isMeasured ? startSeconds : TYPICAL_START) + compilation + pretraining,
    epochs: training + evaluation,
    analysis: analyzes ? analysis : 0,
    isMeasured,
  }
}
