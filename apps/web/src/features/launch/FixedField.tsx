import type { FieldDescription } from '@hourglass/autoencoders'
import { FieldTitle } from './FieldTitle'
import type { FormValue } from './formValue'
import classes from './LaunchForm.module.css'
import { settingsInWords } from './settingsInWords'

interface FixedFieldProps {
  readonly field: FieldDescription
  readonly path: string
  readonly value: FormValue
}

/** Stands where a task leaves a setting as it is, and says how that is. */
export function FixedField({ field, path, value }: FixedFieldProps) {
  return (
    <dl className={classes.fixed}>
      {settingsInWords(field, value, path).map((setting) => (
        <div key={setting.path} className={classes.fixedSetting}>
          <dt className={classes.unusedTitle}>
            <FieldTitle title={setting.title} path={setting.path} />
          </dt>
          <dd className={classes.unusedReason}>{setting.value}</dd>
        </div>
      ))}
    </dl>
  )
}
