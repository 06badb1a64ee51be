'use client'
import { type RunConfig, settingTerm } from '@hourglass/autoencoders'
import { Button, CopyButton } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useMemo } from 'react'
import { configDescription } from '../../data/readRunConfig'
import { configurationRows } from '../../entities/config/configurationRows'
import { allExamples } from '../../entities/metric/allExamples'
import { TermLink } from '../../ui/TermLink'
import classes from './ConfigurationTable.module.css'

interface ConfigurationTableProps {
  readonly config: RunConfig
}

/** Shows everything that determines the run, in words and as JSON to copy. */
export function ConfigurationTable({ config }: ConfigurationTableProps) {
  const groups = useMemo(() => configurationRows(configDescription, { config, whenEmpty: allExamples(config) }), [config])
  return (
    <div className={classes.root}>
      <div className={classes.head}>
        <p className={classes.note}>The same configuration on the same machine gives the same losses to the last bit.</p>
        <CopyButton value={JSON.stringify(config, null, 2)} timeout={1200}>
          {({ copied, copy }) => (
            <Button variant="default" leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />} onClick={copy}>
              {copied ? 'Copied' : 'Copy as JSON'}
            </Button>
          )}
        </CopyButton>
      </div>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Setting</th>
            <th scope="col">Value</th>
            <th scope="col">What it does</th>
          </tr>
        </thead>
        {groups.map((group) => (
          <tbody key={group.title}>
            <tr className={classes.group}>
              <th scope="rowgroup" colSpan={3}>
                {group.title}
              </th>
            </tr>
            {group.rows.map((row) => (
              <tr key={row.path}>
                <th scope="row">
                  <TermLink term={settingTerm(row.path)}>{row.title}</TermLink>
                </th>
                <td>
                  {row.value}
                  {row.usual !== null && <span className={classes.usual}> default {row.usual}</span>}
                </td>
                <td className={classes.description}>{row.description}</td>
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  )
}
