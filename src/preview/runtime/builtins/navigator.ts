/** navigator. */
import { navigation } from '../pages/navigation.js'
import { reportError } from '../report.js'
import { builtIn } from './builtIn.js'
import { hover, hoverDefaults } from './hover.js'

const BUILT_IN_HOVER = 'navigator-hover'

export const navigator_ = builtIn(
  { ...hoverDefaults, hoverClass: BUILT_IN_HOVER, target: 'self', url: '', openType: 'navigate', delta: 1 },
  (box) => {
    box.element.setAttribute('role', 'link')
    box.element.tabIndex = 0
    hover(box, BUILT_IN_HOVER)
    box.element.addEventListener('click', () => {
      const { openType, url, delta } = box.values
      const ways: Record<string, () => Promise<unknown>> = {
        navigate: () => navigation().navigateTo({ url }),
        redirect: () => navigation().redirectTo({ url }),
        switchTab: () => navigation().switchTab({ url }),
        reLaunch: () => navigation().reLaunch({ url }),
        navigateBack: () => navigation().navigateBack({ delta }),
      }
      ways[openType]?.().then(
        () => box.emit('success', { errMsg: 'navigator:ok' }),
        (error: unknown) => {
          reportError(error, 'navigator')
          box.emit('fail', { errMsg: `navigator:fail ${error instanceof Error ? error.message : String(error)}` })
        },
      )
    })
  },
)
