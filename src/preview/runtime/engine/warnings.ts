/** Sorts glass-easel's remarks: those that mean nothing here are left out, each for its reason. */
import { reportError, warn } from '../report.js'
import { glassEasel } from './nodes.js'

const HARMLESS: { remark: RegExp; because: string }[] = [
  { remark: /Use number as for-list/, because: 'WeChat allows wx:for over a number' },
  { remark: /keys are not unique/, because: 'TDesign repeats keys in its calendars and pickers; WeChat bears it' },
  { remark: /for-list data is neither/, because: 'lists are often null until the server has answered' },
  { remark: /target of relation/, because: 'TDesign names relations with components that a page does not use' },
]

/** TDesign hands its parts more than they take, such as `aria-label` on an icon. */
const IN_LIBRARY = /is not a valid (property|event binding)/
const LIBRARY = /^miniprogram_npm\//

export function listenToEngine(): void {
  glassEasel.addGlobalWarningListener((message, owner) => {
    const path = typeof owner === 'string' ? owner : (owner?.is ?? '')
    if (HARMLESS.some(({ remark }) => remark.test(message))) return false
    if (IN_LIBRARY.test(message) && LIBRARY.test(path)) return false
    warn(path === '' ? message : `${path}: ${message}`)
    return false
  })
  glassEasel.addGlobalErrorListener((error, place, component) => {
    const path = typeof component === 'string' ? component : (component?.is ?? '')
    reportError(error, [path, place].filter(Boolean).join(' '))
    return false
  })
}
