/** Where Mantine keeps which colours a reader has chosen. */
const KEY = 'mantine-color-scheme-value'

/** A script that gives the page the colours that were chosen in the lab, or those of the system, before anything is drawn. */
export const chosenColours = `try{var c=localStorage.getItem('${KEY}')}catch(e){}
if(c!=='light'&&c!=='dark')c=matchMedia('(prefers-color-scheme: dark)').matches?'dark':'light'
document.documentElement.setAttribute('data-mantine-color-scheme',c)`
