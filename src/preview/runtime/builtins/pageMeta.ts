/** page-meta and navigation-bar: what a template says of its whole page. */
import { pageAround } from '../pages/page.js'
import { builtIn } from './builtIn.js'

export const pageMeta = builtIn(
  {
    backgroundTextStyle: '',
    backgroundColor: '',
    backgroundColorTop: '',
    backgroundColorBottom: '',
    rootBackgroundColor: '',
    scrollTop: '',
    scrollDuration: 300,
    pageStyle: '',
    pageFontSize: '',
    rootFontSize: '',
    pageOrientation: '',
  },
  (box) => {
    const told = () => {
      const { pageStyle, pageFontSize, rootFontSize, backgroundColor, rootBackgroundColor } = box.values
      pageAround(box.element)?.meta({
        pageStyle,
        pageFontSize,
        rootFontSize,
        background: backgroundColor || rootBackgroundColor,
      })
    }
    box.watch(['pageStyle', 'pageFontSize', 'rootFontSize', 'backgroundColor', 'rootBackgroundColor'], told)
    box.watch(['scrollTop'], () => {
      const { scrollTop, scrollDuration } = box.values
      if (scrollTop !== '') pageAround(box.element)?.scrollTo(Number.parseFloat(scrollTop), scrollDuration)
    })
    // Properties come before the place in the page.
    box.onAttach(told)
  },
)

export const navigationBar = builtIn(
  {
    title: '',
    loading: false,
    frontColor: '',
    backgroundColor: '',
    colorAnimationDuration: 0,
    colorAnimationTimingFunc: 'linear',
  },
  (box) => {
    const told = () => {
      const { title, frontColor, backgroundColor } = box.values
      pageAround(box.element)?.bar({
        ...(title && { navigationBarTitleText: title }),
        ...(backgroundColor && { navigationBarBackgroundColor: backgroundColor }),
        ...(frontColor && { navigationBarTextStyle: frontColor === '#000000' ? 'black' : 'white' }),
      })
    }
    box.watch(['title', 'frontColor', 'backgroundColor'], told)
    box.onAttach(told)
  },
)
