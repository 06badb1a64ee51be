'use client'
import type { ShippedModels } from '@hourglass/chapter/models'
import { useMemo, useState } from 'react'
import { LiveFrame } from './LiveFrame'
import { PixelRow } from './PixelRow'
import { RangeRow } from './RangeRow'
import { rowsOf } from './rowsOf'
import { useShippedModels } from './useShippedModels'

/** 32 numbers, with which digits can still be read. */
const START = 3

/** Squeezes the code of an autoencoder and shows what is left of the digits. */
export function CodeSizesFigure({ caption }: { readonly caption: string }) {
  const { models, ...fetched } = useShippedModels('codeSizes')
  const [size, setSize] = useState(START)
  const chosen = models?.models[size]
  const units = chosen ? countUnits(chosen.codeUnits) : ''
  return (
    <LiveFrame
      {...fetched}
      testId="code-sizes"
      ratio={0.24}
      caption={caption}
      told={chosen ? `${units}: the mean squared error of test digits is ${chosen.error.toPrecision(2)}.` : null}
      onReset={size === START ? null : () => setSize(START)}
      controls={<RangeRow label="Squeeze the code" value={size} most={(models?.models.length ?? 9) - 1} shown={units} onChange={setSize} />}
    >
      {models ? <Rows models={models} size={size} units={units} /> : null}
    </LiveFrame>
  )
}

function Rows({ models, size, units }: { readonly models: ShippedModels; readonly size: number; readonly units: string }) {
  const digits = useMemo(() => rowsOf(models.examples, models.labels.length), [models])
  const given = useMemo(() => {
    const model = models.models[size]
    const codes = models.codes[size]
    return model && codes ? rowsOf(codes, models.labels.length).map((code) => model.decoder.run(code)) : []
  }, [models, size])
  return (
    <div>
      <PixelRow title="Test digits" images={digits} label={`Test digits ${models.labels.join(', ')}`} />
      <PixelRow title={`Drawn again from ${units}`} images={given} label={`The same digits, drawn again from ${units} each`} />
    </div>
  )
}

const countUnits = (units: number) => (units === 1 ? '1 number' : `${units} numbers`)
