'use client'

import { Button } from '@mantine/core'
import { useEffect } from 'react'
import classes from '../../features/compare/ComparePage.module.css'
import { PageTitle } from '../../ui/PageTitle'

export default function ErrorPage({ error, reset }: { readonly error: Error; readonly reset: () => void }) {
  useEffect(() => console.error(error), [error])
  return (
    <section className={classes.empty} role="alert">
      <PageTitle of="This page broke" />
      <h1 className={classes.title}>This page broke</h1>
      <p className={classes.text}>{error.message}</p>
      <Button onClick={reset}>Try again</Button>
    </section>
  )
}
