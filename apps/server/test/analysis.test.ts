import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { epochCatalog, metricCatalog } from '@hourglass/autoencoders'
import { decode as decodePng } from 'fast-png'
import { describe, expect, it } from 'vitest'
import { endlessConfig, makeDataFolder, smallConfig, TestServer } from './startServer.js'
import { server, useServer } from './useServer.js'

/** A run's summary tells of its seconds altogether. */
const measurements = epochCatalog.flatMap(({ id }) => (id === 'seconds' ? [] : [id])).join(' ')
const finalMeasurements = metricCatalog.map(({ id }) => id).join(' ')

/** A variational autoencoder that removes noise: it measures all that an epoch can. */
const noisyConfig = {
  ...smallConfig,
  architecture: { dense: { latentDimension: 4, encoder: { variational: { beta: 1 } } } },
  loss: 'BINARY_CROSS_ENTROPY',
  corruption: { gaussian: { standardDeviation: 0.3 } },
}
const pointsConfig = { ...endlessConfig, data: { ...endlessConfig.data, trainCount: 200 }, training: { epochs: 2, batchSize: 50 } }

const analysisQuery = `query ($id: ID!) { run(id: $id) { status analysis {
  at seconds counts { test }
  subjects { subject metrics { meanSquaredError peakSignalToNoiseRatio structuralSimilarity } }
  rateDistortion { codec points { bitsPerPixel peakSignalToNoiseRatio } }
  inpainting { meanSquaredError }
  tangents { label singularValues }
  figures { name shape url }
} } }`

interface Analyzed {
  status: string
  analysis: {
    subjects: { subject: string; metrics: Record<string, number | null> }[]
    rateDistortion: { codec: string; points: unknown[] }[]
    tangents: { singularValues: number[] }[]
    figures: { name: string; shape: number[]; url: string }[]
  } | null
}

interface Summarized {
  summary: { test: Record<string, number | null> | null }
  analysis: { subjects: { subject: string; metrics: Record<string, number | null> }[] }
}

describe('measuring', () => {
  useServer({ HOURGLASS_ANALYSIS: '1' })

  it('follows the last epoch, and what it found is stored, streamed and kept as files', async () => {
    await rm(join(server.dataFolder, 'components'), { recursive: true, force: true })
    const id = await server.launch(noisyConfig)
    await server.untilStatus(id, 'COMPLETED', 'FAILED')
    const { run } = await server.data<{ run: Analyzed }>(analysisQuery, { id })
    expect(run.status).toBe('COMPLETED')
    const errors = Object.fromEntries((run.analysis?.subjects ?? []).map(({ subject, metrics }) => [subject, metrics.meanSquaredError]))
    expect(Object.keys(errors)).toEqual([
      'MODEL',
      'TRAINING',
      'DENOISED',
      'CORRUPTED',
      'CORRUPTED_PCA',
      'WIENER_FILTER',
      'MEDIAN_FILTER',
      'PCA',
      'MEAN_IMAGE',
      'PIXELS',
    ])
    expect(errors.PCA).toBeLessThan(errors.MEAN_IMAGE ?? 0)
    expect(run.analysis?.rateDistortion.map(({ codec }) => codec)).toEqual(['MODEL', 'PCA', 'JPEG'])
    expect(run.analysis?.tangents[0]?.singularValues).toHaveLength(4)

    const strip = run.analysis?.figures.find(({ name }) => name === 'denoising/medianFilter')
    const png = await fetch(`${server.url}${strip?.url}`)
    expect(decodePng(new Uint8Array(await png.arrayBuffer()))).toMatchObject({ width: 16 * 28, height: 28 })
    const directions = run.analysis?.figures.find(({ name }) => name === 'tangents/directions')
    expect(directions?.shape).toEqual([run.analysis?.tangents.length, 4, 28, 28])
    expect(await readdir(join(server.dataFolder, 'components'))).toContainEqual(expect.stringMatching(/^mnist-random-256\..*safetensors$/))

    const types = `__typename ... on StatusChanged { status } ... on AnalysisCompleted { seq analysis { at } }`
    await using events = server.follow<{ __typename: string; status?: string; analysis?: unknown }>(
      `subscription ($id: ID!) { runEvents(runId: $id) { ${types} } }`,
      { id },
    )
    const seen = await events.until((items) => items.some(({ status }) => status === 'COMPLETED'))
    const order = seen.map(({ __typename, status }) => status ?? __typename)
    expect(order.indexOf('AnalysisCompleted')).toBeGreaterThan(order.lastIndexOf('EpochCompleted'))
    expect(seen.find(({ __typename }) => __typename === 'AnalysisCompleted')?.analysis).not.toBeNull()

    const summaryQuery = `query ($id: ID!) { run(id: $id) {
      summary { test { ${finalMeasurements} } } analysis { subjects { subject metrics { ${finalMeasurements} } } }
    } }`
    const measured = (await server.data<{ run: Summarized }>(summaryQuery, { id })).run
    expect(measured.summary.test).toEqual(measured.analysis.subjects.find(({ subject }) => subject === 'MODEL')?.metrics)
    expect(measured.summary.test?.structuralSimilarity).toBeGreaterThan(0)
    const ordered = (
      await server.data<{ runs: { nodes: { id: string }[] } }>(
        `{ runs(filter: { values: [{ name: "metric.test.structuralSimilarity", maximum: 1 }] },
          orderBy: { value: "metric.test.structuralSimilarity", direction: DESC }) { nodes { id } } }`,
      )
    ).runs
    expect(ordered.nodes).toEqual([{ id }])

    await server.data('mutation ($ids: [ID!]!) { deleteRuns(ids: $ids) }', { ids: [id] })
    expect((await fetch(`${server.url}${strip?.url}`)).status).toBe(404)
  })

  it('says how many parts of how many it has measured, the latest only, and stores none of it', async () => {
    const id = await server.launch(noisyConfig)
    await using events = server.follow<{ __typename: string; stage?: string; step?: number; stepsPerEpoch?: number; status?: string }>(
      `subscription ($id: ID!) { runEvents(runId: $id) { __typename ... on Progress { stage step stepsPerEpoch } ... on StatusChanged { status } } }`,
      { id },
    )
    const seen = await events.until((items) => items.some(({ status }) => status === 'COMPLETED'))
    const counted = seen.filter(({ stage, stepsPerEpoch = 0 }) => stage === 'MEASURING' && stepsPerEpoch > 0)
    expect(counted.length).toBeGreaterThan(0)
    expect(new Set(counted.map(({ stepsPerEpoch }) => stepsPerEpoch)).size).toBe(1)
    const steps = counted.map(({ step = -1 }) => step)
    expect(steps).toEqual([...new Set(steps)].toSorted((a, b) => a - b))
    expect(counted.every(({ step = -1, stepsPerEpoch = 0 }) => step >= 0 && step < stepsPerEpoch)).toBe(true)
    await using later = server.follow<{ __typename: string; status?: string }>(
      `subscription ($id: ID!) { runEvents(runId: $id) { __typename ... on StatusChanged { status } } }`,
      { id },
    )
    const stored = await later.until((items) => items.some(({ status }) => status === 'COMPLETED'))
    expect(stored.map(({ __typename }) => __typename)).not.toContain('Progress')
  })

  it('begins anew where the server died in between', async () => {
    await using own = await makeDataFolder()
    let id: string
    {
      await using dying = await TestServer.start(own.path, { HOURGLASS_ANALYSIS: '1' })
      id = await dying.launch({ ...noisyConfig, data: { dataset: 'mnist', trainCount: 300, testCount: 64 } })
      await using events = dying.follow<{ stage?: string }>(
        `subscription ($id: ID!) { runEvents(runId: $id) { ... on Progress { stage } } }`,
        { id },
      )
      await events.until((items) => items.some(({ stage }) => stage === 'MEASURING'))
      await dying.kill()
    }
    await using next = await TestServer.start(own.path, { HOURGLASS_ANALYSIS: '1' })
    await next.untilStatus(id, 'COMPLETED', 'FAILED')
    expect((await next.data<{ run: Analyzed }>(analysisQuery, { id })).run.analysis?.subjects[0]?.subject).toBe('MODEL')
  })
})

const STOP = 'mutation ($id: ID!) { stopRun(id: $id) { id } }'

describe('a lab that measures when it is asked to', () => {
  useServer()

  it('measures a run that was completed without it, and only a completed one', async () => {
    const id = await server.launch(pointsConfig)
    await server.untilStatus(id, 'COMPLETED', 'FAILED')
    expect((await server.data<{ run: Analyzed }>(analysisQuery, { id })).run.analysis).toBeNull()
    const analyze = 'mutation ($id: ID!) { analyzeRun(id: $id) { status } }'
    await server.data(analyze, { id })
    await expect
      .poll(async () => (await server.data<{ run: Analyzed }>(analysisQuery, { id })).run)
      .toMatchObject({ status: 'COMPLETED', analysis: { inpainting: null } })

    const endless = await server.launch(endlessConfig)
    const refused = await server.query(analyze, { id: endless })
    expect(refused.errors?.[0]?.extensions.code).toBe('RUN_NOT_COMPLETED')
    await server.data(STOP, { id: endless })
  })

  it('tells what each epoch measured, of which kind of run it is, and shows the corrupted samples', async () => {
    const query = `query ($id: ID!) { run(id: $id) {
      metrics { ${measurements} } curve: metrics(maxPoints: 4) { ${measurements} } summary { ${measurements} }
      codes { dimensions { divergence } } reconstructions { originalsUrl corruptedUrl }
    } }`
    interface Answer {
      run: {
        metrics: Record<string, number | null>[]
        curve: Record<string, number | null>[]
        summary: Record<string, number | null>
        codes: { dimensions: { divergence: number | null }[] }
        reconstructions: { originalsUrl: string; corruptedUrl: string | null }
      }
    }
    // Scores and codes are of the same test examples where none are held out.
    const noisy = await server.launch({ ...noisyConfig, data: { ...noisyConfig.data, validationCount: 0 } })
    const plain = await server.launch(smallConfig)
    await server.untilStatus(noisy, 'COMPLETED', 'FAILED')
    await server.untilStatus(plain, 'COMPLETED', 'FAILED')

    const { run } = await server.data<Answer>(query, { id: noisy })
    const last = run.metrics.at(-1) ?? {}
    // Its outputs have bounds: there is nothing to clip. Only L-BFGS says where it stands.
    const lacking = Object.keys(last).filter((name) => last[name] === null)
    expect(lacking.toSorted()).toEqual(['iterationsTaken', 'largestGradient', 'unclippedMeanSquaredError'])
    expect(run.summary).toEqual(last)
    expect(run.curve).toEqual(run.metrics)
    const divergence = run.codes.dimensions.reduce((sum, dimension) => sum + (dimension.divergence ?? Number.NaN), 0)
    expect(divergence).toBeCloseTo(last.divergence ?? 0, 6)
    const [originals, corrupted] = await Promise.all(
      [run.reconstructions.originalsUrl, run.reconstructions.corruptedUrl].map(async (url) =>
        decodePng(new Uint8Array(await (await fetch(`${server.url}${url}`)).arrayBuffer())),
      ),
    )
    expect(corrupted).toMatchObject({ width: originals?.width, height: 28 })
    expect(corrupted?.data).not.toEqual(originals?.data)

    const { run: without } = await server.data<Answer>(query, { id: plain })
    expect(without.reconstructions.corruptedUrl).toBeNull()
    expect(without.codes.dimensions[0]?.divergence).toBeNull()
    expect(without.summary).toMatchObject({ divergence: null, bitsPerPixel: null })
    expect(without.summary.peakSignalToNoiseRatio).toBeGreaterThan(0)
  })

  it('tells of no epoch while layers are pretrained', async () => {
    const id = await server.launch({
      ...endlessConfig,
      training: { ...endlessConfig.training, pretraining: { stacked: { epochs: 1000 } } },
    })
    await using events = server.follow<{ stage?: string; epoch?: number }>(
      'subscription ($id: ID!) { runEvents(runId: $id) { ... on Progress { stage epoch } } }',
      { id },
    )
    const seen = await events.until((items) => items.some(({ stage }) => stage === 'PRETRAINING'))
    expect(seen.find(({ stage }) => stage === 'PRETRAINING')?.epoch).toBe(0)
    await server.data(STOP, { id })
  })
})
