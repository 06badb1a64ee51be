'use client'

import type { LabelledRun, RunConfig, SweptSetting } from '@hourglass/autoencoders'
import { Button } from '@mantine/core'
import { IconPlaylistAdd } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { readRunConfig, writeRunConfig } from '../../data/readRunConfig'
import { useAction } from '../../data/useAction'
import { usePageActions } from '../../ui/pageActions'
import { AddRunsDialog } from './AddRunsDialog'
import { addToExperiment } from './experimentActions'
import { searchedConfig } from './searchedConfig'
import type { Experiment, ExperimentRun } from './useExperiment'

interface AddRunsProps {
  readonly experiment: Pick<Experiment, 'id' | 'search'>
  readonly runs: readonly ExperimentRun[]
  readonly swept: SweptSetting
}

/** Offers to give an experiment more runs. */
export function AddRuns({ experiment: { id, search }, runs, swept }: AddRunsProps) {
  const [asking, setAsking] = useState(false)
  usePageActions([{ id: 'experiment.add', label: 'Add runs to this experiment', run: () => setAsking(true) }])
  const { run: add } = useAction(addToExperiment)
  const present = useMemo(
    () => runs.map(({ label, name, config }) => ({ label: label ?? name, config: searchedConfig(readRunConfig(config), search) })),
    [runs, search],
  )
  const queue = (added: readonly LabelledRun<RunConfig>[]) =>
    add({ id, added: { runs: added.map(({ label, config }) => ({ label, config: writeRunConfig(config) })) } })
  return (
    <>
      <Button variant="default" leftSection={<IconPlaylistAdd size={14} />} onClick={() => setAsking(true)}>
        Add runs
      </Button>
      {asking ? <AddRunsDialog present={present} swept={swept} onAdd={queue} onClose={() => setAsking(false)} /> : null}
    </>
  )
}
