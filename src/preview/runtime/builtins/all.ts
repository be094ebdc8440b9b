/** Every built-in by its tag. */
import { addStyle } from '../dom.js'
import { builtInTags } from '../engine/backend.js'
import type { glassEasel } from '../engine/nodes.js'
import { rootPortal, text, view } from './boxes.js'
import { type BuiltIn, define } from './builtIn.js'
import { button } from './button.js'
import { canvas } from './canvas.js'
import { checkbox, checkboxGroup, radio, radioGroup, switch_ } from './choice.js'
import { input, textarea } from './field.js'
import { form, label } from './form.js'
import { icon } from './icon.js'
import { image } from './image.js'
import { look } from './look.js'
import { movableArea, movableView } from './movable.js'
import { navigator_ } from './navigator.js'
import { navigationBar, pageMeta } from './pageMeta.js'
import { picker } from './picker.js'
import { pickerView, pickerViewColumn } from './pickerView.js'
import { progress } from './progress.js'
import { richText } from './richText.js'
import { scrollView } from './scrollView.js'
import { slider } from './slider.js'
import { swiper, swiperItem } from './swiper.js'

export const builtIns: Record<string, BuiltIn> = {
  view,
  text,
  image,
  button,
  input,
  textarea,
  form,
  label,
  checkbox,
  'checkbox-group': checkboxGroup,
  radio,
  'radio-group': radioGroup,
  switch: switch_,
  slider,
  progress,
  icon,
  picker,
  'picker-view': pickerView,
  'picker-view-column': pickerViewColumn,
  swiper,
  'swiper-item': swiperItem,
  'scroll-view': scrollView,
  'rich-text': richText,
  navigator: navigator_,
  canvas,
  'movable-area': movableArea,
  'movable-view': movableView,
  'cover-view': view,
  'cover-image': image,
  'root-portal': rootPortal,
  'page-meta': pageMeta,
  'navigation-bar': navigationBar,
}

export function defineBuiltIns(space: glassEasel.ComponentSpace): void {
  addStyle(look)
  for (const [name, definition] of Object.entries(builtIns)) {
    builtInTags.add(name)
    define(space, name, definition)
  }
}
