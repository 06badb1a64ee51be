import { Skeleton, VisuallyHidden } from '@mantine/core'
import classes from './LaunchForm.module.css'

const sections = [1, 3, 4, 1, 2]

/** Keeps the form's place while its beginning loads. */
export function LaunchSkeleton() {
  return (
    <div role="status" className={classes.skeleton}>
      <VisuallyHidden>Loading the form</VisuallyHidden>
      {sections.map((fields, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the sections never move.
        <div key={index} className={classes.section}>
          <Skeleton height={12} width={80} />
          <div className={classes.fields}>
            {Array.from({ length: fields }, (_, field) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the fields never move.
              <Skeleton key={field} height={52} />
            ))}
          </div>
        </div>
      ))}
    </div>
  )
}
