'use client'
import { type CodePath, interpolateCodes } from '@hourglass/autoencoders/latent'
import { Button, Group } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconMovie, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { BrowserModel } from '../../entities/model/openLatentModel'
import { useDecoded } from '../../entities/model/useDecoded'
import { toPixels } from '../../files/paintExample'
import { saveFile } from '../../ui/saveFile'
import classes from './PathAnimation.module.css'
import { writeGif } from './writeGif'

/** Images from one stop to the next, both counted. */
const STEPS = 25
/** How long each is shown, in milliseconds. */
const DELAY = 50
/** How often a pixel is repeated in a file. */
const MAGNIFICATION = 6

interface PathAnimationProps {
  /** Codes of the stops, `[stops, size]`. */
  readonly along: Float32Array
  readonly size: number
  readonly path: CodePath
  readonly model: BrowserModel | null
  readonly exampleShape: readonly number[]
  /** What files are called, without an ending. */
  readonly name: string
}

/** Plays what codes on a path decode to, there and back, and takes it away as an animated GIF. */
export function PathAnimation({ along, size, path, model, exampleShape, name }: PathAnimationProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [isPlaying, setPlaying] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const codes = useMemo(() => interpolateCodes(along, { size, steps: STEPS, path }), [along, size, path])
  const count = codes.length / size
  const { answer } = useDecoded(model, codes, count)
  const [height = 1, width = 1, channels = 1] = exampleShape
  const pixels = width * height * channels
  const values = answer?.length === count * pixels ? answer : null
  useEffect(() => {
    const node = canvas.current
    const context = node?.getContext('2d')
    if (!node || !context || !values) return
    const image = context.createImageData(width, height)
    const draw = (place: number) => {
      toPixels(values, image.data, { offset: place * pixels, channels })
      context.putImageData(image, 0, 0)
      node.dataset.frame = String(place)
    }
    draw(0)
    if (!isPlaying) return
    const began = performance.now()
    let frame = requestAnimationFrame(function next(now) {
      draw(bounce(Math.floor(Math.max(0, now - began) / DELAY), count))
      frame = requestAnimationFrame(next)
    })
    return () => cancelAnimationFrame(frame)
  }, [values, isPlaying, count, width, height, channels, pixels])
  const save = async () => {
    if (!values) return
    setBusy(true)
    try {
      const there = Array.from({ length: 2 * count - 2 }, (_, step) => bounce(step, count))
      const all = new Float32Array(there.length * pixels)
      for (const [at, place] of there.entries()) all.set(values.subarray(place * pixels, (place + 1) * pixels), at * pixels)
      const gif = await writeGif({ values: all, count: there.length, exampleShape }, { magnification: MAGNIFICATION, delay: DELAY })
      saveFile(`${name}.gif`, gif, 'image/gif')
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause)
      notifications.show({ title: 'The animation could not be written', message, color: 'red' })
    } finally {
      setBusy(false)
    }
  }
  return (
    <Group gap={8} mt={8} align="center">
      <canvas
        ref={canvas}
        className={classes.image}
        width={width}
        height={height}
        role="img"
        aria-label="Animation of the path"
        data-testid="path-animation"
      />
      <Button
        variant="default"
        size="compact-xs"
        disabled={!values}
        leftSection={isPlaying ? <IconPlayerPause size={13} /> : <IconPlayerPlay size={13} />}
        onClick={() => setPlaying(!isPlaying)}
      >
        {isPlaying ? 'Pause the animation' : 'Play the path'}
      </Button>
      <Button
        variant="default"
        size="compact-xs"
        disabled={!values}
        loading={isBusy}
        leftSection={<IconMovie size={13} />}
        onClick={() => void save()}
      >
        Animation (GIF)
      </Button>
    </Group>
  )
}

/** Counts there and back, 0 1 2 1 0 1 …, among so many. */
function bounce(step: number, count: number): number {
  const at = step % Math.max(1, 2 * count - 2)
  return at < count ? at : 2 * count - 2 - at
}
