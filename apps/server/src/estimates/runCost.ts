import type { RunConfig } from '@hourglass/autoencoders'
import { estimateCounted, type MachineSpeed, type RunWork, typicalMachine } from '@hourglass/autoencoders/training'
import { datasetCatalog } from '@hourglass/datasets'

/** What a run costs, by stage. */
export interface RunCost {
  /** Of what comes before the first epoch. */
  readonly setUp: number
  /** Of all epochs together. */
  readonly epochs: number
  /** Whether these are seconds of this machine; those of a typical one are good for comparing runs alone. */
  readonly isMeasured: boolean
}

/** Works out what a run costs of its counted work, where the machine's speed may not be known. */
export function runCost(config: RunConfig, work: RunWork, speed: MachineSpeed | undefined): RunCost {
  const { engine } = config.training
  const machine = (engine === 'onnx' ? speed : undefined) ?? typicalMachine(1)
  const onnx: RunConfig = { ...config, training: { ...config.training, engine: 'onnx' } }
  const sizes = datasetCatalog[config.data.dataset]
  const { compilation, pretraining, training, evaluation } = estimateCounted(onnx, work, { sizes, machine })
  return { setUp: compilation + pretraining, epochs: training + evaluation, isMeasured: machine === speed }
}
