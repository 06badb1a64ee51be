import { beforeAll, describe, expect, it } from 'vitest'
import { typicalSeconds, workUnits } from '../../src/cost/Work.js'
import { completeRunConfig, type RunConfigInput } from '../../src/index.js'
import {
  countRun,
  estimateCounted,
  estimateRun,
  type MachineMeasurement,
  type MachineSpeed,
  measureMachine,
  speedOf,
  typicalMachine,
} from '../../src/training.js'

const sizes = { exampleShape: [28, 28], trainCount: 60_000, testCount: 10_000 }
const twice = Object.fromEntries(Object.entries(typicalSeconds).map(([unit, seconds]) => [unit, seconds / 2])) as typeof typicalSeconds
const machine: MachineSpeed = {
  runtime: 'node',
  threads: 2,
  speeds: [
    { threads: 1, secondsPer: typicalSeconds },
    { threads: 2, secondsPer: twice },
  ],
  secondsPerCompiledOperator: 0.005,
}
const estimate = (config: RunConfigInput, speed = machine) => estimateRun(completeRunConfig(config), sizes, speed)

describe('an estimate', () => {
  it('adds up its stages, and grows with the epochs', async () => {
    const [ten, twenty] = [await estimate({ training: { epochs: 10 } }), await estimate({ training: { epochs: 20 } })]
    expect(ten.seconds).toBeCloseTo(ten.compilation + ten.pretraining + ten.training + ten.evaluation + ten.analysis, 9)
    expect(twenty.training).toBeCloseTo(2 * ten.training, 9)
    expect(twenty.evaluation).toBeCloseTo(2 * ten.evaluation, 9)
    expect(twenty.compilation).toBe(ten.compilation)
    expect(twenty.analysis).toBe(ten.analysis)
    expect(ten.compilation).toBeGreaterThan(0)
  })

  it('takes the speed of the threads that a run is worth', async () => {
    const oneThread: MachineSpeed = { ...machine, threads: 1, speeds: machine.speeds.slice(0, 1) }
    const small = { architecture: { kind: 'dense', latentDimension: 8 } } as const
    expect((await estimate(small)).training).toBe((await estimate(small, oneThread)).training)
    const large = { architecture: { kind: 'dense', latentDimension: 784 } } as const
    expect((await estimate(large)).training).toBeCloseTo((await estimate(large, oneThread)).training / 2, 9)
  })

  it('is the same of work that was counted before', async () => {
    const config = completeRunConfig({ training: { epochs: 3 } })
    expect(estimateCounted(config, await countRun(config, sizes), { sizes, machine })).toEqual(await estimateRun(config, sizes, machine))
  })

  it('weighs runs on a machine that was not measured', async () => {
    const long = await estimate({ training: { epochs: 200 } }, typicalMachine(2))
    expect(long.seconds).toBeGreaterThan(5 * (await estimate({ training: { epochs: 20 } }, typicalMachine(2))).seconds)
  })

  it('is refused for engines and threads that were not measured', async () => {
    await expect(estimate({ training: { engine: 'cpu' } })).rejects.toThrow(/a run on the engine onnx, whose speed is measured, got cpu/)
    const eight: MachineSpeed = { ...machine, threads: 8 }
    await expect(estimate({ architecture: { kind: 'dense', latentDimension: 784 } }, eight)).rejects.toThrow(
      /a machine measured with 8 threads, got 1 and 2/,
    )
  })
})

describe('a measured machine', () => {
  let measurement: MachineMeasurement
  let measured: MachineSpeed
  beforeAll(async () => {
    measurement = await measureMachine({ threads: 2 })
    measured = speedOf([measurement])
  })

  it('has a speed for one thread and for all, no unit of it negative', () => {
    expect(measured.speeds.map(({ threads }) => threads)).toEqual([1, 2])
    for (const { secondsPer } of measured.speeds) {
      expect(Object.keys(secondsPer)).toEqual([...workUnits])
      for (const seconds of Object.values(secondsPer)) expect(seconds).toBeGreaterThanOrEqual(0)
      expect(Math.max(...Object.values(secondsPer))).toBeGreaterThan(0)
    }
    expect(measured.secondsPerCompiledOperator).toBeGreaterThan(0)
  })

  it('tells how much of it other programs took', () => {
    expect(measurement.disturbance).toBeGreaterThanOrEqual(0)
    expect(measurement.disturbance).toBeLessThanOrEqual(1)
  })

  it('is as fast as the fastest of its measurements, whatever disturbed the others', () => {
    const samples = measurement.samples.map((sample, index) => ({ ...sample, seconds: sample.seconds * (index % 2 ? 7 : 1) }))
    const disturbed = { ...measurement, samples, secondsPerCompiledOperator: 1, disturbance: 0.6 }
    const others = measurement.samples.map((sample, index) => ({ ...sample, seconds: sample.seconds * (index % 2 ? 1 : 7) }))
    expect(speedOf([disturbed, { ...measurement, samples: others }])).toEqual(measured)
    expect(speedOf([disturbed])).not.toEqual(measured)
  })

  it('survives JSON, and estimates every kind of run', async () => {
    const kept = JSON.parse(JSON.stringify(measured)) as MachineSpeed
    expect(kept).toEqual(measured)
    for (const config of [
      { architecture: { kind: 'dense', latentDimension: 1 }, training: { batchSize: 32 } },
      { architecture: { kind: 'convolutional' } },
      { optimizer: { kind: 'lbfgs' } },
      { optimizer: { kind: 'closedForm' }, architecture: { kind: 'dense', outputActivation: 'linear' }, training: { epochs: 1 } },
      { architecture: { kind: 'dense', hiddenWidths: [64] }, training: { pretraining: { kind: 'stacked' } } },
    ] as const) {
      const { seconds, ...stages } = await estimate(config, kept)
      expect(seconds).toBeGreaterThan(0)
      for (const stage of Object.values(stages)) expect(stage).toBeGreaterThanOrEqual(0)
    }
  })

  it('with one thread has no other speed', async () => {
    expect(speedOf([await measureMachine({ threads: 1 })]).speeds.map(({ threads }) => threads)).toEqual([1])
  })
})
