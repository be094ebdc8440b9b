/** icon: WeChat's nine signs. */
import { anyType, builtIn } from './builtIn.js'

const DISC = '<circle cx="12" cy="12" r="11" fill="currentColor"/>'
const RING = '<circle cx="12" cy="12" r="10" fill="none" stroke="currentColor" stroke-width="2"/>'
const line = (d: string, colour: string) =>
  `<path d="${d}" fill="none" stroke="${colour}" stroke-width="2" stroke-linecap="round"/>`

const SIGNS: Record<string, { drawing: string; colour: string }> = {
  success: { drawing: DISC + line('M7 12l4 4 6-7', '#fff'), colour: '#09bb07' },
  success_no_circle: { drawing: line('M4 12l6 6L20 6', 'currentColor'), colour: '#09bb07' },
  info: { drawing: DISC + line('M12 11v6M12 7v.1', '#fff'), colour: '#10aeff' },
  warn: { drawing: DISC + line('M12 7v6M12 17v.1', '#fff'), colour: '#f76260' },
  waiting: { drawing: DISC + line('M12 6v6l4 3', '#fff'), colour: '#10aeff' },
  cancel: { drawing: RING + line('M8 8l8 8M16 8l-8 8', 'currentColor'), colour: '#f43530' },
  download: { drawing: RING + line('M12 6v10M8 12l4 4 4-4', 'currentColor'), colour: '#09bb07' },
  search: {
    drawing: `<circle cx="10" cy="10" r="7" fill="none" stroke="currentColor" stroke-width="2"/>${line('M15 15l6 6', 'currentColor')}`,
    colour: '#b2b2b2',
  },
  clear: { drawing: DISC + line('M8 8l8 8M16 8l-8 8', '#fff'), colour: '#b2b2b2' },
}

export const icon = builtIn({ type: '', size: anyType<number | string>(23), color: '' }, (box) => {
  box.watch(['type', 'size', 'color'], () => {
    const { type, size, color } = box.values
    const sign = SIGNS[type]
    const px = Number.parseFloat(String(size)) || 23
    box.element.style.color = color || sign?.colour || ''
    box.element.innerHTML = `<svg viewBox="0 0 24 24" width="${px}" height="${px}" aria-hidden="true">${sign?.drawing ?? ''}</svg>`
  })
})
