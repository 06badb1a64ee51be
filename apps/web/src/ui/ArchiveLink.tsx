'use client'
import { Button } from '@mantine/core'
import { IconPackageExport } from '@tabler/icons-react'
import { type Archived, archiveAddress } from './archiveAddress'

interface ArchiveLinkProps {
  readonly kind: Archived
  readonly id: string
}

/** Downloads a run or an experiment as one file, with its history and its files, for another lab to import. */
export function ArchiveLink({ kind, id }: ArchiveLinkProps) {
  const what = kind === 'run' ? 'The run' : 'The experiment and its runs'
  return (
    <Button
      component="a"
      href={archiveAddress(kind, id)}
      download
      variant="default"
      leftSection={<IconPackageExport size={14} />}
      title={`${what} in one file, with history and files, for another lab to import`}
    >
      Download archive
    </Button>
  )
}
