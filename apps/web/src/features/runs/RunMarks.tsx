import { IconArchive, IconStarFilled } from '@tabler/icons-react'
import classes from './RunMarks.module.css'

interface RunMarksProps {
  readonly run: { readonly starred: boolean; readonly tags: readonly string[]; readonly archivedAt: string | null }
}

/** Shows how a run is marked: its star, whether it is archived, and its tags. */
export function RunMarks({ run: { starred, tags, archivedAt } }: RunMarksProps) {
  if (!starred && tags.length === 0 && archivedAt === null) return null
  return (
    <span className={classes.root}>
      {starred ? <IconStarFilled size={12} className={classes.star ?? ''} aria-label="Starred" /> : null}
      {archivedAt === null ? null : <IconArchive size={12} className={classes.archived ?? ''} aria-label="Archived" />}
      {tags.map((tag) => (
        <span key={tag} className={classes.tag}>
          {tag}
        </span>
      ))}
    </span>
  )
}
