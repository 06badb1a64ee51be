'use client'
import { Button, FileButton } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPackageImport } from '@tabler/icons-react'
import { useRouter } from 'next/navigation'
import { useRef, useState } from 'react'
import { usePageActions } from '../../ui/pageActions'
import { describeImport, importArchive, pageOf } from './importArchive'
import classes from './RunsToolbar.module.css'

/** Takes in a run or an experiment that another lab has packed, and leads to it. */
export function ImportButton() {
  const router = useRouter()
  const [isImporting, setIsImporting] = useState(false)
  const reset = useRef<() => void>(null)
  const button = useRef<HTMLButtonElement>(null)
  usePageActions(isImporting ? [] : [{ id: 'runs.import', label: 'Import an archive', run: () => button.current?.click() }])
  const take = async (file: File | null) => {
    if (!file) return
    setIsImporting(true)
    const { data, error } = await importArchive(file)
    setIsImporting(false)
    // The same file may be chosen again.
    reset.current?.()
    if (error) {
      notifications.show({ title: `${file.name} was not imported`, message: error.message, color: 'red', autoClose: false })
      return
    }
    notifications.show({ title: 'Imported', message: describeImport(data), color: data.lostFiles > 0 ? 'yellow' : 'green' })
    router.push(pageOf(data))
  }
  return (
    <FileButton onChange={take} accept=".tar,application/x-tar" resetRef={reset} inputProps={{ 'aria-label': 'Archive to import' }}>
      {(props) => (
        <Button
          {...props}
          ref={button}
          variant="default"
          leftSection={<IconPackageImport size={14} />}
          loading={isImporting}
          className={classes.import ?? ''}
          title="Import a run or an experiment that another lab has packed"
        >
          Import
        </Button>
      )}
    </FileButton>
  )
}
