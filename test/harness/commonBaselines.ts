import { endlessConfig, makeDataFolder, smallConfig, TestServer } from '../../apps/server/test/startServer.js'
import { beginWithBaselines } from './labFolder.mjs'
import { pauseAfter } from './pauseAfter.mjs'

const circle = { data: { dataset: 'circle', trainCount: 300, testCount: 100 } }
const digits = (trainCount: number) => ({ data: { dataset: 'mnist', trainCount, testCount: 200 } })

/** What many tests train, with the code sizes that they choose. */
const common: readonly (readonly [config: Record<string, unknown>, codeSizes: readonly number[]])[] = [
  [smallConfig, [1, 2, 4]],
  [endlessConfig, [1]],
  [circle, [1]],
  [{ ...circle, corruption: { gaussian: { standardDeviation: 0.2 } } }, [2]],
  [digits(300), [2, 4, 8]],
  [digits(1000), [2, 4, 8, 16]],
]

/**
 * Computes what PCA comes to beside the runs that many tests launch: each of their labs would do so for itself otherwise, which takes as long as such a run.
 * Tests of how baselines are computed launch others.
 */
export async function computeCommonBaselines(): Promise<void> {
  await using folder = await makeDataFolder()
  await using server = await TestServer.start(folder.path)
  await server.data('mutation { pauseQueue { queuePaused } }')
  const runs = common.flatMap(([config, codeSizes], place) =>
    codeSizes.map((latentDimension) => ({
      label: `${place}, ${latentDimension}`,
      config: { ...config, architecture: { dense: { latentDimension, outputActivation: 'LINEAR' } } },
    })),
  )
  await server.data('mutation ($input: LaunchExperimentInput!) { launchExperiment(input: $input) { id } }', {
    input: { name: 'Common', runs },
  })
  const began = performance.now()
  for (;;) {
    const waiting = await server.data<{ runs: { nodes: { pcaBaseline: unknown }[] } }>(
      '{ runs(first: 100) { nodes { pcaBaseline { components } } } }',
    )
    if (waiting.runs.nodes.every(({ pcaBaseline }) => pcaBaseline !== null)) break
    await pauseAfter(began)
  }
  await server.stop()
  beginWithBaselines(folder.path)
}
