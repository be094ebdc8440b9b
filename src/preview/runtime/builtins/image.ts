/** image and cover-image. */
import { ownerOf } from '../engine/nodes.js'
import { addressOf } from '../wx/addresses.js'
import { builtIn } from './builtIn.js'

export const image = builtIn(
  { src: '', mode: 'scaleToFill', lazyLoad: false, webp: false, showMenuByLongpress: false, fadeIn: false },
  (box) => {
    const picture = box.put('img')
    picture.alt = ''
    picture.draggable = false
    box.speaker = picture
    picture.addEventListener('load', () => {
      box.emit('load', { width: picture.naturalWidth, height: picture.naturalHeight })
    })
    picture.addEventListener('error', () => {
      picture.hidden = true
      box.emit('error', { errMsg: `GET ${box.values.src}` })
    })
    box.watch(['lazyLoad'], () => {
      picture.loading = box.values.lazyLoad ? 'lazy' : 'eager'
    })
    box.watch(['mode'], () => box.element.setAttribute('mode', box.values.mode))
    box.watch(['src'], () => {
      const { src } = box.values
      picture.hidden = src === ''
      if (src === '') picture.removeAttribute('src')
      else picture.src = addressOf(src, ownerOf(box.component)?.is)
    })
    box.watch(['ariaLabel'], () => {
      picture.alt = String(box.values.ariaLabel ?? '')
    })
    // A picture that does something is operated where its role is: on the box.
    box.watch(['ariaRole'], () => {
      const role = box.values.ariaRole
      box.speaker = role === undefined || role === '' || role === 'img' ? picture : box.element
    })
  },
)
