'use client'
import { Button } from '@mantine/core'
import { IconDownload, IconExternalLink } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { ArchiveLink } from '../../ui/ArchiveLink'
import { formatBytes } from '../../ui/formatQuantity'
import { OnnxDownloads, type OnnxModel } from './OnnxDownloads'
import classes from './RunFiles.module.css'
import { type DescribedFile, type FileGroup, groupFiles, type StoredFile, sizeOnDisk } from './storedFiles'

const SHOWN_AT_FIRST = 12

interface RunFilesProps {
  readonly id: string
  readonly checkpoints: readonly { readonly epoch: number; readonly url: string; readonly bytes: number }[]
  readonly files: readonly StoredFile[]
  readonly models: readonly OnnxModel[]
}

/** Lists what the run left on disk, each file to open or download. */
export function RunFiles({ id, checkpoints, files, models }: RunFilesProps) {
  const groups = useMemo(() => groupFiles({ checkpoints, files }), [checkpoints, files])
  if (groups.length === 0) return <p className={classes.empty}>Nothing on disk yet: files arrive with the first finished epoch.</p>
  return (
    <div className={classes.root}>
      <p className={classes.note}>{formatBytes(sizeOnDisk({ checkpoints, files }))} on disk</p>
      <div>
        <ArchiveLink kind="run" id={id} />
      </div>
      <OnnxDownloads models={models} />
      {groups.map((group) => (
        <FileTable key={group.title} group={group} />
      ))}
    </div>
  )
}

function FileTable({ group }: { readonly group: FileGroup }) {
  const [all, setAll] = useState(false)
  const shown = all ? group.files : group.files.slice(0, SHOWN_AT_FIRST)
  return (
    <div className={classes.group}>
      <table className={classes.table}>
        <caption>
          {group.title} {group.files.length > 1 && <span className={classes.note}>{group.files.length}</span>}
        </caption>
        <tbody>
          {shown.map((file) => (
            <tr key={file.url}>
              <th scope="row" title={file.name}>
                {file.what}
              </th>
              <td>{formatBytes(file.bytes)}</td>
              <td>
                <FileLink file={file} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length < group.files.length && (
        <Button variant="subtle" size="compact-xs" onClick={() => setAll(true)}>
          Show all {group.files.length}
        </Button>
      )}
    </div>
  )
}

/** Browsers show logs and pictures themselves; tensors are for other tools. */
function FileLink({ file: { name, url } }: { readonly file: DescribedFile }) {
  const opens = /\.(log|png)$/.test(url)
  const Icon = opens ? IconExternalLink : IconDownload
  return (
    <a
      className={classes.link}
      href={url}
      aria-label={`${opens ? 'Open' : 'Download'} ${name}`}
      {...(opens ? { target: '_blank', rel: 'noreferrer' } : { download: true })}
    >
      <Icon size={14} aria-hidden /> {opens ? 'Open' : 'Download'}
    </a>
  )
}
