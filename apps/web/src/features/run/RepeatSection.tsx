'use client'
import { SegmentedControl } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { Run } from '../../entities/run/useRun'
import { PageSection } from '../../ui/PageSection'
import { CodeBox } from './CodeBox'
import classes from './RepeatSection.module.css'
import { curlCommand, repeatRequest } from './repeatRequest'

type Form = 'graphql' | 'curl'

/** Shows the request that launches the same run again, to copy. */
export function RepeatSection({ run }: { readonly run: Pick<Run, 'name' | 'config' | 'parent'> }) {
  const { name, config, parent } = run
  const [form, setForm] = useState<Form>('graphql')
  const request = useMemo(
    () => repeatRequest({ name, config, parent: parent?.run ? { id: parent.run.id, epoch: parent.epoch } : null }),
    [name, config, parent],
  )
  if (parent && !parent.run) {
    return (
      <PageSection id="run-repeat" title="Repeat this run">
        <p className={classes.note}>
          It started from the model of run #{parent.number} {parent.name}, which is deleted: no request repeats it.
        </p>
      </PageSection>
    )
  }
  return (
    <PageSection
      id="run-repeat"
      title="Repeat this run"
      note="The request that launches it again. On the same machine and version of the lab it gives the same losses to the last bit"
      controls={
        <SegmentedControl
          size="xs"
          aria-label="The request as"
          value={form}
          onChange={(value) => setForm(value === 'curl' ? 'curl' : 'graphql')}
          data={[
            { value: 'graphql', label: 'GraphQL' },
            { value: 'curl', label: 'curl' },
          ]}
        />
      }
    >
      <div className={classes.root}>
        {form === 'graphql' ? (
          <>
            <CodeBox title="Mutation" text={request.query} />
            <CodeBox title="Variables" text={JSON.stringify(request.variables, null, 2)} />
          </>
        ) : (
          <CodeBox title="Command" text={curlCommand(request, window.location.origin)} />
        )}
      </div>
    </PageSection>
  )
}
