'use client'
import { Button, FileButton } from '@mantine/core'
import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react'
import type { DrawStore } from './drawStore'
import classes from './ImageDrop.module.css'

interface ImageDropProps {
  readonly store: DrawStore
  /** Whether dark and light are what ink and paper are, which is read then. */
  readonly isInk: boolean
  readonly children: ReactNode
}

/** Takes an image that is dropped on it, pasted, or chosen; what was there stays where it is none. */
export function ImageDrop({ store, isInk, children }: ImageDropProps) {
  const newest = useRef(0)
  const [isOver, setOver] = useState(false)
  const take = async (file: File | null | undefined) => {
    const own = ++newest.current
    if (!file) return store.set({ problem: 'What came holds no file. Drop, paste or choose an image file.' })
    try {
      const { readDroppedImage } = await import('./readDroppedImage')
      const ink = await readDroppedImage(file, isInk)
      if (own !== newest.current) return
      const notes = [
        `“${file.name || 'pasted image'}”`,
        ...(ink.isInverted ? ['dark on light, so swapped'] : []),
        ...(ink.isCleaned ? ['uneven paper taken away'] : []),
      ]
      store.put(ink, { origin: notes.join(', ') })
    } catch (error) {
      if (own === newest.current) store.set({ problem: error instanceof Error ? error.message : String(error) })
    }
  }
  const pasted = useEffectEvent((file: File | undefined) => void take(file))
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      if ((event.target as Element | null)?.closest?.('input, textarea, [contenteditable]')) return
      const files = event.clipboardData?.files
      if (!files || files.length === 0) return
      event.preventDefault()
      pasted(files[0])
    }
    document.addEventListener('paste', paste)
    return () => document.removeEventListener('paste', paste)
  }, [])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a file can be chosen by the button too
    <div
      className={classes.root}
      data-over={isOver || undefined}
      data-testid="image-drop"
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        void take(event.dataTransfer.files[0])
      }}
    >
      {children}
      <FileButton onChange={(file) => file && void take(file)} accept="image/png,image/jpeg,image/gif,image/webp,image/avif">
        {(props) => (
          <Button variant="default" size="compact-xs" {...props}>
            Choose an image …
          </Button>
        )}
      </FileButton>
      <p className={classes.hint}>Draw, drop an image here, paste one, or choose a file.</p>
    </div>
  )
}
