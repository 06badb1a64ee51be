'use client'

import { Button, Skeleton } from '@mantine/core'
import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useDatasets } from '../../entities/dataset/useDatasets'
import { PresetGallery } from '../../entities/experiment/PresetGallery'
import { SeedsField } from '../../entities/experiment/SeedsField'
import { useLaunchPreset } from '../../entities/experiment/useLaunchPreset'
import { usePresetEstimates } from '../../entities/experiment/usePresetEstimates'
import { usePresetGallery } from '../../entities/experiment/usePresetGallery'
import { useStoredExperiments } from '../../entities/experiment/useStoredExperiments'
import head from '../../ui/pageHead.module.css'
import { Unreachable } from '../../ui/Unreachable'
import { describeEstimates } from './describeEstimates'
import classes from './ExperimentsPage.module.css'
import { LatestExperiments } from './LatestExperiments'
import { useExperiments } from './useExperiments'

/** Composes the page of experiments: those that were launched, and the chapter's to launch. */
export function ExperimentsPage() {
  const router = useRouter()
  const [seeds, setSeeds] = useState<number | null>(null)
  const { experiments, totalCount, loadMore, error } = useExperiments()
  const { presets } = usePresetGallery()
  const { estimates } = usePresetEstimates()
  const { stored } = useStoredExperiments()
  const { datasetsById } = useDatasets()
  const { launch, launching } = useLaunchPreset(router.push, seeds)
  return (
    <>
      <div className={head.head}>
        <h1 className={head.title}>
          Experiments {experiments && totalCount > 0 ? <span className={head.count}>{totalCount}</span> : null}
        </h1>
        <Button
          component={Link}
          href="/new?vary=architecture.latentDimension:list:2:8:32"
          leftSection={<IconAdjustmentsHorizontal size={14} />}
        >
          New sweep
        </Button>
      </div>
      {experiments ? null : error ? <Unreachable error={error} /> : <Skeleton height={42} role="status" aria-label="Loading experiments" />}
      {experiments?.length === 0 ? (
        <p className={head.none}>
          An experiment groups runs that belong together: one setting at several values, or several models on one task. Launch one of the
          chapter’s below, or sweep a setting of your own.
        </p>
      ) : null}
      {experiments && experiments.length > 0 ? (
        <LatestExperiments experiments={experiments} totalCount={totalCount} onLoadMore={loadMore} />
      ) : null}
      {presets ? (
        <section className={classes.chapter} aria-labelledby="chapter">
          <div className={classes.chapterHead}>
            <h2 id="chapter" className={classes.subtitle}>
              From the chapter
            </h2>
            <p className={classes.estimates}>{describeEstimates(estimates)}</p>
            <div className={classes.seeds}>
              <SeedsField seeds={seeds} onChange={setSeeds} placeholder="as given" />
            </div>
          </div>
          <PresetGallery
            presets={presets}
            datasets={datasetsById}
            estimates={estimates}
            stored={stored}
            launching={launching}
            onLaunch={(choice) => void launch(choice)}
          />
        </section>
      ) : null}
    </>
  )
}
