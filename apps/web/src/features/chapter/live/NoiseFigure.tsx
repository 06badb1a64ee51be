'use client'
import { corruptExample } from '@hourglass/autoencoders/latent'
import type { ShippedModels } from '@hourglass/chapter/models'
import { useMemo, useState } from 'react'
import textButton from '../../../ui/textButton.module.css'
import { LiveFrame } from './LiveFrame'
import { PixelRow } from './PixelRow'
import { RangeRow } from './RangeRow'
import { rowsOf } from './rowsOf'
import { useShippedModels } from './useShippedModels'

/** Standard deviation that the model was trained with. */
const TRAINED = 0.5
const MOST = 1.5

/** Adds noise to digits and shows what a denoising autoencoder makes of them. */
export function NoiseFigure({ caption }: { readonly caption: string }) {
  const { models, ...fetched } = useShippedModels('denoiser')
  const [deviation, setDeviation] = useState(TRAINED)
  const [draw, setDraw] = useState(1)
  const shown = useMemo(() => (models ? denoise(models, deviation, draw) : null), [models, deviation, draw])
  return (
    <LiveFrame
      {...fetched}
      testId="noise"
      ratio={0.24}
      caption={caption}
      told={shown ? `PSNR ${shown.noisyPsnr} before, ${shown.cleanedPsnr} after.` : null}
      onReset={deviation === TRAINED && draw === 1 ? null : () => [setDeviation(TRAINED), setDraw(1)]}
      controls={
        <RangeRow label="Noise" value={deviation} most={MOST} step={0.05} shown={`σ = ${deviation.toFixed(2)}`} onChange={setDeviation} />
      }
    >
      {shown ? (
        <div>
          <PixelRow
            title="What the network sees"
            images={shown.noisy}
            label={`Test digits with noise of standard deviation ${deviation}`}
          />
          <PixelRow title="What it makes of them" images={shown.cleaned} label="The same digits as the autoencoder gives them back" />
          <NewNoise onDraw={() => setDraw((before) => before + 1)} />
        </div>
      ) : null}
    </LiveFrame>
  )
}

function NewNoise({ onDraw }: { readonly onDraw: () => void }) {
  return (
    <button type="button" className={textButton.button} onClick={onDraw}>
      Draw other noise
    </button>
  )
}

interface Denoised {
  readonly noisy: readonly Float32Array[]
  readonly cleaned: readonly Float32Array[]
  readonly noisyPsnr: string
  readonly cleanedPsnr: string
}

function denoise({ models: [model], examples, labels }: ShippedModels, deviation: number, draw: number): Denoised | null {
  if (!model?.encoder) return null
  const { encoder, decoder } = model
  const digits = rowsOf(examples, labels.length)
  const noisy = rowsOf(corruptExample(examples, { kind: 'gaussian', level: deviation, seed: draw }), labels.length)
  const cleaned = noisy.map((image) => decoder.run(encoder.run(image)))
  return { noisy, cleaned, noisyPsnr: psnr(digits, noisy), cleanedPsnr: psnr(digits, cleaned) }
}

/** Peak signal-to-noise ratio 10 log₁₀(1 / MSE) of pixels from 0 to 1, in words. */
function psnr(digits: readonly Float32Array[], images: readonly Float32Array[]): string {
  let [sum, count] = [0, 0]
  for (const [index, digit] of digits.entries()) {
    for (const [pixel, value] of digit.entries()) {
      sum += ((images[index]?.[pixel] ?? 0) - value) ** 2
      count += 1
    }
  }
  return sum === 0 ? '∞' : `${(10 * Math.log10(count / sum)).toFixed(1)} dB`
}
