/** progress. */
import { anyType, builtIn } from './builtIn.js'

export const progress = builtIn(
  {
    percent: 0,
    showInfo: false,
    borderRadius: anyType<number | string>(0),
    fontSize: anyType<number | string>(16),
    strokeWidth: anyType<number | string>(6),
    color: '',
    activeColor: '#09bb07',
    backgroundColor: '#ebebeb',
    active: false,
    activeMode: 'backwards',
    duration: 30,
  },
  (box) => {
    const track = box.put('div', 'wx-progress-track')
    const bar = document.createElement('div')
    const shown = document.createElement('span')
    track.append(bar)
    track.after(shown)
    box.element.setAttribute('role', 'progressbar')
    box.element.setAttribute('aria-valuemin', '0')
    box.element.setAttribute('aria-valuemax', '100')
    const px = (value: number | string) => `${Number.parseFloat(String(value)) || 0}px`
    box.watch(
      ['percent', 'showInfo', 'borderRadius', 'fontSize', 'strokeWidth', 'color', 'activeColor', 'backgroundColor'],
      () => {
        const { percent, showInfo, borderRadius, fontSize, strokeWidth, color, activeColor, backgroundColor } =
          box.values
        const whole = Math.min(100, Math.max(0, percent))
        box.element.setAttribute('aria-valuenow', String(whole))
        Object.assign(track.style, { height: px(strokeWidth), backgroundColor, borderRadius: px(borderRadius) })
        Object.assign(bar.style, { width: `${whole}%`, backgroundColor: color || activeColor })
        shown.hidden = !showInfo
        shown.style.fontSize = px(fontSize)
        shown.textContent = `${whole}%`
      },
    )
    box.watch(['percent', 'active', 'duration'], () => {
      const { active, duration, percent } = box.values
      bar.style.transition = active ? `width ${duration * percent}ms linear` : ''
    })
  },
)
