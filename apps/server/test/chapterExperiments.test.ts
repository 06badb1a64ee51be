import { describe, expect, it } from 'vitest'
import { server, useServer } from './useServer.js'

interface LaunchedExperiment {
  id: string
  name: string
  quick: boolean
  preset: { id: string } | null
  runs: { id: string; label: string; config: unknown }[]
}

const launched = `id name quick preset { id }
  runs { id label config { architecture { dense { latentDimension } } data { trainCount } training { epochs seed } } }`
const DELETE = 'mutation ($ids: [ID!]!) { deleteExperiments(ids: $ids) }'

describe('the chapter’s experiments', () => {
  useServer()

  it('are launched in full or quick, all of their runs with the overrides', async () => {
    const { launchPreset } = await server.data<{ launchPreset: { id: string; label: string; experiment: LaunchedExperiment } }>(
      `mutation { launchPreset(id: "undercomplete-sweep", overrides: { quick: true, trainCount: 64, epochs: 1, seed: 7 }) {
        id label experiment { ${launched} }
      } }`,
    )
    const { experiment } = launchPreset
    expect(experiment).toMatchObject({ name: 'Learn to encode MNIST', quick: true, preset: { id: 'undercomplete-sweep' } })
    expect(experiment.runs[0]).toMatchObject({ id: launchPreset.id, label: 'z = 256' })
    expect(experiment.runs.map(({ config }) => config)).toEqual(
      [256, 64, 32, 8, 2, 1].map((latentDimension) => ({
        architecture: { dense: { latentDimension } },
        data: { trainCount: 64 },
        training: { epochs: 1, seed: 7 },
      })),
    )
    await server.data(DELETE, { ids: [experiment.id] })

    const { demo } = await server.data<{
      demo: { id: string; name: string; config: unknown; experiment: { name: string; quick: boolean } }
    }>('mutation { demo: launchPreset(id: "demo") { id name config { training { epochs } } experiment { name quick } } }')
    expect(demo).toMatchObject({
      name: 'Dense 784-32-784 · MNIST',
      config: { training: { epochs: 20 } },
      experiment: { name: 'First look', quick: false },
    })
  })

  it('say in their labels what is run, whatever is changed before', async () => {
    const labelsOf = async (id: string, overrides: string) => {
      const { launchPreset } = await server.data<{ launchPreset: { experiment: LaunchedExperiment } }>(
        `mutation { launchPreset(id: "${id}", overrides: { ${overrides} }) { experiment { ${launched} } } }`,
      )
      await server.data(DELETE, { ids: [launchPreset.experiment.id] })
      return launchPreset.experiment.runs.map(({ label }) => label)
    }
    expect(await labelsOf('pretraining', 'quick: true, seed: 9')).toEqual(['seed 9'])
    expect(await labelsOf('clustering', 'seed: 9')).toEqual(['deep, z = 10, seed 9', 'variational, z = 10, seed 9'])
    expect(await labelsOf('powerful', 'trainCount: 5, epochs: 1')).toEqual(['5 training examples'])
  })

  it('say what to look for, and list their runs in full and quick', async () => {
    const runs = 'label config { training { epochs } }'
    const { presets } = await server.data<{
      presets: {
        id: string
        section: string
        lookFor: string
        figure: string
        full: { label: string; config: { training: { epochs: number } } }[]
        quick: { label: string; config: { training: { epochs: number } } }[]
      }[]
    }>(`{ presets { id section lookFor figure full: runs { ${runs} } quick: runs(quick: true) { ${runs} } } }`)
    const sweep = presets.find(({ id }) => id === 'undercomplete-sweep')
    expect(sweep).toMatchObject({ section: 'Undercomplete autoencoders', figure: 'RECONSTRUCTIONS' })
    expect(sweep?.full.map(({ label }) => label)).toEqual([784, 256, 64, 32, 16, 8, 4, 2, 1].map((size) => `z = ${size}`))
    expect(sweep?.full[0]?.config.training.epochs).toBe(50)
    expect(sweep?.quick[0]?.config.training.epochs).toBeLessThan(50)
    for (const { lookFor, full, quick } of presets) {
      expect(lookFor).not.toBe('')
      expect(full.length).toBeGreaterThanOrEqual(quick.length)
    }
  })

  it('say how much each is, and what one number its runs differ in, without their configurations', async () => {
    const size = 'runs epochs data { dataset trainCount }'
    const read = 'query ($id: ID!) { preset(id: $id) { sweep { path values } size { SIZE } quick: size(quick: true) { SIZE } } }'
    const preset = async (id: string) =>
      (
        await server.data<{ preset: { sweep: unknown; size: { epochs: number[] }; quick: { epochs: number[] } } | null }>(
          read.replaceAll('SIZE', size),
          { id },
        )
      ).preset
    const values = [784, 256, 64, 32, 16, 8, 4, 2, 1]
    const sweep = await preset('undercomplete-sweep')
    expect(sweep?.sweep).toEqual({ path: 'architecture.latentDimension', values })
    expect(sweep?.size).toEqual({ runs: 9, epochs: [50], data: [{ dataset: 'mnist', trainCount: null }] })
    expect(sweep?.quick.epochs[0]).toBeLessThan(50)
    expect((await preset('dae-cae'))?.sweep).toBeNull()
    expect(await preset('no such')).toBeNull()
  })
})
