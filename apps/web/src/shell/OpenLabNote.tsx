import classes from './OpenLabNote.module.css'

/** Tells on every page that the lab has no door. */
export function OpenLabNote() {
  return (
    <p className={classes.note}>
      This lab is open to its network: everybody who reaches it may launch, stop and delete runs, as there is no sign-in.
    </p>
  )
}
