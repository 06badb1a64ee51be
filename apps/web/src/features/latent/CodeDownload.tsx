'use client'
import type { CodeCloud } from '@hourglass/autoencoders/latent'
import { Button, Menu } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { tensorsFile } from '../../files/fileSources'
import { formatBytes, formatCount } from '../../ui/formatQuantity'
import { saveFile } from '../../ui/saveFile'
import type { CodeFormat, CodesToSave } from './codeFiles'
import { exampleName, type SplitCounts } from './mapExamples'
import type { MapSet } from './mapOptions'
import { codedUrl } from './useCodedExamples'

interface CodeDownloadProps {
  readonly runId: string
  /** Of the run, in names of files. */
  readonly number: number
  readonly epoch: number
  /** Which examples the map shows. */
  readonly shown: MapSet
  readonly count: number
  /** Those that the epoch keeps. */
  readonly cloud: CodeCloud
  readonly errors: Float32Array | null
  readonly size: number
  readonly counts: SplitCounts
}

const formatNames = {
  csv: 'Table (CSV)',
  npy: 'NumPy array (NPY)',
  parquet: 'Table (Parquet)',
  tsv: 'TensorBoard projector (two TSV)',
} as const satisfies Record<CodeFormat, string>
const codeFormats = Object.keys(formatNames) as CodeFormat[]

/** Takes the codes of the examples on the map away, for other programs. */
export function CodeDownload({ runId, number, epoch, shown, count, cloud, errors, size, counts }: CodeDownloadProps) {
  const files = useQueryClient()
  const [isBusy, setBusy] = useState(false)
  const load = async (): Promise<CodesToSave> => {
    if (shown === 'kept') return { ...cloud, size, errors, nameOf: (index) => exampleName(index, counts) }
    const tensors = await files.fetchQuery(tensorsFile(codedUrl({ runId, epoch, choice: shown }, 'codes.safetensors')))
    const of = (name: string) => tensors[name]?.values ?? new Float32Array()
    const rows = of('rows')
    return {
      codes: of('codes'),
      labels: of('labels'),
      errors: of('errors'),
      size,
      nameOf: (index) => exampleName(rows[index] ?? 0, counts),
    }
  }
  const save = async (format: CodeFormat) => {
    setBusy(true)
    try {
      const { writeCodes } = await import('./codeFiles')
      for (const { ending, content, type } of await writeCodes(format, await load())) {
        saveFile(`codes-of-run-${number}-epoch-${epoch}.${ending}`, content, type)
      }
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause)
      notifications.show({ title: 'The codes could not be written', message, color: 'red' })
    } finally {
      setBusy(false)
    }
  }
  return (
    <Menu position="bottom-start" shadow="sm">
      <Menu.Target>
        <Button variant="default" size="compact-xs" loading={isBusy}>
          Take codes away
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {formatCount(count)} codes, {formatBytes(4 * size * count)} as numbers
        </Menu.Label>
        {codeFormats.map((format) => (
          <Menu.Item key={format} onClick={() => void save(format)}>
            {formatNames[format]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
