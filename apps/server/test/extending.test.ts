import { rm } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { makeDataFolder, smallConfig, TestServer } from './startServer.js'
import { flipBit, namesOf, placeOf, readStored } from './storedFiles.js'
import { server, useServer } from './useServer.js'

const extend = 'mutation ($id: ID!, $epochs: Int!) { extendRun(id: $id, epochs: $epochs) { status summary { epochs epochsCompleted } } }'
const facts = `query ($id: ID!) { run(id: $id) {
  config { training { epochs } } values(prefix: "config.training.epochs") { number }
  extension { problem differences } history { line }
  analysis { epoch subjects { subject metrics { meanSquaredError structuralSimilarity } } } summary { test { meanSquaredError } }
} }`

interface Facts {
  config: { training: { epochs: number } }
  values: { number: number }[]
  extension: { problem: string | null; differences: string[] }
  history: { line: string }[]
  analysis: { epoch: number; subjects: unknown[] } | null
  summary: { test: { meanSquaredError: number } | null }
}

const factsOf = async (server: TestServer, id: string) => (await server.data<{ run: Facts }>(facts, { id })).run
const withEpochs = (config: object, epochs: number) => ({ ...config, training: { ...smallConfig.training, epochs } })

/** Runs whose state is more than their parameters: moments, noise, curvature. */
const configurations = {
  'Adam, a variational encoder and noise': {
    ...smallConfig,
    architecture: { dense: { latentDimension: 4, encoder: { variational: { beta: 1 } } } },
    corruption: { gaussian: { standardDeviation: 0.3 } },
  },
  'SGD with momentum': { ...smallConfig, optimizer: { sgd: { learningRate: 0.1, momentum: 0.9 } } },
  'AdamW, a learning rate that rises and falls, clipped gradients and tied weights': {
    ...smallConfig,
    architecture: { dense: { latentDimension: 4, decoderWeights: 'TIED' } },
    optimizer: { adamw: { warmupEpochs: 1, schedule: { step: { every: 2, factor: 0.3 } }, clipNorm: 0.05 } },
  },
  'L-BFGS': { ...smallConfig, optimizer: { lbfgs: { iterationsPerEpoch: 3 } } },
}

/** Reads every file that epochs left: checkpoints, codes, reconstructions and the training state. */
async function filesOf({ dataFolder }: TestServer, id: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {}
  for (const type of ['checkpoint', 'codes', 'reconstructions', 'resume']) {
    for (const name of namesOf(dataFolder, id, type)) files[name] = (await readStored(dataFolder, id, name)).toString('base64')
  }
  return files
}

const valuesOf = ({ metrics }: { readonly metrics: readonly object[] }) => metrics

describe('a finished run', () => {
  useServer()

  it.each(Object.entries(configurations))('is extended to the bits of one launched so: %s', async (_, config) => {
    const id = await server.launch(withEpochs(config, 3))
    await server.untilStatus(id, 'COMPLETED')
    expect((await factsOf(server, id)).extension).toEqual({ problem: null, differences: [] })
    expect(await server.data(extend, { id, epochs: 5 })).toEqual({
      extendRun: { status: 'QUEUED', summary: { epochs: 5, epochsCompleted: 3 } },
    })
    const extended = await server.untilStatus(id, 'COMPLETED')
    const launchedSo = await server.launch(withEpochs(config, 5))
    expect(valuesOf(extended)).toEqual(valuesOf(await server.untilStatus(launchedSo, 'COMPLETED')))
    expect(extended.metrics).toHaveLength(5)
    expect(await filesOf(server, id)).toEqual(await filesOf(server, launchedSo))
    const { config: stored, values, history } = await factsOf(server, id)
    expect([stored.training.epochs, values]).toEqual([5, [{ number: 5 }]])
    expect(history.map(({ line }) => line)).toContain('Extended from 3 to 5 epochs')
  })

  it('that learned along a cosine says that one of more epochs learns along another', async () => {
    const id = await server.launch({ ...withEpochs(smallConfig, 2), optimizer: { sgd: { schedule: { cosine: {} } } } })
    await server.untilStatus(id, 'COMPLETED')
    const { differences } = (await factsOf(server, id)).extension
    expect(differences).toEqual([expect.stringMatching(/^The learning rate falls along a cosine over all epochs: it fell over 2 so far/)])
    await server.data(extend, { id, epochs: 3 })
    expect((await server.untilStatus(id, 'COMPLETED')).metrics).toHaveLength(3)
  })

  it('is measured again after its last epoch, and its analysis says until then which epoch it is of', async () => {
    await using folder = await makeDataFolder()
    const [first, all] = [withEpochs(smallConfig, 1), withEpochs(smallConfig, 2)]
    await using measuring = await TestServer.start(folder.path, { HOURGLASS_ANALYSIS: '1' })
    const [id, launchedSo] = [await measuring.launch(first), await measuring.launch(all)]
    for (const each of [id, launchedSo]) await measuring.untilStatus(each, 'COMPLETED')
    const before = await factsOf(measuring, id)
    expect(before.analysis?.epoch).toBe(1)
    expect(before.summary.test).not.toBeNull()
    const answered = await measuring.data(
      `mutation ($id: ID!) { extendRun(id: $id, epochs: 2) {
      analysis { epoch subjects { subject metrics { meanSquaredError structuralSimilarity } } } summary { test { meanSquaredError } } } }`,
      { id },
    )
    expect(answered).toEqual({ extendRun: { analysis: before.analysis, summary: { test: null } } })
    await measuring.untilStatus(id, 'COMPLETED')
    const { analysis, summary } = await factsOf(measuring, id)
    expect(analysis).toEqual((await factsOf(measuring, launchedSo)).analysis)
    expect([analysis?.epoch, summary.test?.meanSquaredError]).toEqual([2, expect.any(Number)])
  })

  it.each(['missing', 'damaged'])('whose training state is %s says so, and is trained again to the same bits', async (how) => {
    const [id, launchedSo] = [await server.launch(withEpochs(smallConfig, 2)), await server.launch(withEpochs(smallConfig, 3))]
    for (const each of [id, launchedSo]) await server.untilStatus(each, 'COMPLETED')
    const state = 'resume/0002.safetensors'
    if (how === 'missing') await rm(placeOf(server.dataFolder, id, state).path)
    else await flipBit(server.dataFolder, id, state)
    expect((await factsOf(server, id)).extension).toEqual({
      problem: null,
      differences: [expect.stringMatching(/state after epoch 2 is missing or damaged, so epochs 1 to 2 are trained again first/)],
    })
    await server.data(extend, { id, epochs: 3 })
    const extended = await server.untilStatus(id, 'COMPLETED', 'FAILED')
    expect(extended).toMatchObject({ status: 'COMPLETED', error: null })
    expect(await filesOf(server, id)).toEqual(await filesOf(server, launchedSo))
  })

  it('is extended once, and not where that cannot be: with fewer epochs, while it is not complete, solved in a single step', async () => {
    const id = await server.launch(withEpochs(smallConfig, 1))
    await server.untilStatus(id, 'COMPLETED')
    const refusalOf = async (of: string, epochs: number) => (await server.query(extend, { id: of, epochs })).errors?.[0]
    expect(await refusalOf(id, 1)).toMatchObject({
      extensions: { code: 'RUN_NOT_EXTENDABLE' },
      message: 'epochs: expected more than the 1 that the run has, got 1.',
    })
    expect(await refusalOf(id, 10_001)).toMatchObject({
      extensions: { code: 'RUN_NOT_EXTENDABLE' },
      message: expect.stringContaining('10'),
    })
    const both = await Promise.all([server.query(extend, { id, epochs: 400 }), server.query(extend, { id, epochs: 500 })])
    expect(both.flatMap(({ errors }) => errors?.map(({ extensions: { code } }) => code) ?? [])).toEqual(['RUN_NOT_COMPLETED'])
    await server.data('mutation ($id: ID!) { stopRun(id: $id) { id } }', { id })
    const solved = await server.launch({
      ...smallConfig,
      architecture: { dense: { latentDimension: 4, outputActivation: 'LINEAR' } },
      optimizer: { closedForm: true },
      training: { epochs: 1 },
    })
    await server.untilStatus(solved, 'COMPLETED')
    const { extension } = await factsOf(server, solved)
    expect(extension.problem).toMatch(/Epochs must be 1 .*Closed form/)
    expect(await refusalOf(solved, 2)).toMatchObject({ extensions: { code: 'RUN_NOT_EXTENDABLE' }, message: extension.problem })
  })
})
