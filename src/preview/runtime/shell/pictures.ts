/** wx.previewImage: a picture over the whole app; arrows and swipes lead to the next one. */
import { make } from '../dom.js'
import { openSheet } from './sheet.js'

export function showPictures(addresses: string[], first: number): void {
  const pictures = addresses.map((address, at) =>
    make('img', { src: address, alt: `第 ${at + 1} 张，共 ${addresses.length} 张` }),
  )
  const strip = make('div', { class: 'mp-pictures' }, ...pictures)
  const count = make('p', { class: 'mp-pictures-count', 'aria-hidden': 'true' })
  const at = () => Math.round(strip.scrollLeft / (strip.clientWidth || 1))
  const tellCount = () => {
    count.textContent = addresses.length > 1 ? `${at() + 1} / ${addresses.length}` : ''
  }
  const sheet = openSheet<never>({
    label: '预览图片',
    place: 'full',
    content: [strip, count, make('button', { class: 'mp-pictures-close', 'aria-label': '关闭', onclick: close }, '✕')],
  })
  function close(): void {
    sheet.close(undefined)
  }
  strip.addEventListener('click', close)
  strip.addEventListener('scroll', tellCount)
  sheet.element.addEventListener('keydown', ({ key }) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[key]
    if (step !== undefined) strip.scrollBy({ left: step * strip.clientWidth, behavior: 'smooth' })
  })
  strip.scrollTo({ left: Math.max(0, first) * strip.clientWidth, behavior: 'instant' })
  tellCount()
}
