'use client'

import { Button } from '@mantine/core'
import Link from 'next/link'
import classes from '../../features/compare/ComparePage.module.css'
import { PageTitle } from '../../ui/PageTitle'

export default function NotFound() {
  return (
    <section className={classes.empty}>
      <PageTitle of="Nothing here" />
      <h1 className={classes.title}>There is nothing at this address</h1>
      <Button component={Link} href="/runs">
        All runs
      </Button>
    </section>
  )
}
