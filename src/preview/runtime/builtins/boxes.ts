/** The plain boxes: view, text, cover-view, root-portal. */
import { anyType, builtIn } from './builtIn.js'
import { hover, hoverDefaults } from './hover.js'

export const view = builtIn(hoverDefaults, hover)

export const text = builtIn(
  {
    selectable: false,
    userSelect: false,
    space: '',
    decode: false,
    overflow: 'visible',
    animation: hoverDefaults.animation,
  },
  (box) => {
    box.watch(['selectable', 'userSelect', 'space', 'overflow'], () => {
      const { selectable, userSelect, space, overflow } = box.values
      box.element.toggleAttribute('selectable', selectable || userSelect)
      box.element.toggleAttribute('keeps-space', space !== '')
      box.element.toggleAttribute('ellipsis', overflow === 'ellipsis')
    })
  },
)

/** Its content stands at the end of the page, so that nothing around it clips or moves it. */
export const rootPortal = builtIn({ enable: true, name: anyType<string | undefined>(undefined) }, (box) => {
  const portal = document.createElement('div')
  portal.className = 'mp-portal'
  let isInside = true
  box.watch(['enable'], () => {
    if (!box.values.enable || !isInside) return
    isInside = false
    box.contentInto(portal)
  })
  box.onAttach(() => {
    if (isInside) return
    portal.append(...box.element.childNodes)
    ;(box.element.closest('wx-page') ?? document.body).append(portal)
  })
  box.onDetach(() => portal.remove())
})
