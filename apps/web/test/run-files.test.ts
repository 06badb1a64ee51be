import { describe, expect, it } from 'vitest'
import { groupFiles, sizeOnDisk } from '../src/features/run/storedFiles'

const checkpoint = (epoch: number) => ({ epoch, url: `/artifacts/runs/r/checkpoints/000${epoch}.safetensors`, bytes: 100 })
const file = (name: string, bytes: number) => ({ name, url: `/artifacts/runs/r/${name}`, bytes })

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
    expect(groupFiles(stored).map(({ title, files }) => [title, files.map(({ name }) => name)])).toEqual([
      ['Files of the run', ['worker.log']],
      ['Checkpoints: the parameters after each epoch', ['Epoch 2', 'Epoch 1']],
      ['Codes of the test data', ['codes/0002.safetensors', 'codes/0001.safetensors']],
    ])
  })

  it('are counted once, though a checkpoint is a file too', () => {
    expect(sizeOnDisk(stored)).toBe(245)
  })

  it('make no empty groups', () => {
    expect(groupFiles({ checkpoints: [], files: [] })).toEqual([])
  })
})
