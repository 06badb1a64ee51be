import { copyFile, rm, truncate, writeFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { datasetCatalog, datasetIds, findDataset, isDatasetId } from '../src/catalog.js'
import { drawExamples } from '../src/drawExamples.js'
import { gatherExamples } from '../src/gatherExamples.js'
import { makeToyManifold } from '../src/makeToyManifold.js'
import { checkDatasets } from '../src/node/checkDatasets.js'
import { loadDataset } from '../src/node/loadDataset.js'
import type { Split } from '../src/Split.js'
import { datasetErrorOf } from './support/datasetErrorOf.js'
import { encodeIdx } from './support/encodeIdx.js'
import { imagePath, makeImageFolder, writeBlankImages, writeLabels } from './support/imageFolder.js'

afterEach(() => vi.unstubAllEnvs())

const statuses = await checkDatasets()
const idsHere = statuses.filter(({ available }) => available).map(({ id }) => id)
const fashionMnistIsHere = idsHere.includes('fashion-mnist')

describe('MNIST', () => {
  test('is whole: 60,000 and 10,000 images as bytes with the published labels and pixel statistics', async () => {
    const { id, exampleShape, train, validation, test } = await loadDataset('mnist', { validationCount: 0, selection: 'first' })
    expect({ id, exampleShape }).toEqual({ id: 'mnist', exampleShape: [28, 28] })
    expect(validation).toBeNull()
    expect(train.values).toBeInstanceOf(Uint8Array)
    expect([train.count, train.values.length, train.labels.length]).toEqual([60_000, 47_040_000, 60_000])
    expect([test.count, test.values.length, test.labels.length]).toEqual([10_000, 7_840_000, 10_000])
    expect([...train.labels.slice(0, 10)]).toEqual([5, 0, 4, 1, 9, 2, 1, 3, 1, 4])
    expect([...test.labels.slice(0, 10)]).toEqual([7, 2, 1, 0, 4, 1, 4, 9, 5, 9])
    const { mean, standardDeviation } = pixelStatistics(train)
    expect(mean).toBeCloseTo(0.1307, 4)
    expect(standardDeviation).toBeCloseTo(0.3081, 4)
  })

  test('gathers a batch whose pixels run from 0 to 1', async () => {
    const { train } = await loadDataset('mnist', { trainCount: 128, testCount: 1 })
    const batch = new Float32Array(128 * 784)
    gatherExamples(train, { indices: Uint32Array.from({ length: 128 }, (_, index) => index), start: 0, end: 128 }, batch)
    expect([batch.reduce((least, value) => Math.min(least, value)), batch.reduce((most, value) => Math.max(most, value))]).toEqual([0, 1])
  })
})

describe.skipIf(!fashionMnistIsHere)('Fashion-MNIST', () => {
  test('is whole: 60,000 and 10,000 images with the published labels and pixel statistics', async () => {
    const { train, test } = await loadDataset('fashion-mnist', { validationCount: 0, selection: 'first' })
    expect([train.count, test.count]).toEqual([60_000, 10_000])
    expect([...train.labels.slice(0, 10)]).toEqual([9, 0, 0, 3, 0, 2, 7, 2, 5, 5])
    expect([...test.labels.slice(0, 10)]).toEqual([9, 2, 1, 1, 6, 1, 4, 6, 5, 7])
    const { mean, standardDeviation } = pixelStatistics(train)
    expect(mean).toBeCloseTo(0.286, 4)
    expect(standardDeviation).toBeCloseTo(0.353, 4)
  })
})

describe('a folder of image files', () => {
  test('is taken from the option, or from HOURGLASS_FASHION_MNIST, raw and gzip-compressed files mixed', async () => {
    const folder = await makeImageFolder()
    const labels = Uint8Array.from({ length: 60_000 }, (_, index) => index % 10)
    await rm(imagePath(folder, 'trainLabels'))
    await writeFile(
      `${imagePath(folder, 'trainLabels')}.gz`,
      gzipSync(encodeIdx({ elementType: 'uint8', shape: [60_000], values: labels })),
    )
    const inOrder = { validationCount: 0, selection: 'first' } as const
    const { train } = await loadDataset('fashion-mnist', { ...inOrder, folders: { 'fashion-mnist': folder } })
    expect(train.labels).toEqual(labels)
    vi.stubEnv('HOURGLASS_FASHION_MNIST', folder)
    expect((await loadDataset('fashion-mnist', inOrder)).train.labels).toEqual(labels)
    expect(await checkDatasets()).toContainEqual({ id: 'fashion-mnist', available: true, folder, missing: [], howToGet: null })
  })

  test('without its files is unavailable, with what is missing and how to get it', async () => {
    const folder = await makeImageFolder({ train: 1, test: 1 })
    await rm(imagePath(folder, 'testLabels'))
    vi.stubEnv('HOURGLASS_FASHION_MNIST', folder)
    const status = (await checkDatasets()).find(({ id }) => id === 'fashion-mnist')
    expect(status).toMatchObject({ available: false, folder, missing: ['t10k-labels-idx1-ubyte'] })
    expect(status?.howToGet).toContain('dataset-fashion-mnist')
    expect(status?.howToGet).toContain('HOURGLASS_FASHION_MNIST')
    const error = await datasetErrorOf(() => loadDataset('fashion-mnist'))
    expect(error).toMatchObject({ code: 'DATASET_UNAVAILABLE', subject: 'dataset fashion-mnist', advice: status?.howToGet })
    expect(error.found).toBe('no readable t10k-labels-idx1-ubyte')
    expect(error.expected).toContain(folder)
  })

  const damages: { what: string; damage: (folder: string) => Promise<void>; code: string; expected: string; found: string }[] = [
    {
      what: 'too few images',
      damage: (folder) => writeBlankImages(imagePath(folder, 'trainImages'), 59_999),
      code: 'COUNT_MISMATCH',
      expected: '60000 examples',
      found: '59999',
    },
    {
      what: 'too many labels',
      damage: (folder) => writeLabels(imagePath(folder, 'testLabels'), new Uint8Array(10_001)),
      code: 'COUNT_MISMATCH',
      expected: '10000 examples',
      found: '10001',
    },
    {
      what: 'training and test images mixed up',
      damage: (folder) => copyFile(imagePath(folder, 'testImages'), imagePath(folder, 'trainImages')),
      code: 'COUNT_MISMATCH',
      expected: '60000',
      found: '10000',
    },
    {
      what: 'labels in place of images',
      damage: (folder) => copyFile(imagePath(folder, 'trainLabels'), imagePath(folder, 'trainImages')),
      code: 'SHAPE_MISMATCH',
      expected: 'uint8 values of shape 60000 x 28 x 28',
      found: 'uint8 values of shape 60000',
    },
    {
      what: 'labels of another type',
      damage: (folder) =>
        writeFile(imagePath(folder, 'testLabels'), encodeIdx({ elementType: 'int32', shape: [10_000], values: new Uint8Array(10_000) })),
      code: 'SHAPE_MISMATCH',
      expected: 'uint8 values of shape 10000',
      found: 'int32 values of shape 10000',
    },
    {
      what: 'a label out of range',
      damage: (folder) => writeLabels(imagePath(folder, 'testLabels'), new Uint8Array(10_000).fill(10, 7, 8)),
      code: 'LABEL_OUT_OF_RANGE',
      expected: 'labels from 0 to 9',
      found: '10 as label 7',
    },
    {
      what: 'images cut short',
      damage: (folder) => truncate(imagePath(folder, 'trainImages'), 40_000_000),
      code: 'TRUNCATED_FILE',
      expected: '47040016 bytes',
      found: '40000000',
    },
  ]

  test.each(damages)('with $what is refused, naming the file', async ({ damage, code, expected, found }) => {
    const folder = await makeImageFolder()
    await damage(folder)
    const error = await datasetErrorOf(() => loadDataset('fashion-mnist', { folders: { 'fashion-mnist': folder } }))
    expect(error).toMatchObject({ code, expected: expect.stringContaining(expected), found: expect.stringContaining(found) })
    expect(error.subject).toContain(folder)
  })
})

describe('counts', () => {
  test.each(idsHere)('%s gives the examples that are drawn, and keeps no others in memory', async (id) => {
    const file = await loadDataset(id, { validationCount: 0, selection: 'first' })
    const size = file.exampleShape.reduce((product, length) => product * length, 1)
    const rowsOf = ({ values, labels }: Split, places: Uint32Array) =>
      [...places].map((place) => ({ label: labels[place], values: values.slice(place * size, (place + 1) * size) }))
    for (const selection of ['random', 'first'] as const) {
      const wanted = { trainCount: 5, validationCount: 4, testCount: 3, selection }
      const { train, validation, test } = await loadDataset(id, wanted)
      const places = drawExamples(id, wanted)
      expect([train.count, validation?.count, test.count]).toEqual([5, 4, 3])
      for (const [split, source, drawn] of [
        [train, file.train, places.train],
        [validation, file.train, places.validation],
        [test, file.test, places.test],
      ] as const) {
        expect(
          split &&
            rowsOf(
              split,
              Uint32Array.from({ length: split.count }, (_, index) => index),
            ),
        ).toEqual(rowsOf(source, drawn))
      }
      expect(train.values.buffer.byteLength).toBeLessThan(10_000)
    }
  })

  test.each(idsHere)('training and held-out examples of %s together are no more than it has', async (id) => {
    const { trainCount } = datasetCatalog[id]
    const error = await datasetErrorOf(() => loadDataset(id, { trainCount: trainCount - 5, validationCount: 6 }))
    expect(error).toMatchObject({
      code: 'TOO_FEW_EXAMPLES',
      found: `${trainCount - 5} + 6`,
      advice: expect.stringContaining('Ask for 5 or fewer'),
    })
  })

  test.each(idsHere)('more than %s has is refused, naming both numbers', async (id) => {
    const { trainCount, testCount } = datasetCatalog[id]
    for (const options of [{ trainCount: trainCount + 1 }, { testCount: testCount + 1 }]) {
      const [asked = 0] = Object.values(options)
      const error = await datasetErrorOf(() => loadDataset(id, options))
      expect(error).toMatchObject({ code: 'TOO_FEW_EXAMPLES', found: String(asked) })
      expect(error.expected).toContain(`at most ${asked - 1} `)
    }
  })

  test.each([0, -1, 1.5, Number.NaN])('%d examples are refused', async (trainCount) => {
    expect(await datasetErrorOf(() => loadDataset('circle', { trainCount }))).toMatchObject({
      code: 'INVALID_ARGUMENT',
      found: String(trainCount),
    })
  })
})

describe('the catalog', () => {
  test.each(idsHere)('%s is what its description says', async (id) => {
    const { exampleShape, trainCount, testCount, kind, classCount } = datasetCatalog[id]
    const dataset = await loadDataset(id, { validationCount: 0 })
    const size = exampleShape.reduce((product, length) => product * length, 1)
    expect(dataset.exampleShape).toEqual(exampleShape)
    expect([dataset.train.count, dataset.test.count]).toEqual([trainCount, testCount])
    expect([dataset.train.values.length, dataset.test.values.length]).toEqual([trainCount * size, testCount * size])
    expect(dataset.train.values).toBeInstanceOf(kind === 'images' ? Uint8Array : Float32Array)
    expect(new Set(dataset.train.labels).size).toBe(classCount)
  })

  test('lists every dataset with its status, in order', () => {
    expect(statuses.map(({ id }) => id)).toEqual(datasetIds)
    for (const { available, howToGet } of statuses) expect(howToGet === null).toBe(available)
  })

  test('training and test points are different points of the same manifold', async () => {
    const { train, test } = await loadDataset('circle', { validationCount: 0, selection: 'first' })
    expect(train.values).toEqual(makeToyManifold('circle', { count: 2000, seed: 0 }).values)
    expect(test.values).not.toEqual(train.values.slice(0, test.values.length))
  })

  test('an unknown name is refused with the names there are', async () => {
    for (const name of ['cifar', 'toString', '']) {
      const error = await datasetErrorOf(() => loadDataset(name))
      expect(error).toMatchObject({ code: 'UNKNOWN_DATASET', expected: `one of ${datasetIds.join(', ')}`, found: name })
      expect([isDatasetId(name), findDataset(name)]).toEqual([false, undefined])
    }
    expect(findDataset('mnist')).toBe(datasetCatalog.mnist)
  })
})

function pixelStatistics({ values }: Split): { mean: number; standardDeviation: number } {
  let sum = 0
  let squares = 0
  for (const value of values) {
    sum += value
    squares += value * value
  }
  const mean = sum / values.length / 255
  return { mean, standardDeviation: Math.sqrt(squares / values.length / 255 ** 2 - mean ** 2) }
}
