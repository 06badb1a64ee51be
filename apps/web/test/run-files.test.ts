import { type ArtifactType, artifactNames } from '@hourglass/protocol'
import { describe, expect, it } from 'vitest'
import { describeContents, groupFiles, sizeOnDisk } from '../src/features/run/storedFiles'

const checkpoint = (epoch: number) => ({ epoch, url: `/artifacts/runs/r/checkpoints/000${epoch}.safetensors`, bytes: 100 })
const file = (name: string, bytes: number) => ({ name, url: `/artifacts/runs/r/${name}`, bytes })
/** A file of every kind that a run keeps. */
const kept: Readonly<Record<ArtifactType, string>> = {
  start: artifactNames.start,
  originals: artifactNames.originals('png'),
  corrupted: artifactNames.corrupted('png'),
  reconstructions: artifactNames.reconstructions(12, 'png'),
  checkpoint: artifactNames.checkpoint(12),
  codes: artifactNames.codes(12),
  resume: artifactNames.resume(12),
  figure: artifactNames.figure(2, 'generalization/pcaReconstructions', 'png'),
}
const listed = (stored: Parameters<typeof groupFiles>[0]) =>
  groupFiles(stored).map(({ title, files }) => [title, files.map(({ what }) => what)])

describe('the files of a run', () => {
  const stored = {
    checkpoints: [checkpoint(1), checkpoint(2)],
    files: [
      file('checkpoints/0001.safetensors', 100),
      file('checkpoints/0002.safetensors', 100),
      file('codes/0001.safetensors', 7),
      file('codes/0002.safetensors', 8),
      file('worker.log', 30),
    ],
  }

  it('come in groups, those of epochs newest first', () => {
    expect(listed(stored)).toEqual([
      ['Files of the run', ['What the worker printed']],
      ['Checkpoints: the parameters after each epoch', ['Epoch 2', 'Epoch 1']],
      ['Codes of test and training examples', ['Epoch 2', 'Epoch 1']],
    ])
  })

  it('are each described by what they are, those of earlier versions too', () => {
    const earlier = ['analysis/inpainting/filled.png', 'resume.safetensors']
    const names = [...Object.values(kept), artifactNames.log, ...earlier]
    expect(listed({ checkpoints: [], files: names.map((name) => file(name, 1)) })).toEqual([
      [
        'Files of the run',
        [
          'The model that the run started from',
          'Test examples that every epoch reconstructs',
          'The same examples, corrupted',
          'What the worker printed',
        ],
      ],
      ['Checkpoints: the parameters after each epoch', ['Epoch 12']],
      ['Training state: what the next epoch goes on from', ['Epoch 12', 'Last epoch']],
      ['Reconstructions of the test examples', ['Epoch 12']],
      ['Codes of test and training examples', ['Epoch 12']],
      ['Figures of the analysis', ['Generalization: PCA reconstructions', 'Inpainting: filled']],
    ])
  })

  it('of which nothing is known are listed by name', () => {
    expect(listed({ checkpoints: [], files: [file('notes/loss.csv', 1)] })).toEqual([['Other files', ['notes/loss.csv']]])
  })

  it('are counted once, though a checkpoint is a file too', () => {
    expect(sizeOnDisk(stored)).toBe(245)
  })

  it('are told with their size before they are deleted, unless more of them come', () => {
    expect(describeContents({ ...stored, status: 'COMPLETED' })).toBe('2 checkpoints (245 B in all)')
    expect(describeContents({ ...stored, status: 'RUNNING' })).toBe('2 checkpoints')
    expect(describeContents({ checkpoints: [checkpoint(1)], files: [], status: 'STOPPED' })).toBe('1 checkpoint (100 B in all)')
  })

  it('make no empty groups', () => {
    expect(groupFiles({ checkpoints: [], files: [] })).toEqual([])
  })
})
