'use client'
import { Button } from '@mantine/core'
import { useRouter } from 'next/navigation'
import { useLaunchPreset } from '../../entities/experiment/useLaunchPreset'
import { usePresetEstimates } from '../../entities/experiment/usePresetEstimates'
import { formatEstimate } from '../../ui/formatQuantity'
import { usePageActions } from '../../ui/pageActions'

/** Launches in full what a page shows the quick version of. */
export function RunInFull({ preset }: { readonly preset: string }) {
  const router = useRouter()
  const { launch, launching } = useLaunchPreset(router.push)
  const { estimates } = usePresetEstimates()
  const seconds = estimates?.get(preset)?.seconds ?? null
  const run = () => void launch({ id: preset, quick: false })
  usePageActions([{ id: 'experiment.full', label: 'Run this experiment in full', run }])
  return (
    <Button variant="default" loading={launching !== null} onClick={run}>
      Run in full{seconds === null ? '' : ` · ${formatEstimate(seconds)}`}
    </Button>
  )
}
