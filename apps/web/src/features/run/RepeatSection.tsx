'use client'
import { Button, CopyButton, SegmentedControl } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { curlCommand, repeatRequest } from '../../entities/config/repeatRequest'
import type { Run } from '../../entities/run/useRun'
import { PageSection } from '../../ui/PageSection'
import classes from './RepeatSection.module.css'

type Form = 'graphql' | 'variables' | 'curl'

const forms: readonly { readonly value: Form; readonly label: string }[] = [
  { value: 'graphql', label: 'GraphQL' },
  { value: 'variables', label: 'Variables' },
  { value: 'curl', label: 'curl' },
]

/** Shows the request that launches the same run again, to copy. */
export function RepeatSection({ run }: { readonly run: Pick<Run, 'name' | 'config' | 'parent'> }) {
  const { name, config, parent } = run
  const [form, setForm] = useState<Form>('graphql')
  const texts = useMemo(() => {
    const request = repeatRequest({ name, config, parent: parent?.run ? { id: parent.run.id, epoch: parent.epoch } : null })
    return {
      graphql: request.query,
      variables: JSON.stringify(request.variables, null, 2),
      curl: curlCommand(request, window.location.origin),
    }
  }, [name, config, parent])
  if (parent && !parent.run) {
    return (
      <PageSection id="run-repeat" title="Repeat this run">
        <p className={classes.note}>
          It started from the model of run #{parent.number} {parent.name}, which is deleted: no request repeats it.
        </p>
      </PageSection>
    )
  }
  const text = texts[form]
  return (
    <PageSection
      id="run-repeat"
      title="Repeat this run"
      note="The request that launches it again. On the same machine and version of the lab it gives the same losses to the last bit"
      controls={
        <>
          <SegmentedControl
            size="xs"
            aria-label="The request as"
            value={form}
            onChange={(value) => setForm(forms.find((each) => each.value === value)?.value ?? 'graphql')}
            data={[...forms]}
          />
          <CopyButton value={text} timeout={1200}>
            {({ copied, copy }) => (
              <Button size="xs" variant="default" leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />} onClick={copy}>
                {copied ? 'Copied' : 'Copy'}
              </Button>
            )}
          </CopyButton>
        </>
      }
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what is longer than its box is scrolled by keyboard too. */}
      <section className={classes.box} tabIndex={0} aria-label="The request">
        <pre className={classes.text} data-testid="repeat-request">
          {text}
        </pre>
      </section>
    </PageSection>
  )
}
